package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.Pem;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.Validity;
import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.CrlStatus;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.revocation.CrlConfig.Check;
import io.sealgate.tls.revocation.CrlConfig.WhenStale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That a CA's list is not there any more lets nobody in who was on it, while the gateway runs and after a start. */
class LostListsTest {

    private static final CertificateAuthority FIRST = CertificateAuthority.root("First");
    private static final CertificateAuthority SECOND = CertificateAuthority.root("Second");
    private static final X509Certificate GOOD =
            FIRST.issue(CertificateSpec.client("good")).certificate();
    private static final X509Certificate LOST =
            FIRST.issue(CertificateSpec.client("lost")).certificate();
    private static final X509Certificate OTHER =
            SECOND.issue(CertificateSpec.client("other")).certificate();
    private static final X509CRL OF_FIRST = revoking(FIRST, LOST);
    private static final X509CRL OF_SECOND = SECOND.sign(RevocationList.empty());

    private static final CertificateAuthority BELOW = FIRST.issueAuthority(CertificateSpec.authority("Below"));
    private static final X509Certificate GOOD_BELOW =
            BELOW.issue(CertificateSpec.client("good-below")).certificate();
    private static final X509Certificate LOST_BELOW =
            BELOW.issue(CertificateSpec.client("lost-below")).certificate();
    private static final X509CRL BELOW_REVOKED = revoking(BELOW, LOST_BELOW);

    private final List<String> events = new ArrayList<>();
    private final ReloadListener listener = new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {
            events.add("reloaded " + what.label());
        }

