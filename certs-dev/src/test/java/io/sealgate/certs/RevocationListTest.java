package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SignatureException;
import java.security.cert.CRLReason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationListTest {
    private static final Instant NOW = Instant.parse("2031-05-17T08:00:00Z");
    private static final CertificateAuthority ROOT =
            CertificateAuthority.root(CertificateSpec.authority("Test Root"), Clock.fixed(NOW, ZoneOffset.UTC));
    private static final PathValidation VALIDATION = new PathValidation(ROOT.rootCertificate(), NOW.plusSeconds(1));

    private final IssuedCertificate good = ROOT.issue(CertificateSpec.client("good"));
    private final IssuedCertificate bad = ROOT.issue(CertificateSpec.client("bad"));

    @Test
    void revokedCertificateIsRefusedAndItsNeighbourIsNot() {
        X509CRL crl = ROOT.sign(RevocationList.empty().with(ROOT.revocationOf(bad.certificate())));

        assertThatCode(() -> VALIDATION.validateAgainst(List.of(crl), good.chain()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> VALIDATION.validateAgainst(List.of(crl), bad.chain()))
                .isInstanceOfSatisfying(CertPathValidatorException.class, refusal -> assertThat(refusal.getReason())
                        .isEqualTo(BasicReason.REVOKED));
    }

    @Test
    void crlOfAnIntermediateRevokesBelowIt() {
        CertificateAuthority intermediate = ROOT.descendant(1);
        IssuedCertificate leaf = intermediate.issue(CertificateSpec.client("device-1"));
        X509CRL ofRoot = ROOT.sign(RevocationList.empty());

        X509CRL ofIntermediate =
                intermediate.sign(RevocationList.empty().with(intermediate.revocationOf(leaf.certificate())));

        assertThatThrownBy(() -> VALIDATION.validateAgainst(List.of(ofRoot, ofIntermediate), leaf.chain()))
                .isInstanceOfSatisfying(CertPathValidatorException.class, refusal -> assertThat(refusal.getReason())
                        .isEqualTo(BasicReason.REVOKED));
    }

    @Test
    void crlVerifiesUnderItsIssuerAlone() {
        X509CRL crl = ROOT.sign(RevocationList.empty());

        assertThatCode(() -> crl.verify(ROOT.certificate().getPublicKey())).doesNotThrowAnyException();
        assertThatThrownBy(() -> crl.verify(good.certificate().getPublicKey())).isInstanceOf(SignatureException.class);
    }

    @Test
    void numberRisesWithEveryRevocation() throws Exception {
        RevocationList first = RevocationList.empty();
        RevocationList second = first.with(ROOT.revocationOf(bad.certificate()));

        assertThat(numberOf(ROOT.sign(first))).isEqualTo(1);
        assertThat(numberOf(ROOT.sign(second))).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(RevocationReason.class)
    void reasonIsRecorded(RevocationReason reason) {
        Revocation revocation = new Revocation(BigInteger.TEN, NOW.minusSeconds(60), reason);

        X509CRL crl = ROOT.sign(RevocationList.empty().with(revocation));

        // RFC 5280 §5.3.1: "unspecified" is said by saying nothing.
        assertThat(crl.getRevokedCertificate(BigInteger.TEN).getRevocationReason())
                .isEqualTo(reason == RevocationReason.UNSPECIFIED ? null : CRLReason.valueOf(reason.name()));
        assertThat(crl.getRevokedCertificate(BigInteger.TEN).getRevocationDate())
                .isEqualTo(NOW.minusSeconds(60));
    }

    @Test
    void validityIsChosenFreelyForStaleLists() {
        Validity stale = new Validity.Relative(Duration.ofDays(-9), Duration.ofDays(-2));

        X509CRL crl = ROOT.sign(RevocationList.empty(), stale);

        assertThat(crl.getThisUpdate()).isEqualTo(NOW.minus(Duration.ofDays(9)));
        assertThat(crl.getNextUpdate()).isEqualTo(NOW.minus(Duration.ofDays(2)));
    }

    private static long numberOf(X509CRL crl) throws Exception {
        return ASN1Integer.getInstance(
                        JcaX509ExtensionUtils.parseExtensionValue(crl.getExtensionValue(Extension.cRLNumber.getId())))
                .longValueExact();
    }
}
