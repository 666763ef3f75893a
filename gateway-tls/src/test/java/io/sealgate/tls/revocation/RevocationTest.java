package io.sealgate.tls.revocation;

import static io.sealgate.core.spi.HandshakeRefusal.CRL_MISSING;
import static io.sealgate.core.spi.HandshakeRefusal.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.revocation.CrlConfig.Check;
import io.sealgate.tls.revocation.CrlConfig.WhenStale;
import io.sealgate.tls.revocation.CrlScope.Kind;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code device} of {@code issuing} of {@code root}, and every state that the lists of both CAs can be in. */
class RevocationTest {

    private static final Instant NOW = CrlRecipe.NOW;
    private static final Duration GRACE = Duration.ofHours(24);
    private static final String POINT = "http://crl.example.com/7.crl";

    private static final CertificateAuthority ROOT = CertificateAuthority.root("Root");
    private static final CertificateAuthority ISSUING = ROOT.issueAuthority(CertificateSpec.authority("Issuing"));
    private static final X509Certificate DEVICE = ISSUING.issue(
                    CertificateSpec.client("device").withCrlUrl(URI.create(POINT)))
            .certificate();
    private static final List<X509Certificate> PATH = List.of(DEVICE, ISSUING.certificate(), ROOT.certificate());

    private final List<String> staleAccepted = new ArrayList<>();

    /** A list's state. */
    enum State {
        ABSENT,
        FRESH,
        STALE,
        /** Stale for longer than the grace. */
        OLD,
        REVOKES,
        /** Names the certificate, and is older than any grace. */
        REVOKED_LONG_AGO
    }

    @ParameterizedTest(name = "{0} {1}: issuing {2}, root {3}")
    @CsvSource({
        // check, when-stale, list of the leaf's issuer, list of the root, refusal
        "LEAF,  REJECT, FRESH,   ABSENT,  ",
        "LEAF,  REJECT, FRESH,   REVOKES, ",
        "LEAF,  REJECT, ABSENT,  FRESH,   CRL_MISSING",
        "LEAF,  REJECT, STALE,   FRESH,   CRL_STALE",
        "LEAF,  GRACE,  STALE,   ABSENT,  ",
        "LEAF,  GRACE,  OLD,     ABSENT,  CRL_STALE",
        "LEAF,  ACCEPT, OLD,     ABSENT,  ",
        "LEAF,  REJECT, REVOKES, ABSENT,  REVOKED",
        "LEAF,  ACCEPT, REVOKED_LONG_AGO, ABSENT, REVOKED",
        "LEAF,  REJECT, REVOKED_LONG_AGO, ABSENT, REVOKED",
        "CHAIN, REJECT, FRESH,   FRESH,   ",
        "CHAIN, REJECT, FRESH,   ABSENT,  CRL_MISSING",
        "CHAIN, ACCEPT, ABSENT,  FRESH,   CRL_MISSING",
        "CHAIN, REJECT, FRESH,   STALE,   CRL_STALE",
        "CHAIN, GRACE,  STALE,   STALE,   ",
        "CHAIN, GRACE,  STALE,   OLD,     CRL_STALE",
        "CHAIN, ACCEPT, OLD,     OLD,     ",
        "CHAIN, REJECT, FRESH,   REVOKES, REVOKED",
        "CHAIN, REJECT, ABSENT,  REVOKES, REVOKED",
        "CHAIN, REJECT, STALE,   REVOKES, REVOKED",
        "CHAIN, REJECT, STALE,   ABSENT,  CRL_MISSING",
        "CHAIN_IF_AVAILABLE, REJECT, ABSENT,  ABSENT,  ",
        "CHAIN_IF_AVAILABLE, REJECT, FRESH,   ABSENT,  ",
        "CHAIN_IF_AVAILABLE, REJECT, ABSENT,  REVOKES, REVOKED",
        "CHAIN_IF_AVAILABLE, REJECT, REVOKES, ABSENT,  REVOKED",
        "CHAIN_IF_AVAILABLE, REJECT, STALE,   ABSENT,  CRL_STALE",
        "CHAIN_IF_AVAILABLE, GRACE,  STALE,   ABSENT,  ",
        "CHAIN_IF_AVAILABLE, GRACE,  OLD,     ABSENT,  CRL_STALE",
        "CHAIN_IF_AVAILABLE, ACCEPT, OLD,     ABSENT,  "
    })
    void pathIsJudgedByTheListsOfItsIssuers(
            Check check, WhenStale whenStale, State issuing, State root, @Nullable HandshakeRefusal refusal) {
        List<Crl> crls = new ArrayList<>();
        add(crls, issuing, ISSUING, DEVICE);
        add(crls, root, ROOT, ISSUING.certificate());

        Optional<Revocation.Refusal> judged = revocation(check, whenStale, crls).judge(PATH);

        assertThat(judged.map(Revocation.Refusal::reason)).isEqualTo(Optional.ofNullable(refusal));
        boolean isStale = issuing == State.STALE || issuing == State.OLD || root == State.STALE || root == State.OLD;
        assertThat(staleAccepted).hasSize(refusal == null && isStale ? 1 : 0);
    }

