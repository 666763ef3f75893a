package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.ed25519;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.Validity;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.fetch.FetchConfig;
import io.sealgate.tls.ocsp.OcspConfig;
import io.sealgate.tls.revocation.CrlConfig;
import io.sealgate.tls.revocation.CrlConfig.Check;
import io.sealgate.tls.revocation.CrlIssuerStore;
import io.sealgate.tls.revocation.RevocationConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} says about revocation lists, and a start refuses. */
@SuppressWarnings("NullAway") // absent configuration reaches the records as null
class CrlFilesTest {

    private static final CertificateAuthority ROOT = CertificateAuthority.root("Root");
    private static final CertificateAuthority ISSUING = ROOT.issueAuthority(CertificateSpec.authority("Issuing"));
    private static final X509CRL ROOT_CRL = ROOT.sign(RevocationList.empty());
    private static final X509CRL ISSUING_CRL = ISSUING.sign(RevocationList.empty());
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    private final Problems problems = new Problems();
    private final Problems warnings = new Problems();
    private Path bundle;

    @BeforeEach
    void trustBoth() {
        bundle = Issued.pem(directory.resolve("bundle.pem"), ROOT.certificate(), ISSUING.certificate());
    }

    @Test
    void absentSettingsAreStrict() {
        CrlConfig config = new CrlConfig(null, null, null, null);
        assertThat(config.check()).isEqualTo(Check.CHAIN);
        assertThat(config.whenStale()).isEqualTo(CrlConfig.WhenStale.REJECT);
        assertThat(config.grace()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void listsInDerAndInPemAreTaken() throws Exception {
        check(Check.CHAIN, der("root.crl", ROOT_CRL), pem("issuing.pem", ISSUING_CRL));
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines()).isEmpty();
    }

    /** Whoever takes the section away, or only its lists, has forgotten whom they kept out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void casThatHadListsAreWarnedOfWhereNoneAreLookedUp(boolean hasOcsp) throws Exception {
        CrlIssuerStore store = CrlIssuerStore.open(Files.createDirectory(directory.resolve("state")));
        open(config(Check.CHAIN_IF_AVAILABLE, pem("root.pem", ROOT_CRL)), store).close();
        assertThat(notes).isEmpty();
        String warning = "tls.revocation.crl: crl: none, so nobody of CN=Root is looked up, which has had a list"
                + " (expected: its list, or its file in state.directory deleted)";
        RevocationConfig without = hasOcsp
                ? new RevocationConfig(
                        null,
                        new OcspConfig(OcspConfig.Mode.SOFT, "http://ocsp.example/", null, null),
                        null,
                        null,
                        null)
                : null;

        tls(without).check("edge", store, problems, warnings, "tls");
        tls(without).check("other", store, problems, new Problems(), "tls");

        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines()).containsExactly(warning);
        if (!hasOcsp) {
            try (ReloadingTls tls = open(without, store)) {
                assertThat(notes).containsExactly(warning);
                assertThat(tls.lostCrls()).containsExactly("CN=Root");
            }
        }
    }

    private final List<String> notes = new ArrayList<>();

    private ReloadingTls open(RevocationConfig revocation, CrlIssuerStore store) throws TlsMaterialException {
        ReloadListener listener = new ReloadListener() {
            @Override
            public void reloaded(Material what, String owner) {}

            @Override
            public void reloadFailed(Material what, String owner, String problem) {}

            @Override
            public void warned(Material what, String owner, String note) {
                if (what == Material.CRL) {
                    notes.add(note);
                }
            }
        };
        return ReloadingTls.open(
                "edge",
                tls(revocation),
                List.of(),
                DAY,
                InstantSource.system(),
                listener,
                store,
                null,
                authority -> {});
    }

    @Test
    void oneFileMayHoldSeveralListsAndOtherThings() throws Exception {
        Path file = pem("all.pem", ROOT.certificate(), ROOT_CRL, ISSUING_CRL);
        Files.writeString(file, "0 lists of our CAs\n" + Files.readString(file) + "the end");
        check(Check.CHAIN, file);
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void carriageReturnsAndLongLinesDoNotMatter() throws Exception {
        Path file = pem("issuing.pem", ISSUING_CRL);
        String text = Files.readString(file);
        String body = text.replaceAll("-----[A-Z0-9 ]+-----", "").replaceAll("\\s", "");
        Files.writeString(
                file,
                "-----BEGIN X509 CRL-----\r\n" + body + "\r\n-----END X509 CRL-----\r\n" + text.replace("\n", "\r\n"));
        check(Check.LEAF, file);
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines()).singleElement().asString().contains("not used");
    }

    @Test
    void everyFileThatCannotBeUsedIsNamed() throws Exception {
        Path corrupt = Files.write(directory.resolve("corrupt"), corrupted(ISSUING_CRL));
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(ISSUING_CRL.getEncoded(), 100));
        Path longer = Files.write(directory.resolve("longer"), Arrays.copyOf(ISSUING_CRL.getEncoded(), 1000));
        Path cutPem = Files.writeString(directory.resolve("cut.pem"), "-----BEGIN X509 CRL-----\nMIIB");
        Path badPem = Files.writeString(
                directory.resolve("bad.pem"), "-----BEGIN X509 CRL-----\nM!IB\n-----END X509 CRL-----");
        Path text = Files.writeString(directory.resolve("text"), "not a list");
        Path empty = Files.createFile(directory.resolve("empty"));
        Path stranger = der("stranger", CertificateAuthority.root("Stranger").sign(RevocationList.empty()));
        Path namesake = der("namesake", CertificateAuthority.root("Root").sign(RevocationList.empty()));
        check(
                Check.LEAF,
                corrupt,
                cut,
                longer,
                cutPem,
                badPem,
                text,
                empty,
                directory,
                directory.resolve("vanished"),
                stranger,
                namesake,
                der("sha1", signed("SHA1withECDSA", ISSUING.certificate(), ISSUING.privateKey())));
        assertThat(problems.lines())
                .satisfiesExactly(
                        line -> says(line, 0, "signature: not that of CN=Issuing"),
                        line -> says(line, 1, "octet 100: end of the file"),
                        line -> says(line, 2, "more than a CRL"),
                        line -> says(line, 3, "PEM: no end"),
                        line -> says(line, 4, "PEM: malformed"),
                        line -> says(line, 5, "CRLs: none"),
                        line -> says(line, 6, "of 0 bytes"),
                        line -> says(line, 7, "(expected: a file)"),
                        line -> says(line, 8, "(expected: a file that exists)"),
                        line -> says(line, 9, "issuer: CN=Stranger (expected: a CA of the trust bundle)"),
                        line -> says(line, 10, "issuer: CN=Root with another key"),
                        line -> says(line, 11, "signature: algorithm 1.2.840.10045.4.1 (expected: SHA-256 or better)"));
    }

    @Test
    void brokenListOfSeveralInOneFileIsNamed() throws Exception {
        Path file =
                pem("all.pem", ROOT_CRL, CertificateAuthority.root("Stranger").sign(RevocationList.empty()));
        check(Check.LEAF, file);
        assertThat(problems.lines()).singleElement().satisfies(line -> says(line, 0, "CRL 2: issuer: CN=Stranger"));
    }

    static Stream<Arguments> algorithms() {
        KeyPair rsa = rsa(2048);
        return Stream.of(
                Arguments.of("SHA256withRSA", rsa),
                Arguments.of("SHA512withRSA", rsa),
                Arguments.of("SHA256withRSAandMGF1", rsa),
                Arguments.of("SHA384withECDSA", ec("secp384r1")),
                Arguments.of("Ed25519", ed25519()));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void everyStrongSignatureIsVerified(String algorithm, KeyPair keys) throws Exception {
        Issued authority = authority("CA").keys(keys).signature(algorithm).selfSigned();
        bundle = Issued.pem(directory.resolve("ca.pem"), authority.certificate());
        X509CRL crl = signed(algorithm, authority);
        Path corrupt = Files.write(directory.resolve("corrupt"), corrupted(crl));
        check(Check.LEAF, der("intact", crl), corrupt);
        assertThat(problems.lines()).singleElement().satisfies(line -> says(line, 1, "signature: not that of CN=CA"));
    }

    @Test
    void chainNeedsAListOfEveryCa() throws Exception {
        check(Check.CHAIN, der("issuing", ISSUING_CRL));
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith(
                        "tls.revocation.crl.files: CRL of CN=Root: none (expected: one of every CA of the trust bundle");
    }

    @Test
    void leafNeedsAListOfThoseThatIssueToClients() throws Exception {
        check(Check.LEAF, der("root", ROOT_CRL));
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines())
                .containsExactly("tls.revocation.crl.files: CRL of CN=Issuing: none"
                        + " (clients with a certificate of this CA are refused)");
    }

    @Test
    void leafNeedsNoListOfThoseAbove() throws Exception {
        check(Check.LEAF, der("issuing", ISSUING_CRL));
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines()).isEmpty();
    }

    @Test
    void newKeyOfACaNeedsAListAsWell() throws Exception {
        CertificateAuthority renewed = ROOT.issueAuthority(CertificateSpec.authority("Issuing"));
        bundle = Issued.pem(
                directory.resolve("three.pem"), ROOT.certificate(), ISSUING.certificate(), renewed.certificate());
        check(Check.CHAIN_IF_AVAILABLE, der("issuing", ISSUING_CRL));
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines()).singleElement().asString().contains("CRL of CN=Issuing: none for one of its keys");
    }

    @Test
    void theNewestListOfACaCounts() throws Exception {
        Validity today = new Validity.Relative(Duration.ZERO, DAY.multipliedBy(30));
        Path third = der("third", ISSUING.sign(new RevocationList(3, List.of()), today));
        Path fifth = der("fifth", ISSUING.sign(new RevocationList(5, List.of()), today));
        Path fourth = der("fourth", ISSUING.sign(new RevocationList(4, List.of()), today));
        check(Check.LEAF, third, fifth, fourth);
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines())
                .containsExactly(
                        "tls.revocation.crl.files[0]: CRL of CN=Issuing, number 3: not used"
                                + " (tls.revocation.crl.files[1] has a newer one)",
                        "tls.revocation.crl.files[2]: CRL of CN=Issuing, number 4: not used"
                                + " (tls.revocation.crl.files[1] has a newer one)");
    }

    @Test
    void ageIsAWarningBecauseAFileCanBeReplaced() throws Exception {
        Validity stale = new Validity.Relative(DAY.negated(), Duration.ofHours(-1));
        Validity soon = new Validity.Relative(DAY.multipliedBy(29).negated(), DAY);
        check(
                Check.CHAIN,
                der("root", ROOT.sign(RevocationList.empty(), stale)),
                der("issuing", ISSUING.sign(RevocationList.empty(), soon)));
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("tls.revocation.crl.files[0]: CRL of CN=Root, number 1: stale since "),
                        line -> assertThat(line)
                                .startsWith(
                                        "tls.revocation.crl.files[1]: CRL of CN=Issuing, number 1: stale soon, at "));
    }

    @Test
    void listFromTheFutureIsAProblem() throws Exception {
        Validity tomorrow = new Validity.Relative(DAY, DAY.multipliedBy(2));
        check(Check.LEAF, der("issuing", ISSUING.sign(RevocationList.empty(), tomorrow)));
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .contains("thisUpdate: ")
                .contains("not in the future");
    }

    @Test
    void sectionThatAsksForNothingIsAProblem() {
        tls(new RevocationConfig(null)).check(problems, warnings, "tls");
        tls(new RevocationConfig(new CrlConfig(null, null, null, Duration.ZERO)))
                .check(problems, warnings, "tls");
        assertThat(problems.lines())
                .containsExactly(
                        "tls.revocation.crl: missing (expected: a section, or ocsp)",
                        "tls.revocation.crl.files: files: empty (expected: at least one file with CRLs, or urls)",
                        "tls.revocation.crl.grace: grace: 0ms (expected: > 0)");
    }

    @Test
    void whatCannotBeFetchedIsAProblem() {
        CrlConfig crl = new CrlConfig(
                null,
                List.of("http://crl.example.com/ca.crl", "ldap://crl.example.com/ca", "http://user@crl.example.com/"),
                null,
                null,
                null,
                null);
        FetchConfig fetch = new FetchConfig(
                List.of("crl.example.com:8080", "http://crl.example.com/"),
                List.of(AddressBlock.parse("0.0.0.0/0")),
                Duration.ofHours(1),
                Duration.ZERO,
                ByteSize.ofGiB(1));
        tls(new RevocationConfig(crl, null, fetch, null, null)).check(problems, warnings, "tls");
        assertThat(problems.lines())
                .containsExactly(
                        "tls.revocation.fetch.allowed-hosts[1]: host: http://crl.example.com/"
                                + " (expected: host or host:port, an IPv6 address in brackets)",
                        "tls.revocation.fetch.timeout: duration: 3600000ms (expected: 10ms to 300000ms)",
                        "tls.revocation.fetch.interval: duration: 0ms (expected: 10ms to 604800000ms)",
                        "tls.revocation.fetch.max-size: size: 1GiB (expected: 1 to 256MiB)",
                        "tls.revocation.crl.urls[1]: url: ldap://crl.example.com/ca (expected: http or https)",
                        "tls.revocation.crl.urls[2]: url: http://user@crl.example.com/"
                                + " (expected: http(s)://host/path or http(s)://host:port/path)");
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("fetch.allowed-addresses[0]: block: 0.0.0.0/0");
    }

    @Test
    void responderThatCannotBeAskedIsAProblem() {
        OcspConfig ocsp = new OcspConfig(OcspConfig.Mode.HARD, "file:responder", null, Duration.ofMinutes(1));
        tls(new RevocationConfig(null, ocsp, null, null, null)).check(problems, warnings, "tls");
        assertThat(problems.lines())
                .containsExactly(
                        "tls.revocation.ocsp.responder: url: file:responder (expected: http or https)",
                        "tls.revocation.ocsp.timeout: duration: 60000ms (expected: 10ms to 30000ms)");
    }

    @Test
    void casWithoutAListInAFileAreNamedWithWhatIsFetched() throws Exception {
        CrlConfig crl = new CrlConfig(
                List.of(der("root", ROOT_CRL)), List.of("http://crl.example.com/ca.crl"), null, null, null, null);
        tls(new RevocationConfig(crl)).check(problems, warnings, "tls");
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines())
                .containsExactly("tls.revocation.crl: CRL of CN=Issuing: not in a file"
                        + " (expected: fetched, urls: 1, distribution-points: none)");
    }

    @Test
    void openRefusesWhatCheckReports() throws Exception {
        TlsConfig config = tls(config(Check.CHAIN, der("issuing", ISSUING_CRL)));
        assertThatThrownBy(() ->
                        TestTls.open(config, List.of(), Duration.ofSeconds(1), InstantSource.system(), authority -> {}))
                .isInstanceOf(TlsMaterialException.class)
                .hasMessageContaining("tls.revocation.crl.files: CRL of CN=Root: none");
    }

    private static void says(String line, int file, String problem) {
        assertThat(line)
                .startsWith("tls.revocation.crl.files[" + file + "]: ")
                .contains(problem)
                .contains("(expected: ");
    }

    private void check(Check check, Path... files) {
        tls(config(check, files)).check(problems, warnings, "tls");
    }

    private static RevocationConfig config(Check check, Path... files) {
        return new RevocationConfig(new CrlConfig(List.of(files), check, null, null));
    }

    private TlsConfig tls(RevocationConfig revocation) {
        CertificateConfig certificate =
                server("gateway.example").signedBy(MutualTlsFixture.SERVER_ROOT).write(directory, "server");
        return new TlsConfig(null, List.of(certificate), null, TrustConfig.of(bundle), revocation, null);
    }

    private Path der(String name, X509CRL crl) throws Exception {
        return Files.write(directory.resolve(name), crl.getEncoded());
    }

    private Path pem(String name, Object... objects) {
        return Issued.pem(directory.resolve(name), objects);
    }

    private static byte[] corrupted(X509CRL crl) throws Exception {
        byte[] der = crl.getEncoded();
        der[der.length - 1] ^= 1;
        return der;
    }

    private static X509CRL signed(String algorithm, Issued authority) throws Exception {
        return signed(algorithm, authority.certificate(), authority.key());
    }

    private static X509CRL signed(String algorithm, X509Certificate authority, PrivateKey key) throws Exception {
        X500Name name = X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(Instant.now()));
        builder.setNextUpdate(Date.from(Instant.now().plus(DAY)));
        return new JcaX509CRLConverter()
                .getCRL(builder.build(new JcaContentSignerBuilder(algorithm)
                        .setProvider(new BouncyCastleProvider())
                        .build(key)));
    }
}
