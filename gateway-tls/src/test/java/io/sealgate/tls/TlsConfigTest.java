package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TrustConfig.ExtendedKeyUsage;
import io.sealgate.tls.UpstreamTlsConfig.BundleTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway") // absent configuration reaches the records as null
class TlsConfigTest {

    private static final Issued ROOT = root("Root");

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    @Test
    void absentSettingsAreStrict() {
        TlsConfig config = new TlsConfig(null, null, null, null, null, null);
        assertThat(config.minVersion()).hasToString("TLSv1.2");
        assertThat(config.clientAuth()).isEqualTo(ClientAuthentication.REQUIRE);
        assertThat(config.resumption()).isEqualTo(TlsConfig.Resumption.NONE);
        assertThat(config.trust().maxDepth()).isEqualTo(4);
        assertThat(config.trust().extendedKeyUsage()).isEqualTo(ExtendedKeyUsage.REQUIRE);
    }

    @Test
    void soundConfigurationHasNoProblems() {
        config(certificate(), TrustConfig.of(bundle(ROOT))).check(problems, new Problems(), "tls");
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        new TlsConfig(null, null, null, null, null, null).check(problems, new Problems(), "listeners[0].tls");
        assertThat(problems.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "listeners[0].tls.certificates: certificates: none (expected: at least one"),
                        line -> assertThat(line).startsWith("listeners[0].tls.trust.bundle: bundle: empty"));
    }

    @Test
    void furtherCertificateThatNobodyCanAskForIsWarnedOf() {
        Problems warnings = new Problems();
        CertificateConfig nameless = plain("10.0.0.1").signedBy(ROOT).write(directory, "nameless");
        new TlsConfig(null, List.of(certificate(), nameless), ClientAuthentication.NONE, null, null, null)
                .check(problems, warnings, "tls");
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .startsWith("tls.certificates[1]: certificate: CN=10.0.0.1 without a DNS name (expected: one");
    }

    @Test
    void firstCertificateNeedsNoName() {
        CertificateConfig nameless = plain("10.0.0.1").signedBy(ROOT).write(directory, "nameless");
        new TlsConfig(null, List.of(nameless, certificate()), ClientAuthentication.NONE, null, null, null)
                .check(problems, new Problems(), "tls");
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void problemsOfEveryCertificateAreReported() {
        Path missing = directory.resolve("none.pem");
        CertificateConfig broken = CertificateConfig.ofPem(missing, missing);
        new TlsConfig(null, List.of(certificate(), broken, broken), ClientAuthentication.NONE, null, null, null)
                .check(problems, new Problems(), "tls");
        assertThat(problems.lines())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "tls.certificates[1].chain",
                        "tls.certificates[1].key",
                        "tls.certificates[2].chain",
                        "tls.certificates[2].key");
    }

    @Test
    void bundleIsNotNeededWhereNobodyIsAsked() {
        new TlsConfig(null, List.of(certificate()), ClientAuthentication.NONE, null, null, null)
                .check(problems, new Problems(), "tls");
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void bundleThatIsNotPemIsAProblem() throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n!!!!\n");
        TrustConfig.of(file).check(problems, "trust");
        assertThat(problems.lines()).singleElement().asString().contains("line 2: PEM: end of the file");
    }

    @Test
    void missingBundleFileIsAProblem() {
        TrustConfig.of(directory.resolve("none.pem")).check(problems, "trust");
        assertThat(problems.lines()).singleElement().asString().contains("(expected: a file that exists)");
    }

    @Test
    void clientCertificateInTheBundleIsAProblem() {
        TrustConfig.of(bundle(ROOT, client("device").signedBy(ROOT))).check(problems, "trust");
        assertThat(problems.lines()).singleElement().asString().contains("CN=device: no CA (expected: a CA");
    }

    @Test
    void weakCaInTheBundleIsAProblem() {
        Issued weak =
                authority("Weak").keys(rsa(1024)).signature("SHA256withRSA").selfSigned();
        TrustConfig.of(bundle(weak)).check(problems, "trust");
        assertThat(problems.lines()).singleElement().asString().contains("RSA key of 1024 bits");
    }

    /** The JDK's clients keep certificates back that such a CA has signed. */
    @Test
    void caWhoseSignaturesNobodyAsksForIsAWarning() {
        Issued edwards = authority("Edwards")
                .keys(HandshakeKeyCase.ED25519.keys())
                .signature("Ed25519")
                .selfSigned();
        Problems warnings = new Problems();
        config(certificate(), TrustConfig.of(bundle(ROOT, edwards))).check(problems, warnings, "tls");
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .startsWith("tls.trust.bundle: certificate: CN=Edwards: Ed25519 key (expected: RSA, P-256 or P-384");
    }

    @Test
    void moreNamesOfCasThanAHandshakeHoldsAreAWarning() {
        Issued[] many = TenantAuthorities.of(400).toArray(Issued[]::new);
        Problems warnings = new Problems();
        config(certificate(), TrustConfig.of(bundle(many))).check(problems, warnings, "tls");
        assertThat(problems.lines()).isEmpty();
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .startsWith("tls.trust.bundle: names of CAs: more than 16000 bytes (expected: fewer");
    }

    /** It would let in no client with such a key at all. */
    @Test
    void curveThatNoClientCanProveIsNoMinimum() {
        new TrustConfig(List.of(bundle(ROOT)), null, null, null, 385).check(problems, "trust");
        assertThat(problems.lines()).contains("trust.min-ec-bits: min-ec-bits: 385 (expected: 256 to 384)");
    }

    @Test
    void bundleWithoutRootIsAProblem() {
        TrustConfig.of(bundle(authority("Middle").signedBy(ROOT))).check(problems, "trust");
        assertThat(problems.lines()).singleElement().asString().contains("0 self-signed CA certificates");
    }

    @Test
    void bundleWithNothingButExpiredRootsKeepsOutItsClientsOnly() {
        TrustConfig.of(bundle(authority("Old").expired().selfSigned())).check(problems, "trust");
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void oneExpiredRootOfTwoIsNoProblem() {
        TrustConfig.of(bundle(ROOT, authority("Old").expired().selfSigned())).check(problems, "trust");
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void absurdDepthIsAProblem() {
        new TrustConfig(List.of(bundle(ROOT)), 17, null, null, null).check(problems, "trust");
        assertThat(problems.lines()).containsExactly("trust.max-depth: max-depth: 17 (expected: 0 to 16)");
    }

    @Test
    void openRefusesWhatCheckReports() {
        TlsConfig config = config(certificate(), TrustConfig.none());
        assertThatThrownBy(() ->
                        TestTls.open(config, List.of(), Duration.ofSeconds(1), InstantSource.system(), authority -> {}))
                .isInstanceOf(TlsMaterialException.class)
                .hasMessageContaining("tls.trust.bundle: bundle: empty");
    }

    @Test
    void openRefusesAbsurdDepth() {
        TlsConfig config = config(certificate(), new TrustConfig(List.of(bundle(ROOT)), 17, null, null, null));
        assertThatThrownBy(() ->
                        TestTls.open(config, List.of(), Duration.ofSeconds(1), InstantSource.system(), authority -> {}))
                .isInstanceOf(TlsMaterialException.class)
                .hasMessageContaining("max-depth: 17");
    }

    @Test
    void upstreamFilesAreChecked() {
        Path missing = directory.resolve("none.pem");
        new UpstreamTlsConfig(
                        new BundleTrust(List.of(bundle(ROOT), missing)), CertificateConfig.ofPem(missing, missing))
                .check(problems, "origins[0].tls");
        assertThat(problems.lines())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly(
                        "origins[0].tls.trust[1]",
                        "origins[0].tls.certificate.chain",
                        "origins[0].tls.certificate.key");
    }

    /** To the TLS library no CAs at all would mean the system's. */
    @Test
    void trustInNoFileIsRefusedAndNotTrustInTheSystem() {
        UpstreamTlsConfig nobody = new UpstreamTlsConfig(new BundleTrust(List.of()), null);
        nobody.check(problems, "origins[0].tls");
        assertThat(problems.lines()).singleElement().asString().startsWith("origins[0].tls.trust: trust: empty");
        assertThatThrownBy(() -> TestTls.upstream(nobody)).isInstanceOf(TlsMaterialException.class);
    }

    private CertificateConfig certificate() {
        return server("gateway.example").signedBy(ROOT).write(directory, "server");
    }

    private Path bundle(Issued... authorities) {
        Object[] certificates =
                List.of(authorities).stream().map(Issued::certificate).toArray();
        return Issued.pem(directory.resolve("bundle.pem"), certificates);
    }

    private static TlsConfig config(CertificateConfig certificate, TrustConfig trust) {
        return new TlsConfig(null, List.of(certificate), null, trust, null, null);
    }
}