    @Test
    void listIsFreshUntilItsNextUpdateAndGoodForTheGraceAfterIt() {
        List<Crl> due = List.of(crl(ISSUING, CrlScope.ALL, NOW, null));
        List<Crl> over = List.of(crl(ISSUING, CrlScope.ALL, NOW.minusNanos(1), null));
        List<Crl> lastMoment = List.of(crl(ISSUING, CrlScope.ALL, NOW.minus(GRACE), null));
        List<Crl> tooLate = List.of(crl(ISSUING, CrlScope.ALL, NOW.minus(GRACE).minusNanos(1), null));

        assertThat(revocation(Check.LEAF, WhenStale.REJECT, due).judge(PATH)).isEmpty();
        assertThat(revocation(Check.LEAF, WhenStale.REJECT, over).judge(PATH)).isPresent();
        assertThat(revocation(Check.LEAF, WhenStale.GRACE, lastMoment).judge(PATH))
                .isEmpty();
        assertThat(revocation(Check.LEAF, WhenStale.GRACE, tooLate).judge(PATH)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"USERS, false, ", "AUTHORITIES, false, CRL_MISSING", "ALL, true, ", "ALL, false, CRL_MISSING"})
    void listCountsForWhatItSpeaksOf(Kind kind, boolean isAtPoint, @Nullable HandshakeRefusal refusal) {
        String uri = isAtPoint ? POINT : "http://crl.example.com/8.crl";
        Set<GeneralName> points =
                kind == Kind.ALL ? Set.of(new GeneralName(GeneralName.uniformResourceIdentifier, uri)) : Set.of();
        List<Crl> crls = List.of(crl(ISSUING, new CrlScope(kind, points), NOW, null));

        Optional<Revocation.Refusal> judged =
                revocation(Check.LEAF, WhenStale.REJECT, crls).judge(PATH);

        assertThat(judged.map(Revocation.Refusal::reason)).isEqualTo(Optional.ofNullable(refusal));
    }