        @Override
        public void reloadFailed(Material what, String owner, String problem) {
            events.add("failed " + what.label() + ": " + problem);
        }
    };

    @TempDir
    private Path directory;

    private Path one;
    private Path two;
    private Path state;
    private final Instant now = Instant.now().plusSeconds(600); // after everything that a test signs

    @BeforeEach
    void write() throws Exception {
        one = directory.resolve("one.pem");
        two = directory.resolve("two.pem");
        state = Files.createDirectory(directory.resolve("state"));
        put(one, OF_FIRST, OF_SECOND);
        put(two, OF_SECOND);
    }

    @Test
    void aListThatVanishesFromItsFileStaysAndTheOthersAreRenewed() throws Exception {
        RevocationLists lists = load(null);
        put(one, revoking(SECOND, OTHER));

        lookTwice(lists);

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(verdict(lists, WhenStale.REJECT, OTHER, SECOND)).isEqualTo("REVOKED");
        assertThat(lists.current().lost()).containsExactly("CN=First");
        assertThat(events)
                .containsExactly("failed crl: tls.revocation.crl.files[0]: CRL of CN=First, number 2: gone, it stays in"
                        + " force (expected: a list of each CA that is trusted and has had one)");
    }

    @Test
    void everyReloadWithoutTheListIsAFailureUntilItIsBack() throws Exception {
        RevocationLists lists = load(null);
        put(one, OF_SECOND);
        lookTwice(lists);
        put(one, revoking(SECOND, OTHER));
        lookTwice(lists);
        put(one, revoking(SECOND, OTHER), FIRST.sign(new RevocationList(9, List.of())));

        lookTwice(lists);

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("let in");
        assertThat(lists.current().lost()).isEmpty();
        assertThat(events)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("failed crl"),
                        second -> assertThat(second).startsWith("failed crl"),
                        third -> assertThat(third).isEqualTo("reloaded crl"));
    }

    @Test
    void aListThatMovesToAnotherFileIsNotMissed() throws Exception {
        RevocationLists lists = load(null);
        put(two, OF_SECOND, OF_FIRST);
        lookTwice(lists);
        put(one, OF_SECOND);

        lookTwice(lists);

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(lists.current().lost()).isEmpty();
        assertThat(events).containsExactly("reloaded crl", "reloaded crl");
    }

    @Test
    void anOlderListInOneFileHoldsBackNoOtherCas() throws Exception {
        RevocationLists lists = load(null);
        put(one, revoking(SECOND, OTHER), FIRST.sign(new RevocationList(1, List.of())));

        lookTwice(lists);

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(verdict(lists, WhenStale.REJECT, OTHER, SECOND)).isEqualTo("REVOKED");
        assertThat(events).singleElement().asString().contains("CN=First, number 1: older than the one in force");
    }

    @Test
    void aFileThatIsGoneNamesTheCasWhoseListsStay() throws Exception {
        RevocationLists lists = load(null);
        Files.delete(one);

        lookTwice(lists);

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(events)
                .singleElement()
                .asString()
                .contains("expected: a file that exists", "CRL of CN=First, number 2: stays in force");
    }

    @Test
    void theListOfACaThatIsNotTrustedAnyMoreIsNotMissed() throws Exception {
        RevocationLists lists = load(null);
        lists.refresh(List.of(SECOND.certificate()));
        events.clear();
        put(one, revoking(SECOND, OTHER));

        lookTwice(lists);

        assertThat(lists.current().lost()).isEmpty();
        assertThat(events).containsExactly("reloaded crl");
    }

    /** How one of several lists of a file is no good. */
    enum Flaw {
        FORGED {
            @Override
            String text() throws Exception {
                byte[] der = FIRST.sign(new RevocationList(9, List.of())).getEncoded();
                der[der.length - 1] ^= 1;
                return block(der);
            }
        },
        STRANGERS {
            @Override
            String text() {
                return Pem.crl(CertificateAuthority.root("Stranger").sign(RevocationList.empty()));
            }
        },
        NAMESAKES {
            @Override
            String text() {
                return Pem.crl(CertificateAuthority.root("First").sign(new RevocationList(9, List.of())));
            }
        },
        LONGER_THAN_ITSELF {
            @Override
            String text() throws Exception {
                byte[] der = FIRST.sign(new RevocationList(9, List.of())).getEncoded();
                return block(Arrays.copyOf(der, der.length + 5));
            }
        },
        NO_BASE64 {
            @Override
            String text() {
                return Pem.crl(OF_FIRST).replace('M', '!');
            }
        },
        EMPTY {
            @Override
            String text() {
                return block(new byte[0]);
            }
        };

        abstract String text() throws Exception;

        static String block(byte[] der) {
            return "-----BEGIN X509 CRL-----\n" + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END X509 CRL-----\n";
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListThatIsNoGoodKeepsNoOtherOfItsFileFromBeingRenewed(Flaw flaw) throws Exception {
        RevocationLists lists = load(null);
        put(one, flaw.text() + Pem.crl(revoking(SECOND, OTHER)));

        lookTwice(lists);
        boolean isNewAgain = lists.refresh(null);

        assertThat(isNewAgain).isFalse();
        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(verdict(lists, WhenStale.REJECT, OTHER, SECOND)).isEqualTo("REVOKED");
        assertThat(lists.current().lost()).containsExactly("CN=First");
        assertThat(events).hasSize(2).allMatch(event -> event.startsWith("failed crl: tls.revocation.crl.files[0]: "));
        assertThat(events).first().asString().contains("CRL 1: ");
    }

    @Test
    void aFileThatIsCutShortRenewsWhatIsWhole() throws Exception {
        RevocationLists lists = load(null);
        String whole = Pem.crl(revoking(SECOND, OTHER)) + Pem.crl(OF_FIRST);
        put(one, whole.substring(0, whole.length() - 30));

        lookTwice(lists);

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(verdict(lists, WhenStale.REJECT, OTHER, SECOND)).isEqualTo("REVOKED");
        assertThat(events).first().asString().contains("PEM: ");
    }

    @Test
    void ofListsThatAreEquallyNewAllCount() throws Exception {
        Validity life = new Validity.Relative(Duration.ofHours(-1), Duration.ofDays(9));
        X509CRL first = FIRST.sign(new RevocationList(7, List.of(FIRST.revocationOf(LOST))), life);
        X509CRL second = FIRST.sign(new RevocationList(7, List.of(FIRST.revocationOf(GOOD))), life);
        put(one, OF_SECOND, first);
        put(two, OF_SECOND, second);

        RevocationLists lists = load(null);

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
        assertThat(verdict(lists, WhenStale.REJECT, GOOD, FIRST)).isEqualTo("REVOKED");
    }

    @Test
    void aCaThatIsSpelledOtherwiseAfterItsRenewalIsRemembered() throws Exception {
        CrlIssuerStore.open(state);
        AuthorityId before = AuthorityId.of(FIRST.certificate());
        KnownIssuers.of("edge", CrlIssuerStore.open(state)).add(before);

        AuthorityId renewed = new AuthorityId(new X500Principal("CN=FIRST"), before.key());

        assertThat(renewed).isEqualTo(before);
        assertThat(CrlIssuerStore.read(state).contains("edge", renewed)).isTrue();
        assertThat(CrlIssuerStore.read(state).contains("other", renewed)).isFalse();
    }

    @Test
    void whatIsDeletedWhileTheGatewayRunsIsWrittenAgainWithTheNextList() throws Exception {
        RevocationLists lists = load(CrlIssuerStore.open(state));
        Files.delete(entry("CN=First"));
        put(two, revoking(SECOND, OTHER));

        lookTwice(lists);

        assertThat(entry("CN=First")).exists();
    }

    @Test
    void anotherProcessMayStartWhileThisOneWrites() throws Exception {
        CrlIssuerStore.open(state);
        Path busy = state.resolve("crl-issuers");
        AtomicBoolean isDone = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !isDone.get(); i++) {
                try {
                    Path temporary = Files.createFile(busy.resolve("." + i + ".tmp"));
                    Files.delete(temporary);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 2000; i++) {
                CrlIssuerStore.open(state);
            }
        } finally {
            isDone.set(true);
            writer.join();
        }
        assertThat(busy).isEmptyDirectory();
    }

    @Test
    void theListOfAnIntermediateThatOnlyClientsSendFromNowOnStaysInForce() throws Exception {
        put(one, BELOW_REVOKED);
        RevocationLists lists = load(null, FIRST.certificate(), SECOND.certificate(), BELOW.certificate());
        lists.refresh(List.of(FIRST.certificate(), SECOND.certificate()));

        assertThat(verdictBelow(lists, LOST_BELOW)).isEqualTo("REVOKED");
        assertThat(verdictBelow(lists, GOOD_BELOW)).isEqualTo("let in");
        assertThat(lists.current().lost()).isEmpty();
        assertThat(lists.current().statuses()).extracting(CrlStatus::issuer).containsExactly("CN=Second");
    }

    @Test
    void anIntermediateThatOnlyClientsSendIsNotExcusedIfItIsRemembered() throws Exception {
        put(one, BELOW_REVOKED);
        load(CrlIssuerStore.open(state), FIRST.certificate(), SECOND.certificate(), BELOW.certificate());
        put(one, OF_SECOND);

        RevocationLists restarted = load(CrlIssuerStore.open(state));

        assertThat(verdictBelow(restarted, GOOD_BELOW)).isEqualTo("CRL_STALE");
    }

    @ParameterizedTest(name = "{0}, state {1}: {2}")
    @CsvSource({
        "REJECT, true, CRL_STALE", "GRACE, true, CRL_STALE", "ACCEPT, true, let in",
        "REJECT, false, let in", "GRACE, false, let in", "ACCEPT, false, let in"
    })
    void aListThatIsGoneAtAStartCountsAsStaleWhereItIsRemembered(WhenStale whenStale, boolean hasState, String verdict)
            throws Exception {
        load(hasState ? CrlIssuerStore.open(state) : null);
        put(one, OF_SECOND);

        RevocationLists restarted = load(hasState ? CrlIssuerStore.open(state) : null);

        assertThat(verdict(restarted, whenStale, GOOD, FIRST)).isEqualTo(verdict);
        assertThat(restarted.current().lost()).isEqualTo(hasState ? List.of("CN=First") : List.of());
    }

    @Test
    void whoIsLetInBecauseStaleListsAreIsCounted() throws Exception {
        load(CrlIssuerStore.open(state));
        put(one, OF_SECOND);
        List<String> accepted = new ArrayList<>();
        RevocationLists restarted = load(CrlIssuerStore.open(state));

        judge(restarted, WhenStale.ACCEPT, GOOD, FIRST, accepted);

        assertThat(accepted).containsExactly("CN=First");
    }

    @Test
    void aCaThatNeverHadAListIsExcused() throws Exception {
        put(one, OF_SECOND);
        load(CrlIssuerStore.open(state));

        RevocationLists restarted = load(CrlIssuerStore.open(state));

        assertThat(verdict(restarted, WhenStale.REJECT, LOST, FIRST)).isEqualTo("let in");
    }

    @Test
    void anotherListenersListIsNoneOfThisOnes() throws Exception {
        KnownIssuers.of("other", CrlIssuerStore.open(state)).add(AuthorityId.of(FIRST.certificate()));
        put(one, OF_SECOND);

        RevocationLists lists = load(CrlIssuerStore.open(state));

        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("let in");
    }

    @Test
    void processesThatShareADirectoryUndoNothingOfEachOther() throws Exception {
        CrlIssuerStore here = CrlIssuerStore.open(state);
        CrlIssuerStore there = CrlIssuerStore.open(state);
        here.add("edge", AuthorityId.of(FIRST.certificate()));
        there.add("edge", AuthorityId.of(FIRST.certificate()));
        there.add("edge", AuthorityId.of(SECOND.certificate()));

        CrlIssuerStore later = CrlIssuerStore.read(state);

        assertThat(later.contains("edge", AuthorityId.of(FIRST.certificate()))).isTrue();
        assertThat(later.contains("edge", AuthorityId.of(SECOND.certificate()))).isTrue();
        try (var files = Files.list(state.resolve("crl-issuers"))) {
            assertThat(files).hasSize(2).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @ParameterizedTest
    @CsvSource({"cut", "empty", "renamed", "foreign"})
    void whatIsDamagedIsAnError(String damage) throws Exception {
        load(CrlIssuerStore.open(state));
        Path entry = entry("CN=First");
        switch (damage) {
            case "cut" -> Files.write(entry, Arrays.copyOf(Files.readAllBytes(entry), 20));
            case "empty" -> Files.write(entry, new byte[0]);
            case "renamed" -> Files.move(entry, entry.resolveSibling("0".repeat(64) + ".issuer"));
            default -> Files.writeString(entry.resolveSibling("notes.txt"), "mine");
        }

        assertThatThrownBy(() -> CrlIssuerStore.open(state))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged (expected: as the gateway has written it;");
    }

    @Test
    void aCaWhoseFileIsDeletedMayDoWithoutAList() throws Exception {
        load(CrlIssuerStore.open(state));
        Files.delete(entry("CN=First"));
        put(one, OF_SECOND);

        RevocationLists restarted = load(CrlIssuerStore.open(state));

        assertThat(verdict(restarted, WhenStale.REJECT, GOOD, FIRST)).isEqualTo("let in");
    }

    @Test
    void aDirectoryThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> CrlIssuerStore.open(directory.resolve("unmounted")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected: a directory that exists");
    }

    @Test
    void whatCannotBeWrittenIsSaidOnceAndTriedAgain() throws Exception {
        CrlIssuerStore store = CrlIssuerStore.open(state);
        Files.delete(state.resolve("crl-issuers"));
        RevocationLists lists = load(store);
        lists.refresh(null);
        assertThat(events).singleElement().asString().startsWith("failed state: state.directory: ");
        Files.createDirectory(state.resolve("crl-issuers"));

        lists.refresh(null);

        assertThat(CrlIssuerStore.read(state).contains("edge", AuthorityId.of(FIRST.certificate())))
                .isTrue();
        assertThat(verdict(lists, WhenStale.REJECT, LOST, FIRST)).isEqualTo("REVOKED");
    }

    private Path entry(String issuer) throws IOException {
        try (var files = Files.list(state.resolve("crl-issuers"))) {
            for (Path file : files.collect(Collectors.toList())) {
                if (Files.readString(file).contains("issuer: " + issuer + "\n")) {
                    return file;
                }
            }
        }
        throw new IOException("nothing about " + issuer);
    }

    private RevocationLists load(@Nullable CrlIssuerStore store) {
        return load(store, FIRST.certificate(), SECOND.certificate());
    }

    private RevocationLists load(@Nullable CrlIssuerStore store, X509Certificate... authorities) {
        Problems problems = new Problems();
        RevocationLists lists = RevocationLists.load(
                new RevocationConfig(config(WhenStale.REJECT)),
                List.of(authorities),
                "edge",
                KnownIssuers.of("edge", store),
                (oid, parameters) -> Optional.empty(),
                () -> now,
                problems,
                "tls.revocation",
                listener);
        assertThat(problems.lines()).isEmpty();
        return lists;
    }

    private CrlConfig config(WhenStale whenStale) {
        return new CrlConfig(List.of(one, two), Check.CHAIN_IF_AVAILABLE, whenStale, Duration.ofHours(24));
    }

    private String verdict(
            RevocationLists lists, WhenStale whenStale, X509Certificate client, CertificateAuthority authority) {
        return judge(lists, whenStale, client, authority, new ArrayList<>());
    }

    private String verdictBelow(RevocationLists lists, X509Certificate client) {
        return new Revocation(config(WhenStale.REJECT), lists::current, () -> now, authority -> {})
                .judge(List.of(client, BELOW.certificate(), FIRST.certificate()))
                .map(refusal -> refusal.reason().name())
                .orElse("let in");
    }

    private String judge(
            RevocationLists lists,
            WhenStale whenStale,
            X509Certificate client,
            CertificateAuthority authority,
            List<String> accepted) {
        return new Revocation(config(whenStale), lists::current, () -> now, accepted::add)
                .judge(List.of(client, authority.certificate()))
                .map(refusal -> refusal.reason().name())
                .orElse("let in");
    }

    /** Files that have changed are read at the second look. */
    private static void lookTwice(RevocationLists lists) {
        lists.refresh(null);
        lists.refresh(null);
    }

    private static void put(Path file, X509CRL... lists) throws IOException {
        put(file, Arrays.stream(lists).map(Pem::crl).collect(Collectors.joining()));
    }

    private static void put(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static X509CRL revoking(CertificateAuthority authority, X509Certificate certificate) {
        return authority.sign(RevocationList.empty().with(authority.revocationOf(certificate)));
    }
}
