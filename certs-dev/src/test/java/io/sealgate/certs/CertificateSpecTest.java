package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSpecTest {
    private static final CertificateAuthority ROOT = CertificateAuthority.root("Test Root");
    private final PathValidation validation = new PathValidation(ROOT.rootCertificate(), Instant.now());
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    @Test
    void clientCertificateIsGoodForClientsOnly() throws Exception {
        IssuedCertificate client = ROOT.issue(CertificateSpec.client("device-1"));

        assertThat(client.certificate().getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
        validation.validateAsClientNow(client.chain());
        assertThatThrownBy(() -> validation.validateAsServerNow(client.chain())).hasMessageContaining("usage");
    }

    @Test
    void serverCertificateIsGoodForServersOnly() throws Exception {
        IssuedCertificate server = ROOT.issue(CertificateSpec.server("localhost", SubjectAltName.dns("localhost")));

        assertThat(server.certificate().getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
        validation.validateAsServerNow(server.chain());
        assertThatThrownBy(() -> validation.validateAsClientNow(server.chain())).hasMessageContaining("usage");
    }

    @Test
    void clientSpecWithServerUsageOnlyIsRefusedAsClient() {
        IssuedCertificate issued =
                ROOT.issue(CertificateSpec.client("device-1").withExtendedKeyUsages(ExtendedKeyUsage.SERVER_AUTH));

        assertThatThrownBy(() -> validation.validateAsClientNow(issued.chain())).hasMessageContaining("usage");
    }

    @Test
    void noExtendedKeyUsageLeavesTheExtensionOut() throws Exception {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1").withExtendedKeyUsages());

        assertThat(issued.certificate().getExtendedKeyUsage()).isNull();
    }

    @Test
    void noKeyUsageLeavesTheExtensionOut() {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1").withKeyUsages());

        assertThat(issued.certificate().getKeyUsage()).isNull();
    }

    @Test
    void noNamesLeavesTheExtensionOut() throws Exception {
        IssuedCertificate issued = ROOT.issue(
                CertificateSpec.server("s", SubjectAltName.dns("localhost")).withNames());

        assertThat(issued.certificate().getSubjectAlternativeNames()).isNull();
    }

    @Test
    void namesAreCriticalWhereTheSubjectIsEmpty() {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("", SubjectAltName.uri("spiffe://fleet/a"))
                .withSubject(new X500Principal("")));

        assertThat(issued.certificate().getCriticalExtensionOIDs()).contains(Extension.subjectAlternativeName.getId());
    }

    @Test
    void allKindsOfNamesAreCarried() throws Exception {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1")
                .withNames(
                        SubjectAltName.dns("*.fleet.example.com"),
                        SubjectAltName.ip("127.0.0.1"),
                        SubjectAltName.ip("::1"),
                        SubjectAltName.uri("spiffe://fleet/device-1")));

        assertThat(issued.certificate().getSubjectAlternativeNames())
                .containsExactly(
                        List.of(2, "*.fleet.example.com"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"),
                        List.of(6, "spiffe://fleet/device-1"));
    }

    @Test
    void expiredCertificateIsExpired() {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1").withValidity(Validity.expired()));

        assertRefused(issued, BasicReason.EXPIRED);
    }

    @Test
    void certificateOfTheFutureIsNotYetValid() {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1").withValidity(Validity.notYet()));

        assertRefused(issued, BasicReason.NOT_YET_VALID);
    }

    @Test
    void chosenDatesAreKeptToTheSecond() {
        Instant from = Instant.parse("2049-12-31T23:59:59.9Z");
        Instant until = Instant.parse("2050-01-01T00:00:01.9Z");

        X509Certificate certificate = ROOT.issue(
                        CertificateSpec.client("device-1").withValidity(Validity.between(from, until)))
                .certificate();

        assertThat(certificate.getNotBefore()).isEqualTo("2049-12-31T23:59:59Z");
        assertThat(certificate.getNotAfter()).isEqualTo("2050-01-01T00:00:01Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "1461501637330902918203684832716283019655932542976"})
    void chosenSerialIsKept(String serial) {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1").withSerial(new BigInteger(serial)));

        assertThat(issued.serial()).isEqualTo(serial);
    }

    @Test
    void commonNameIsTakenAsItIs() {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("a,O=admin \u8bbe\u5907"));

        assertThat(issued.certificate().getSubjectX500Principal())
                .isEqualTo(new X500Principal("CN=a\\,O\\=admin \u8bbe\u5907"));
    }

    @Test
    void revocationPointersAreCarried() {
        X509Certificate certificate = ROOT.issue(CertificateSpec.client("device-1")
                        .withCrlUrl(URI.create("http://127.0.0.1/ca.crl"))
                        .withOcspUrl(URI.create("http://127.0.0.1/ocsp")))
                .certificate();

        assertThat(extension(certificate, Extension.cRLDistributionPoints.getId()))
                .contains("http://127.0.0.1/ca.crl");
        assertThat(extension(certificate, Extension.authorityInfoAccess.getId()))
                .contains("http://127.0.0.1/ocsp");
    }

    @Test
    void leafWithPathLengthIsRefused() {
        assertThatThrownBy(() -> CertificateSpec.client("device-1").withPathLength(1))
                .isInstanceOf(CertsException.class)
                .hasMessage("path length: 1 (expected: zero or more, on an authority)");
    }

    @Test
    void goodCertificateIsGoodNow() {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1"));

        assertThatCode(() -> validation.validate(issued.chain())).doesNotThrowAnyException();
    }

    private static String extension(X509Certificate certificate, String oid) {
        return new String(certificate.getExtensionValue(oid), StandardCharsets.ISO_8859_1);
    }

    private void assertRefused(IssuedCertificate issued, BasicReason reason) {
        assertThatThrownBy(() -> validation.validate(issued.chain()))
                .isInstanceOfSatisfying(CertPathValidatorException.class, refusal -> assertThat(refusal.getReason())
                        .isEqualTo(reason));
    }
}
