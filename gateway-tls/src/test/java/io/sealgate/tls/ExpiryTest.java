package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of certificates before they end. */
@SuppressWarnings("NullAway") // absent configuration reaches the records as null
class ExpiryTest {

    private static final Instant SOON = NOW.plus(Duration.ofDays(29)).truncatedTo(ChronoUnit.SECONDS);
    private static final Instant LATER = NOW.plus(Duration.ofDays(31)).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path directory;

    private final Problems found = new Problems();

    @Test
    void certificatesAndCasThatEndSoonAreWarnedOf() {
        config(SOON, SOON, ClientAuthentication.REQUIRE, null).warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines())
                .containsExactly(
                        "tls.certificates[0].chain: certificate: CN=gw.example, valid until " + SOON
                                + " (expected: 30 days or more from now)",
                        "tls.trust.bundle[0]: certificate: CN=Clients, valid until " + SOON
                                + " (expected: 30 days or more from now)");
    }

    @Test
    void certificatesThatEndLaterAreNot() {
        config(LATER, LATER, ClientAuthentication.REQUIRE, null).warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines()).isEmpty();
    }

    @Test
    void casThatAreNotLookedAtAreNotWarnedOf() {
        config(LATER, SOON, ClientAuthentication.NONE, null).warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines()).isEmpty();
    }

    @Test
    void filesTowardsOriginsAreWarnedOf() {
        CertificateConfig certificate = client("device")
                .valid(NOW.minus(Duration.ofDays(100)), SOON)
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .write(directory, "device");
        Path bundle = bundle(SOON);
        new UpstreamTlsConfig(new UpstreamTlsConfig.BundleTrust(List.of(bundle)), certificate)
                .warnOfExpiry(found, "origins[0].tls", NOW);
        assertThat(found.lines())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("origins[0].tls.trust[0]", "origins[0].tls.certificate.chain");
    }

    @Test
    void certificatesThatAreNotYetValidAreWarnedOf() {
        Instant from = NOW.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        CertificateConfig early = server("gw.example")
                .valid(from, LATER)
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .write(directory, "early");
        new TlsConfig(null, List.of(early), ClientAuthentication.NONE, TrustConfig.none(), null, null)
                .warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines())
                .containsExactly("tls.certificates[0].chain: certificate: CN=gw.example, valid from " + from
                        + " (expected: valid now)");
    }

    @Test
    void whatIsPresentedToOriginsHasATermToo() throws Exception {
        CertificateConfig certificate = issue(SOON).write(directory, "device");
        Path bundle = bundle(LATER);
        try (ReloadingUpstreamTls tls = TestTls.upstream(
                new UpstreamTlsConfig(new UpstreamTlsConfig.BundleTrust(List.of(bundle)), certificate))) {
            assertThat(tls.terms())
                    .extracting(term -> term.kind().label(), CertificateTerm::subject, CertificateTerm::notAfter)
                    .containsExactly(tuple("client", "CN=gw.example", SOON), tuple("ca", "CN=Clients", LATER));
        }
    }

    @Test
    void eachCertificateIsToldOfOnceWhenItsTimeIsOver() {
        List<String> told = new ArrayList<>();
        ReloadListener listener = telling(told);
        MovableClock clock = new MovableClock(NOW);
        ExpiryAlarm alarm = new ExpiryAlarm(ReloadListener.Material.SERVER_CERTIFICATE, "edge", clock, listener);
        X509Certificate certificate = issue(LATER).certificate();
        CertificateInUse used = new CertificateInUse(
                certificate, Path.of("gw.pem"), CertificateInUse.Use.SERVER, () -> "still presented");
        for (int days : new int[] {0, 0, 2, 2, 40, 40}) {
            clock.set(NOW.plus(Duration.ofDays(days)));
            alarm.look(Stream.of(used, used));
        }
        assertThat(told)
                .satisfiesExactly(
                        soon -> assertThat(soon)
                                .startsWith("server-certificate edge certificate: CN=gw.example, serial ")
                                .contains("expires soon")
                                .endsWith(", file gw.pem"),
                        ended -> assertThat(ended)
                                .contains("expired, from ", " until " + LATER)
                                .endsWith(", file gw.pem: still presented"));
    }

    /** Lives in hours, and how many are left; then what is said. */
    @ParameterizedTest
    @CsvSource({
        "24, 9, GOOD",
        "24, 7, ENDS_SOON",
        "168, 57, GOOD",
        "168, 55, ENDS_SOON",
        "2160, 721, GOOD",
        "2160, 719, ENDS_SOON",
        "87600, 721, GOOD",
        "87600, 719, ENDS_SOON",
        "24, 0, ENDS_SOON"
    })
    void theLastThirdOfAShortLifeIsSoon(int life, int left, Validity said) {
        Instant end =
                NOW.plus(Duration.ofHours(left)).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        X509Certificate certificate = server("gw.example")
                .valid(end.minus(Duration.ofHours(life)), end)
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .certificate();
        assertThat(Validity.of(certificate, NOW)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"720, 10 days", "24, 8 hours", "3, 60 minutes", "8760, 30 days"})
    void howLongBeforeTheEndIsSaidInTheLargestUnit(int life, String text) {
        X509Certificate certificate = server("gw.example")
                .valid(NOW, NOW.plus(Duration.ofHours(life)))
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .certificate();
        assertThat(Validity.soonText(certificate)).isEqualTo(text);
    }

    /** RSA, because BoringSSL takes such a certificate for ECDSA as no certificate at all. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "SERVER, 32, 1.3.6.1.5.5.7.3.1, key usage without digitalSignature",
                "SERVER, 128, 1.3.6.1.5.5.7.3.2, extended key usage without serverAuth",
                "CLIENT, 128, 1.3.6.1.5.5.7.3.1, extended key usage without clientAuth",
                "CLIENT, 32, 1.3.6.1.5.5.7.3.2, key usage without digitalSignature",
                "SERVER, 160, 1.3.6.1.5.5.7.3.1, none",
                "CLIENT, 128, 2.5.29.37.0, none",
                "SERVER, 128, none, none"
            })
    void certificatesThatAreNotMadeForTheirUseAreWarnedOf(
            CertificateInUse.Use use, int usage, @Nullable String purpose, @Nullable String flaw) {
        CertificateRecipe recipe =
                plain("gw.example").keys(rsa(2048)).usage(usage).valid(NOW, NOW.plusSeconds(9999));
        if (purpose != null) {
            recipe.purposes(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose)));
        }
        CertificateConfig config = recipe.signedBy(MutualTlsFixture.SERVER_ROOT).write(directory, "gw");

        new ExpiryWarnings(found, NOW).certificate(config, use, "tls");

        if (flaw == null) {
            assertThat(found.lines()).isEmpty();
        } else {
            assertThat(found.lines())
                    .singleElement()
                    .asString()
                    .startsWith("tls.chain: certificate: CN=gw.example: " + flaw + " (expected: ");
        }
    }

    /** What an operator reads when it has come to that: which file, whose, since when, and what clients get. */
    @ParameterizedTest
    @CsvSource({
        "gw.example, gw.example, 'still presented to clients that ask for gw.example, no name, or an unknown one, there is no"
                + " valid one for them'",
        "other.example, gw.example, 'still presented to clients that ask for other.example, there is no valid one for them'",
        "gw.example, both, 'presented only to clients that can use no other, valid ones are presented for its names'"
    })
    void whatIsPresentedInPlaceOfAnExpiredCertificateIsSaid(String name, String valid, String effect) throws Exception {
        Instant ended = NOW.minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        CertificateConfig expired = server(name)
                .valid(NOW.minus(Duration.ofDays(100)), ended)
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .write(directory, "expired");
        CertificateConfig good = server(valid.equals("both") ? name : "gw.example")
                .valid(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)))
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .write(directory, "good");
        boolean isOnly = valid.equals(name);
        List<CertificateConfig> pairs = isOnly ? List.of(expired) : List.of(good, expired);
        List<String> told = new ArrayList<>();
        TlsConfig config = new TlsConfig(null, pairs, ClientAuthentication.NONE, TrustConfig.none(), null, null);
        ReloadingTls.open(
                        "edge",
                        config,
                        List.of(),
                        Duration.ofSeconds(1),
                        InstantSource.fixed(NOW),
                        telling(told),
                        null,
                        null,
                        authority -> {})
                .close();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("server-certificate edge certificate: CN=" + name + ", serial ")
                .contains(", expired, from ", " until " + ended + ", file " + directory.resolve("expired.crt") + ": ")
                .endsWith(effect);
    }

    @Test
    void filesThatCannotBeReadAreLeftToTheChecks() {
        Path missing = directory.resolve("none.pem");
        new TlsConfig(
                        null,
                        List.of(CertificateConfig.ofPem(missing, missing)),
                        null,
                        TrustConfig.of(missing),
                        null,
                        null)
                .warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines()).isEmpty();
    }

    @Test
    void listenerKnowsUntilWhenWhatItHasIsValid() throws Exception {
        try (ReloadingTls tls = TestTls.open(
                config(SOON, LATER, ClientAuthentication.REQUIRE, null),
                List.of(),
                Duration.ofSeconds(1),
                InstantSource.system())) {
            assertThat(tls.terms())
                    .extracting(term -> term.kind().label(), CertificateTerm::subject, CertificateTerm::notAfter)
                    .containsExactly(tuple("server", "CN=gw.example", SOON), tuple("ca", "CN=Clients", LATER));
        }
    }

    @Test
    void noticeBegins30DaysBeforeTheEndUnlessSaidOtherwise() {
        assertThat(new ExpiryNoticeConfig(null).within()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void noticeThatWouldNeverBeginIsAProblem() {
        config(LATER, LATER, ClientAuthentication.REQUIRE, new ExpiryNoticeConfig(Duration.ZERO))
                .check(found, new Problems(), "tls");
        assertThat(found.lines()).containsExactly("tls.expiry-notice.within: within: 0ms (expected: > 0)");
    }

    @Test
    void noticeWhereNobodyHasACertificateIsAProblem() {
        config(LATER, LATER, ClientAuthentication.NONE, new ExpiryNoticeConfig(null))
                .check(found, new Problems(), "tls");
        assertThat(found.lines())
                .containsExactly(
                        "tls.expiry-notice: expiry-notice: present (expected: none, because client-auth is none)");
    }

    private static ReloadListener telling(List<String> told) {
        return new ReloadListener() {
            @Override
            public void reloaded(Material what, String owner) {}

            @Override
            public void reloadFailed(Material what, String owner, String problem) {}

            @Override
            public void warned(Material what, String owner, String note) {
                told.add(what.label() + " " + owner + " " + note);
            }
        };
    }

    private TlsConfig config(
            Instant certificate, Instant ca, ClientAuthentication clientAuth, @Nullable ExpiryNoticeConfig notice) {
        return new TlsConfig(
                null,
                List.of(issue(certificate).write(directory, "server")),
                clientAuth,
                TrustConfig.of(bundle(ca)),
                null,
                null,
                null,
                null,
                notice);
    }

    private static Issued issue(Instant until) {
        return server("gw.example")
                .valid(NOW.minus(Duration.ofDays(100)), until)
                .signedBy(MutualTlsFixture.SERVER_ROOT);
    }

    private Path bundle(Instant until) {
        Issued root = authority("Clients")
                .valid(NOW.minus(Duration.ofDays(100)), until)
                .selfSigned();
        return Issued.pem(directory.resolve("clients.pem"), root.certificate());
    }
}