    /** A CA that has lists has not got "no list available" because this one lies elsewhere. */
    @Test
    void certificateThatNoListOfItsCaSpeaksOfIsRefusedEvenIfListsMayLack() {
        List<Crl> crls = List.of(crl(ISSUING, new CrlScope(Kind.AUTHORITIES, Set.of()), NOW, null));

        assertThat(revocation(Check.CHAIN_IF_AVAILABLE, WhenStale.ACCEPT, crls).judge(PATH))
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(CRL_MISSING));
    }

    @Test
    void listForOthersRevokesWhatItNamesAllTheSame() {
        List<Crl> crls = List.of(
                crl(ISSUING, CrlScope.ALL, NOW, null),
                crl(ISSUING, new CrlScope(Kind.AUTHORITIES, Set.of()), NOW.minus(GRACE), DEVICE));

        assertThat(revocation(Check.LEAF, WhenStale.REJECT, crls).judge(PATH))
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo(REVOKED));
    }

    @Test
    void oneFreshListOfSeveralThatSpeakOfACertificateIsEnough() {
        List<Crl> crls = List.of(
                crl(ISSUING, CrlScope.ALL, NOW.minusSeconds(1), null),
                crl(ISSUING, new CrlScope(Kind.USERS, Set.of()), NOW, null));

        assertThat(revocation(Check.LEAF, WhenStale.REJECT, crls).judge(PATH)).isEmpty();
    }

    @Test
    void serialOfAnotherCaIsNotRevoked() {
        List<Crl> crls = List.of(crl(ISSUING, CrlScope.ALL, NOW, null), crl(ROOT, CrlScope.ALL, NOW, DEVICE));

        assertThat(revocation(Check.CHAIN, WhenStale.REJECT, crls).judge(PATH)).isEmpty();
    }

    @Test
    void serialOfACaOfTheSameNameIsNotRevoked() {
        CertificateAuthority namesake = ROOT.issueAuthority(CertificateSpec.authority("Issuing"));
        List<Crl> crls = List.of(crl(ISSUING, CrlScope.ALL, NOW, null), crl(namesake, CrlScope.ALL, NOW, DEVICE));

        assertThat(revocation(Check.LEAF, WhenStale.REJECT, crls).judge(PATH)).isEmpty();
    }

    @Test
    void operatorLearnsWhoIsRevokedAndWhy() {
        List<Crl> crls = List.of(crl(ISSUING, CrlScope.ALL, NOW, DEVICE));

        assertThat(revocation(Check.LEAF, WhenStale.REJECT, crls).judge(PATH)).hasValueSatisfying(refusal -> assertThat(
                        refusal.message())
                .isEqualTo("CN=device, serial " + DEVICE.getSerialNumber().toString(16) + ": revoked, key-compromise"));
    }

    private Revocation revocation(Check check, WhenStale whenStale, List<Crl> crls) {
        CrlSet set = CrlSet.of(crls.stream()
                .map(crl -> new LoadedCrl(crl, "file", "files[0]", Duration.ZERO))
                .toList());
        CrlConfig rules = new CrlConfig(List.of(), check, whenStale, GRACE);
        return new Revocation(rules, () -> set, () -> NOW, staleAccepted::add);
    }

    private static void add(List<Crl> crls, State state, CertificateAuthority authority, X509Certificate issued) {
        switch (state) {
            case ABSENT -> {}
            case FRESH -> crls.add(crl(authority, CrlScope.ALL, NOW.plus(GRACE), null));
            case STALE -> crls.add(crl(authority, CrlScope.ALL, NOW.minusSeconds(1), null));
            case OLD -> crls.add(crl(authority, CrlScope.ALL, NOW.minus(GRACE.multipliedBy(2)), null));
            case REVOKES -> crls.add(crl(authority, CrlScope.ALL, NOW.plus(GRACE), issued));
            case REVOKED_LONG_AGO -> crls.add(crl(authority, CrlScope.ALL, NOW.minus(GRACE.multipliedBy(2)), issued));
        }
    }

    private static Crl crl(
            CertificateAuthority authority, CrlScope scope, Instant nextUpdate, @Nullable X509Certificate revoked) {
        RevokedSerials.Builder serials = new RevokedSerials.Builder();
        if (revoked != null) {
            byte[] serial = revoked.getSerialNumber().toByteArray();
            serials.add(serial, serial.length, RevocationReason.KEY_COMPROMISE.code());
        }
        AuthorityId issuer = AuthorityId.of(authority.certificate());
        return new Crl(issuer, scope, null, nextUpdate.minus(GRACE), nextUpdate, serials.build());
    }
}
