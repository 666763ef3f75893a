package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2031-05-17T08:00:00.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final CertificateAuthority ROOT =
            CertificateAuthority.root(CertificateSpec.authority("Test Root"), CLOCK);
    private static final PathValidation VALIDATION = new PathValidation(ROOT.rootCertificate(), NOW);

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void chainVerifiesForEveryKeyAlgorithm(KeyAlgorithm algorithm) throws Exception {
        CertificateSpec spec = CertificateSpec.authority("Root").withKeyAlgorithm(algorithm);
        CertificateAuthority root = CertificateAuthority.root(spec, CLOCK);

        IssuedCertificate issued = root.issue(CertificateSpec.client("device-1").withKeyAlgorithm(algorithm));

        new PathValidation(root.rootCertificate(), NOW).validate(issued.chain());
        assertThat(issued.certificate().getSigAlgName()).isEqualTo(KeyAlgorithm.signatureOf(issued.privateKey()));
    }

    @Test
    void chainOfIntermediatesVerifiesAndLeavesTheRootOut() throws Exception {
        IssuedCertificate issued = ROOT.descendant(3).issue(CertificateSpec.client("device-1"));

        VALIDATION.validate(issued.chain());
        assertThat(issued.chain()).hasSize(4).doesNotContain(ROOT.certificate());
    }

    @Test
    void rsaIntermediateUnderEcRootVerifies() throws Exception {
        CertificateAuthority intermediate =
                ROOT.issueAuthority(CertificateSpec.authority("RSA").withKeyAlgorithm(KeyAlgorithm.RSA_2048));

        IssuedCertificate issued = intermediate.issue(CertificateSpec.client("device-1"));

        VALIDATION.validate(issued.chain());
        assertThat(issued.certificate().getSigAlgName()).isEqualTo("SHA256withRSA");
    }

    @Test
    void chainOfAnotherRootOfTheSameNameDoesNotVerify() {
        CertificateAuthority impostor = CertificateAuthority.root(CertificateSpec.authority("Test Root"), CLOCK);

        IssuedCertificate issued = impostor.issue(CertificateSpec.client("device-1"));

        assertRefused(issued.chain(), PKIXReason.NO_TRUST_ANCHOR);
    }

    @Test
    void authorityWithinItsPathLengthVerifies() {
        CertificateAuthority limited =
                ROOT.issueAuthority(CertificateSpec.authority("Limited").withPathLength(1));

        IssuedCertificate issued = limited.descendant(1).issue(CertificateSpec.client("device-1"));

        assertThatCode(() -> VALIDATION.validate(issued.chain())).doesNotThrowAnyException();
    }

    @Test
    void authorityBeyondItsPathLengthIsRefused() {
        CertificateAuthority limited =
                ROOT.issueAuthority(CertificateSpec.authority("Limited").withPathLength(1));

        IssuedCertificate issued = limited.descendant(2).issue(CertificateSpec.client("device-1"));

        assertRefused(issued.chain(), PKIXReason.PATH_TOO_LONG);
    }

    @Test
    void issuerWithoutTheAuthorityFlagIsRefused() {
        CertificateAuthority flagless =
                ROOT.issueAuthority(CertificateSpec.authority("No CA").withoutAuthorityFlag());

        IssuedCertificate issued = flagless.issue(CertificateSpec.client("device-1"));

        assertThat(flagless.certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(flagless.certificate().getKeyUsage()[5]).as("keyCertSign").isTrue();
        assertRefused(issued.chain(), PKIXReason.NOT_CA_CERT);
    }

    @Test
    void clientCertificateAsIssuerIsRefused() {
        CertificateAuthority client = ROOT.issueAuthority(CertificateSpec.client("device-1"));

        IssuedCertificate issued = client.issue(CertificateSpec.client("device-2"));

        assertRefused(issued.chain(), PKIXReason.INVALID_KEY_USAGE);
    }

    @Test
    void issuerWithoutCertSignIsRefused() {
        CertificateAuthority crlOnly =
                ROOT.issueAuthority(CertificateSpec.authority("CRL only").withKeyUsages(KeyUsage.CRL_SIGN));

        IssuedCertificate issued = crlOnly.issue(CertificateSpec.client("device-1"));

        assertRefused(issued.chain(), PKIXReason.INVALID_KEY_USAGE);
    }

    @Test
    void everyCertificateCarriesLinkedKeyIdentifiers() throws Exception {
        X509Certificate leaf = ROOT.issue(CertificateSpec.client("device-1")).certificate();

        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        assertThat(JcaX509ExtensionUtils.parseExtensionValue(
                        leaf.getExtensionValue(Extension.subjectKeyIdentifier.getId())))
                .isEqualTo(identifiers
                        .createSubjectKeyIdentifier(leaf.getPublicKey())
                        .toASN1Primitive());
        assertThat(JcaX509ExtensionUtils.parseExtensionValue(
                        leaf.getExtensionValue(Extension.authorityKeyIdentifier.getId())))
                .isEqualTo(identifiers
                        .createAuthorityKeyIdentifier(ROOT.certificate().getPublicKey())
                        .toASN1Primitive());
    }

    @Test
    void onlyConstraintsAndKeyUsageAreCritical() {
        X509Certificate leaf = ROOT.issue(CertificateSpec.server("s", SubjectAltName.dns("localhost")))
                .certificate();

        assertThat(leaf.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(Extension.basicConstraints.getId(), Extension.keyUsage.getId());
    }

    @Test
    void serialsArePositiveDistinctAndAtMostTwentyOctets() {
        List<IssuedCertificate> issued = Stream.generate(() -> ROOT.issue(CertificateSpec.client("device")))
                .limit(20)
                .toList();

        assertThat(issued).extracting(IssuedCertificate::serial).doesNotHaveDuplicates();
        assertThat(issued)
                .extracting(IssuedCertificate::serial)
                .allSatisfy(serial -> assertThat(serial.toByteArray()).hasSize(20))
                .allSatisfy(serial -> assertThat(serial.signum()).isPositive());
    }

    @Test
    void neitherAuthorityNorCertificatePrintsItsKey() {
        IssuedCertificate issued = ROOT.issue(CertificateSpec.client("device-1"));

        assertThat(ROOT).hasToString("CertificateAuthority[CN=Test Root]");
        assertThat(issued)
                .hasToString("IssuedCertificate[CN=device-1, serial "
                        + issued.serial().toString(16) + "]");
    }

    private static void assertRefused(List<X509Certificate> chain, CertPathValidatorException.Reason reason) {
        assertThatThrownBy(() -> VALIDATION.validate(chain))
                .isInstanceOfSatisfying(CertPathValidatorException.class, refusal -> assertThat(refusal.getReason())
                        .isEqualTo(reason));
    }
}
