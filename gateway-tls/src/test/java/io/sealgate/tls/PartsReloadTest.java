package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad part, a pair of certificate and key or a file with CAs, does not keep the others from being renewed. */
class PartsReloadTest {

    private static final int SUBJECT = 5;
    private static final Issued ROOT = CertificateRecipe.root("Root");

    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();
    private final ReloadListener listener = new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {
            events.add("reloaded " + what.label());
        }

        @Override
        public void reloadFailed(Material what, String owner, String problem) {
            events.add("failed " + what.label() + " " + problem);
        }
    };

    private Issued firstCa;
    private ListenerFiles files;

    @BeforeEach
    void load() throws Exception {
        firstCa = authority("First").selfSigned();
        server("a.example").signedBy(ROOT).write(directory, "a");
        server("b.example").signedBy(ROOT).write(directory, "b");
        Issued.pem(directory.resolve("1.pem"), firstCa.certificate());
        Issued.pem(directory.resolve("2.pem"), ROOT.certificate());
        load(pair("a"), pair("b"));
    }

    private void load(CertificateConfig... pairs) throws TlsMaterialException {
        TlsConfig config = new TlsConfig(
                TlsConfig.Version.TLS_1_2,
                List.of(pairs),
                ClientAuthentication.REQUIRE,
                TrustConfig.of(directory.resolve("1.pem"), directory.resolve("2.pem")),
                null,
                TlsConfig.Resumption.NONE);
        files = ListenerFiles.load("edge", config, InstantSource.system(), null, listener);
    }

    private CertificateConfig pair(String name) {
        return CertificateConfig.ofPem(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
    }

    private interface Change {
        void in(Path directory) throws Exception;
    }

    /** What an operator or a job can do to a pair. */
    private enum BadPair {
        NO_CERTIFICATE(directory -> Files.delete(directory.resolve("a.crt"))),
        NO_KEY(directory -> Files.delete(directory.resolve("a.key"))),
        EMPTY(directory -> Files.writeString(directory.resolve("a.crt"), "")),
        CUT_SHORT(directory -> {
            String whole = Files.readString(directory.resolve("a.crt"));
            Files.writeString(directory.resolve("a.crt"), whole.substring(0, whole.length() / 2));
        }),
        KEY_OF_ANOTHER(directory -> Issued.pem(
                directory.resolve("a.key"), server("x").signedBy(ROOT).key())),
        KEY_FOR_A_CERTIFICATE(directory -> Files.copy(
                directory.resolve("a.key"), directory.resolve("a.crt"), StandardCopyOption.REPLACE_EXISTING)),
        SHORT_KEY(
                directory -> server("a.example").keys(rsa(1024)).signedBy(ROOT).write(directory, "a")),
        KEY_THAT_NOBODY_TAKES(directory -> server("a.example")
                .keys(CertificateRecipe.ed25519())
                .signedBy(ROOT)
                .write(directory, "a")),
        ANOTHERS_ISSUER(directory -> Issued.pem(
                directory.resolve("a.crt"),
                server("a.example").signedBy(ROOT).certificate(),
                CertificateRecipe.root("Other").certificate())),
        KEY_THAT_MAY_NOT_SIGN(directory -> server("a.example")
                .usage(KeyUsage.keyEncipherment)
                .signedBy(ROOT)
                .write(directory, "a")),
        DIRECTORY(directory -> {
            Files.delete(directory.resolve("a.crt"));
            Files.createDirectory(directory.resolve("a.crt"));
        });

        private final Change change;

        BadPair(Change change) {
            this.change = change;
        }
    }

    /** As old programs write it; the JDK reads it all the same. */
    private static List<ASN1Encodable> nameInLatin1(List<ASN1Encodable> fields) {
        fields.set(SUBJECT, der("300e310c300a06035504030c0346fc72")); // CN=F\xfcr, said to be UTF-8
        return fields;
    }

    private static ASN1Encodable der(String hex) {
        try {
            return ASN1Primitive.fromByteArray(HexFormat.of().parseHex(hex));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<BadPair> pairs() {
        return Stream.of(BadPair.values());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aPairThatIsNoGoodKeepsNoOtherFromBeingRenewed(BadPair bad) throws Exception {
        X509Certificate last = presented(0);
        bad.change.in(directory);
        Issued renewed = server("b.example").signedBy(ROOT);
        renewed.write(directory, "b");

        look();

        assertThat(presented(0)).isEqualTo(last);
        assertThat(presented(1)).isEqualTo(renewed.certificate());
        assertThat(events).hasSize(2).contains("reloaded server-certificate");
        assertThat(events).anyMatch(event -> event.startsWith("failed server-certificate tls.certificates[0]"));
    }

    @Test
    void aBadPairIsTriedAgainUntilItIsGoodWhileOthersAreRenewed() throws Exception {
        Files.delete(directory.resolve("a.crt"));
        look();
        Issued renewed = server("b.example").signedBy(ROOT);
        renewed.write(directory, "b");
        look();
        assertThat(presented(1)).isEqualTo(renewed.certificate());
        Issued mended = server("a.example").signedBy(ROOT);
        mended.write(directory, "a");

        look();

        assertThat(presented(0)).isEqualTo(mended.certificate());
        assertThat(events).hasSize(3).endsWith("reloaded server-certificate");
    }

    @Test
    void aCertificateThatLosesItsNamesIsNotPutInThePlaceOfOneThatHasThem() throws Exception {
        X509Certificate last = presented(1);
        plain("b.example").signedBy(ROOT).write(directory, "b");
        Issued renewed = server("a.example").signedBy(ROOT);
        renewed.write(directory, "a");

        look();

        assertThat(presented(0)).isEqualTo(renewed.certificate());
        assertThat(presented(1)).isEqualTo(last);
        assertThat(events).anyMatch(event -> event.contains("tls.certificates[1]: certificate: CN=b.example"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateThatIsNotValidDoesNotTakeThePlaceOfOneThatIs(boolean isExpired) throws Exception {
        X509Certificate last = presented(0);
        CertificateRecipe next = server("a.example");
        (isExpired ? next.expired() : next.notYetValid()).signedBy(ROOT).write(directory, "a");
        Issued renewed = server("b.example").signedBy(ROOT);
        renewed.write(directory, "b");

        look();

        assertThat(presented(0)).isEqualTo(last);
        assertThat(presented(1)).isEqualTo(renewed.certificate());
        assertThat(events).hasSize(2).contains("reloaded server-certificate");
        assertThat(events)
                .anyMatch(event -> event.contains("tls.certificates[0]: certificate: CN=a.example, serial")
                        && event.contains("(expected: valid now, as the one before is, which stays until it ends)"));
    }

    @Test
    void aCertificateThatIsNotValidTakesThePlaceOfOneThatIsNotEither() throws Exception {
        server("a.example").expired().signedBy(ROOT).write(directory, "a");
        load(pair("a"), pair("b"));
        Issued next = server("a.example").notYetValid().signedBy(ROOT);
        next.write(directory, "a");

        look();

        assertThat(presented(0)).isEqualTo(next.certificate());
        assertThat(events).containsExactly("reloaded server-certificate");
    }

    /** What an operator or a job can do to a file with CAs. */
    private enum BadFile {
        GONE(directory -> Files.delete(directory.resolve("1.pem"))),
        EMPTY(directory -> Files.writeString(directory.resolve("1.pem"), "")),
        TEXT(directory -> Files.writeString(directory.resolve("1.pem"), "404 Not Found\n")),
        CUT_SHORT(directory -> {
            String whole = Files.readString(directory.resolve("1.pem"));
            Files.writeString(directory.resolve("1.pem"), whole.substring(0, whole.length() / 2));
        }),
        NO_CA(directory -> Issued.pem(
                directory.resolve("1.pem"), client("device").signedBy(ROOT).certificate())),
        NAME_THAT_BORINGSSL_DOES_NOT_READ(directory -> Issued.pem(
                directory.resolve("1.pem"),
                authority("Latin")
                        .surgery(PartsReloadTest::nameInLatin1)
                        .signedBy(ROOT)
                        .certificate())),
        WEAK_CA(directory -> Issued.pem(
                directory.resolve("1.pem"),
                authority("Weak")
                        .keys(rsa(1024))
                        .signature("SHA256withRSA")
                        .selfSigned()
                        .certificate()));

        private final Change change;

        BadFile(Change change) {
            this.change = change;
        }
    }

    static Stream<BadFile> trustFiles() {
        return Stream.of(BadFile.values());
    }

    @ParameterizedTest
    @MethodSource("trustFiles")
    void aFileThatIsNoGoodKeepsNoOtherFromBeingRenewed(BadFile bad) throws Exception {
        bad.change.in(directory);
        Issued next = CertificateRecipe.root("Next");
        Issued.pem(directory.resolve("2.pem"), next.certificate());

        look();

        assertThat(files.trust().all()).containsExactlyInAnyOrder(firstCa.certificate(), next.certificate());
        assertThat(events).hasSize(2).contains("reloaded trust");
        assertThat(events).anyMatch(event -> event.startsWith("failed trust tls.trust.bundle[0]"));
    }

    @Test
    void theFileThatHasLostTheOnlyAnchorKeepsNoOtherFromBeingRenewed() throws Exception {
        Issued.pem(directory.resolve("2.pem"), authority("Below").signedBy(ROOT).certificate());
        look();
        events.clear();
        X509Certificate next = authority("Next").signedBy(ROOT).certificate();
        Issued.pem(directory.resolve("1.pem"), authority("First").signedBy(ROOT).certificate());
        Issued.pem(directory.resolve("2.pem"), next);

        look();

        assertThat(files.trust().all()).containsExactlyInAnyOrder(firstCa.certificate(), next);
        assertThat(events).hasSize(2).contains("reloaded trust");
        assertThat(events).anyMatch(event -> event.startsWith("failed trust tls.trust.bundle[0]"));
    }

    @Test
    void aCaThatMovesFromOneFileToAnotherIsNeverMissing() throws IOException {
        Issued.pem(directory.resolve("1.pem"), authority("Next").selfSigned().certificate());
        for (int i = 0; i < 2; i++) {
            files.refreshTrust();
            if (i == 0) {
                Issued.pem(directory.resolve("2.pem"), ROOT.certificate(), firstCa.certificate());
            }
            assertThat(files.trust().all()).contains(firstCa.certificate(), ROOT.certificate());
        }
        files.refreshTrust();

        assertThat(files.trust().all()).hasSize(3).contains(firstCa.certificate());
    }

    @ParameterizedTest
    @MethodSource("filesOfOrigins")
    void aFileOfAnOriginsCasThatIsNoGoodKeepsNoOtherFromBeingRenewed(BadFile bad) throws Exception {
        ReloadingUpstreamTls origin = ReloadingUpstreamTls.open(
                "cos",
                new UpstreamTlsConfig(
                        new UpstreamTlsConfig.BundleTrust(
                                List.of(directory.resolve("1.pem"), directory.resolve("2.pem"))),
                        null),
                listener);
        try {
            bad.change.in(directory);
            Issued.pem(
                    directory.resolve("2.pem"), CertificateRecipe.root("Next").certificate());

            for (int i = 0; i < 3; i++) {
                origin.refresh();
            }

            assertThat(origin.terms()).extracting(CertificateTerm::subject).containsExactly("CN=First", "CN=Next");
            assertThat(events).hasSize(2).contains("reloaded origin-tls");
        } finally {
            origin.close();
        }
    }

    static Stream<BadFile> filesOfOrigins() {
        return Stream.of(BadFile.GONE, BadFile.EMPTY, BadFile.TEXT, BadFile.CUT_SHORT);
    }

    private X509Certificate presented(int index) {
        return files.keys().all().get(index).material().certificate();
    }

    /** Often enough for what has changed to settle, and once more. */
    private void look() {
        for (int i = 0; i < 3; i++) {
            files.refreshKeys();
            files.refreshTrust();
            files.tell();
        }
    }
}
