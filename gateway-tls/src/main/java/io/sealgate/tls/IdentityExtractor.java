package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;

import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.DistinguishedName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Says who a client is, from its certificate. Trust is another matter: whoever calls this has a validated
 * certificate, or only explains.
 */
public final class IdentityExtractor {

    private IdentityExtractor() {}

    /**
     * The identity that {@code certificate} speaks of. Who issued it is not known, so its share goes by the
     * issuer's name.
     *
     * @throws CertificateException if its names are malformed: half an identity is none
     */
    public static ClientIdentity.Certified identify(X509Certificate certificate) throws CertificateException {
        X500Principal issuer = certificate.getIssuerX500Principal();
        return identify(certificate, List.of(certificate), issuer, issuer.getEncoded());
    }

    /**
     * The same, with what vouches for it. The issuer has the name that its own certificate gives: paths are built
     * without regard to case and spaces (RFC 5280 §7.1), and what is allowed to an issuer does not depend on how it
     * writes its name in what it signs.
     *
     * @param path the certificate, then its issuers up to the trust anchor, which may be the certificate itself
     */
    static ClientIdentity.Certified identify(List<X509Certificate> path) throws CertificateException {
        X509Certificate issuer = path.get(Math.min(1, path.size() - 1));
        return identify(
                path.get(0),
                path.subList(0, path.size() - 1),
                issuer.getSubjectX500Principal(),
                issuer.getPublicKey().getEncoded());
    }

    private static ClientIdentity.Certified identify(
            X509Certificate certificate, List<X509Certificate> chain, X500Principal issuer, byte[] issuerKey)
            throws CertificateException {
        DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
        checkCommonNames(certificate);
        return new ClientIdentity.Certified(
                subject.toString(),
                subject.commonName(),
                AlternativeNames.of(certificate),
                certificate.getSerialNumber().toString(16),
                Certificates.name(issuer),
                sha256(certificate.getEncoded()),
                sha256(certificate.getPublicKey().getEncoded()),
                certificate.getNotAfter().toInstant(),
                encoded(chain),
                // by its text, which no two names have: a renewal may come in another of ASN.1's kinds of string
                ClientKey.certified(
                        issuerKey,
                        Certificates.subject(certificate).getBytes(StandardCharsets.UTF_8),
                        AlternativeNames.encoded(certificate)),
                SignedForm.twin(certificate).map(IdentityExtractor::sha256).orElse(null));
    }

    private static List<String> encoded(List<X509Certificate> chain) throws CertificateEncodingException {
        List<String> encoded = new ArrayList<>(chain.size());
        for (X509Certificate certificate : chain) {
            encoded.add(Base64.getEncoder().encodeToString(certificate.getEncoded()));
        }
        return encoded;
    }

    /** Policies compare them: none may have control characters, or be no text. */
    private static void checkCommonNames(X509Certificate certificate) throws RefusedCertificateException {
        X500Name name =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (RDN rdn : name.getRDNs(BCStyle.CN)) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.CN) && !isText(attribute)) {
                    throw new RefusedCertificateException(
                            INVALID_CERTIFICATE,
                            Certificates.subject(certificate)
                                    + ": malformed common name (expected: text without control characters)");
                }
            }
        }
    }

    private static boolean isText(AttributeTypeAndValue attribute) {
        try {
            return attribute.getValue() instanceof ASN1String value
                    && value.getString().chars().noneMatch(Character::isISOControl);
        } catch (IllegalArgumentException e) {
            return false; // a UTF8String of other octets
        }
    }

    private static String sha256(byte[] der) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is in every JDK", e);
        }
    }
}
