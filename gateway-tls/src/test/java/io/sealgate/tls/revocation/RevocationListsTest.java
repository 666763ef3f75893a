package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.Validity;
import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.revocation.CrlConfig.Check;
import io.sealgate.tls.revocation.CrlConfig.WhenStale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two CAs, a list of each in a file of its own, and what becomes of the others when one of the files is no good any more. */
class RevocationListsTest {

    private static final CertificateAuthority FIRST = CertificateAuthority.root("First");
    private static final CertificateAuthority SECOND = CertificateAuthority.root("Second");
    private static final X509Certificate GOOD = device(FIRST, "good");
    private static final X509Certificate LOST = device(FIRST, "lost");
    private static final X509Certificate OTHER = device(SECOND, "other");
    private static final X509CRL LOST_REVOKED = revoking(FIRST, LOST);

    private final List<String> events = new ArrayList<>();
    private final ReloadListener listener = new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {
            events.add("reloaded " + what.label() + " " + owner);
        }

        @Override
        public void reloadFailed(Material what, String owner, String problem) {
            events.add("failed " + problem);
        }

        @Override
        public void setAside(Material what, String owner, String note) {
            events.add("set aside " + note);
        }
    };

    @TempDir
    private Path directory;

    private Path first;
    private Path second;
    private Instant now;

    @BeforeEach
    void write() throws Exception {
        first = Files.write(directory.resolve("first.crl"), LOST_REVOKED.getEncoded());
        second = Files.write(
                directory.resolve("second.crl"),
                SECOND.sign(RevocationList.empty()).getEncoded());
        now = Instant.now().plusSeconds(600); // after everything that a test signs
    }

    /** How a file turns bad. */
    enum Fault {
        CORRUPT("signature: not that of CN=First (expected: an intact CRL of this CA)") {
            @Override
            byte[] content() throws Exception {
                byte[] der = FIRST.sign(RevocationList.empty()).getEncoded();
                der[der.length - 1] ^= 1;
                return der;
            }
        },
        WRONG_ISSUER("issuer: CN=Stranger (expected: a CA of the trust bundle)") {
            @Override
            byte[] content() throws Exception {
                return CertificateAuthority.root("Stranger")
                        .sign(RevocationList.empty())
                        .getEncoded();
            }
        },
        EMPTY("of 0 bytes") {
            @Override
            byte[] content() {
                return new byte[0];
            }
        },
        VANISHED("(expected: a file that exists)") {
            @Override
            byte @Nullable [] content() {
                return null;
            }
        };

        private final String problem;

        Fault(String problem) {
            this.problem = problem;
        }

        /** What is in the file, or null if there is none. */
        abstract byte @Nullable [] content() throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void aBadFileKeepsItsOwnListAndTheOthersAreSwapped(Fault fault) throws Exception {
        RevocationLists lists = load();
        spoil(first, fault);
        replace(second, revoking(SECOND, OTHER).getEncoded());

        boolean isNew = lookTwice(lists);
        lookTwice(lists);

        assertThat(isNew).isTrue();
        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(verdict(lists, WhenStale.REJECT, GOOD, FIRST)).isEqualTo("let in");
        assertThat(verdict(lists, WhenStale.REJECT, OTHER, SECOND)).isEqualTo("REVOKED");
        assertThat(events)
                .satisfiesExactly(
                        failed -> assertThat(failed)
                                .startsWith("failed tls.revocation.crl.files[0]: ")
                                .contains(fault.problem),
                        swapped -> assertThat(swapped).isEqualTo("reloaded crl edge"));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}, later {3}")
    @CsvSource({
        "CORRUPT, REJECT, let in, CRL_STALE",
        "CORRUPT, GRACE, let in, let in",
        "CORRUPT, ACCEPT, let in, let in",
        "WRONG_ISSUER, REJECT, let in, CRL_STALE",
        "WRONG_ISSUER, GRACE, let in, let in",
        "WRONG_ISSUER, ACCEPT, let in, let in",
        "EMPTY, REJECT, let in, CRL_STALE",
        "EMPTY, GRACE, let in, let in",
        "EMPTY, ACCEPT, let in, let in",
        "VANISHED, REJECT, let in, CRL_STALE",
        "VANISHED, GRACE, let in, let in",
        "VANISHED, ACCEPT, let in, let in"
    })
    void theLastGoodListOfABadFileAgesLikeAnyOther(Fault fault, WhenStale whenStale, String verdict, String later)
            throws Exception {
        RevocationLists lists = load();
        spoil(first, fault);

        lookTwice(lists);

        assertThat(verdict(lists, whenStale, GOOD, FIRST)).isEqualTo(verdict);
        now = LOST_REVOKED.getNextUpdate().toInstant().plusSeconds(60);
        assertThat(verdict(lists, whenStale, GOOD, FIRST)).isEqualTo(later);
        assertThat(verdict(lists, whenStale, LOST, FIRST)).isEqualTo("REVOKED");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"REJECT, CRL_STALE", "GRACE, let in", "ACCEPT, let in"})
    void aStaleListIsNoBadFile(WhenStale whenStale, String verdict) throws Exception {
        RevocationLists lists = load();
        Validity stale = new Validity.Relative(Duration.ofDays(-1), Duration.ofHours(-1));
        replace(first, FIRST.sign(new RevocationList(9, List.of()), stale).getEncoded());

        lookTwice(lists);

        assertThat(verdict(lists, whenStale, GOOD, FIRST)).isEqualTo(verdict);
        assertThat(events).containsExactly("reloaded crl edge");
    }

    @Test
    void aMendedFileIsUsedAgain() throws Exception {
        RevocationLists lists = load();
        spoil(first, Fault.EMPTY);
        lookTwice(lists);
        replace(first, revoking(FIRST, GOOD).getEncoded());

        boolean isNew = lookTwice(lists);

        assertThat(isNew).isTrue();
        assertThat(verdict(lists, WhenStale.REJECT, GOOD, FIRST)).isEqualTo("REVOKED");
    }

    @Test
    void aFileDoesNotGoBackToAnOlderList() throws Exception {
        byte[] before = Files.readAllBytes(first);
        RevocationLists lists = load();
        RevocationList both =
                RevocationList.empty().with(FIRST.revocationOf(LOST)).with(FIRST.revocationOf(GOOD));
        replace(first, FIRST.sign(both).getEncoded());
        lookTwice(lists);
        events.clear();

        replace(first, before);
        lookTwice(lists);

        assertThat(verdict(lists, WhenStale.REJECT, GOOD, FIRST)).isEqualTo("REVOKED");
        assertThat(events).singleElement().asString().contains("older than the one in force");
    }

    @ParameterizedTest
    @EnumSource
    void aBadFileAtStartIsAProblem(Fault fault) throws Exception {
        spoil(first, fault);
        Problems problems = new Problems();

        load(problems);

        assertThat(problems.lines()).singleElement().asString().contains(fault.problem);
    }

    @Test
    void theListOfACaThatHasLeftIsSetAsideAndTheOthersGoOnBeingRenewed() throws Exception {
        RevocationLists lists = load();
        replace(second, revoking(SECOND, OTHER).getEncoded());
        replace(first, FIRST.sign(new RevocationList(9, List.of())).getEncoded());

        lists.refresh(List.of(SECOND.certificate()));
        lookTwice(lists);

        assertThat(lists.current().statuses()).singleElement().satisfies(status -> assertThat(status.issuer())
                .isEqualTo("CN=Second"));
        assertThat(verdict(lists, WhenStale.REJECT, OTHER, SECOND)).isEqualTo("REVOKED");
        assertThat(events)
                .containsExactly(
                        "set aside tls.revocation.crl.files[0]: CRL of CN=First, number 2:"
                                + " only for clients that send this CA themselves (it has left the trust bundle)",
                        "reloaded crl edge",
                        "reloaded crl edge",
                        "set aside tls.revocation.crl.files[0]: CRL of CN=First, number 9:"
                                + " only for clients that send this CA themselves (it has left the trust bundle)");
    }

    @Test
    void aCaThatComesBackHasItsListAgain() {
        RevocationLists lists = load();
        lists.refresh(List.of(SECOND.certificate()));

        lists.refresh(List.of(SECOND.certificate(), FIRST.certificate()));

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
    }

    /** Files that have changed are read at the second look. */
    private static boolean lookTwice(RevocationLists lists) {
        boolean first = lists.refresh(null);
        boolean second = lists.refresh(null);
        return first || second;
    }

    private RevocationLists load() {
        Problems problems = new Problems();
        RevocationLists lists = load(problems);
        assertThat(problems.lines()).isEmpty();
        return lists;
    }

    private RevocationLists load(Problems problems) {
        return RevocationLists.load(
                new RevocationConfig(config(WhenStale.REJECT)),
                List.of(FIRST.certificate(), SECOND.certificate()),
                "edge",
                KnownIssuers.of("edge", null),
                (oid, parameters) -> Optional.empty(),
                () -> now,
                problems,
                "tls.revocation",
                listener);
    }

    private CrlConfig config(WhenStale whenStale) {
        return new CrlConfig(List.of(first, second), Check.LEAF, whenStale, Duration.ofHours(24));
    }

    private String verdict(
            RevocationLists lists, WhenStale whenStale, X509Certificate client, CertificateAuthority authority) {
        return new Revocation(config(whenStale), lists::current, () -> now, issuer -> {})
                .judge(List.of(client, authority.certificate()))
                .map(refusal -> refusal.reason().name())
                .orElse("let in");
    }

    private static void spoil(Path file, Fault fault) throws Exception {
        byte[] content = fault.content();
        if (content == null) {
            Files.delete(file);
        } else {
            replace(file, content);
        }
    }

    private static void replace(Path file, byte[] content) throws Exception {
        Path next = Files.write(file.resolveSibling("next"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static X509Certificate device(CertificateAuthority authority, String name) {
        return authority.issue(CertificateSpec.client(name)).certificate();
    }

    private static X509CRL revoking(CertificateAuthority authority, X509Certificate certificate) {
        return authority.sign(RevocationList.empty().with(authority.revocationOf(certificate)));
    }
}
