package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.WEAK_ALGORITHM;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.Validity;

/**
 * What RFC 5280 §4.1 says of a certificate's form and the JDK's parser is lax about. An origin may read the same
 * certificate with another parser: what that would refuse, or read in another way, must not be an identity here.
 */
final class CertificateForm {

    private static final int MOST_SERIAL_OCTETS = 20;
    private static final int TAG_AND_LENGTH = 2;
    private static final Pattern UTC_TIME = Pattern.compile("\\d{12}Z");
    private static final Pattern GENERALIZED_TIME = Pattern.compile("(20[5-9]\\d|2[1-9]\\d\\d|[3-9]\\d{3})\\d{10}Z");

    private CertificateForm() {}

    /** The certificate of exactly these bytes. */
    static X509Certificate parse(byte[] der) throws RefusedCertificateException {
        try {
            X509Certificate certificate = Certificates.parse(der);
            checkLength(certificate, der);
            checkUnsigned(certificate, der);
            checkSerial(certificate);
            checkKeySize(certificate);
            Validity validity = Certificate.getInstance(der).getTBSCertificate().getValidity();
            checkTime(certificate, validity.getNotBefore());
            checkTime(certificate, validity.getNotAfter());
            return certificate;
        } catch (RefusedCertificateException e) {
            throw e;
        } catch (CertificateException | IOException | RuntimeException e) {
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE, "certificate: malformed (expected: X.509, RFC 5280)", e);
        }
    }

    private static void checkLength(X509Certificate certificate, byte[] der)
            throws RefusedCertificateException, CertificateEncodingException {
        if (certificate.getEncoded().length != der.length) {
            throw refusal(certificate, "bytes behind it (expected: none)");
        }
    }

    /** What is not signed has one form, or a certificate would have any number of fingerprints. */
    private static void checkUnsigned(X509Certificate certificate, byte[] der)
            throws RefusedCertificateException, CertificateEncodingException, IOException {
        if (!SignedForm.isOf(certificate, der)) {
            throw refusal(
                    certificate,
                    "algorithm or signature in another form than its own (expected: DER, RFC 5280 §4.1.1.2)");
        }
    }

    private static void checkSerial(X509Certificate certificate) throws RefusedCertificateException {
        int octets = certificate.getSerialNumber().toByteArray().length;
        if (certificate.getSerialNumber().signum() <= 0 || octets > MOST_SERIAL_OCTETS) {
            throw refusal(
                    certificate,
                    "serial number of " + octets + " octets, or not positive (expected: RFC 5280 §4.1.2.2)");
        }
    }

    /** Before anybody verifies with it: whether one CA signed another is found out while looking for a path. */
    private static void checkKeySize(X509Certificate certificate) throws RefusedCertificateException {
        if (certificate.getPublicKey() instanceof RSAKey rsa
                && rsa.getModulus().bitLength() > AlgorithmStrength.MOST_RSA) {
            throw new RefusedCertificateException(
                    WEAK_ALGORITHM,
                    Certificates.subject(certificate) + ": RSA key of "
                            + rsa.getModulus().bitLength() + " bits (expected: at most " + AlgorithmStrength.MOST_RSA
                            + ")");
        }
    }

    /** One form for each moment (RFC 5280 §4.1.2.5), without offsets and fractions. */
    private static void checkTime(X509Certificate certificate, Time time)
            throws RefusedCertificateException, IOException {
        ASN1Primitive primitive = time.toASN1Primitive();
        String text = content(primitive);
        Pattern form = primitive instanceof ASN1GeneralizedTime ? GENERALIZED_TIME : UTC_TIME;
        if (!form.matcher(text).matches()) {
            throw refusal(certificate, "date " + text + " (expected: RFC 5280 §4.1.2.5)");
        }
    }

    /** As it is written, which Bouncy Castle's own accessors complete. */
    private static String content(ASN1Primitive time) throws IOException {
        byte[] encoded = time.getEncoded();
        return new String(encoded, TAG_AND_LENGTH, encoded.length - TAG_AND_LENGTH, StandardCharsets.US_ASCII);
    }

    private static RefusedCertificateException refusal(X509Certificate certificate, String message) {
        return new RefusedCertificateException(INVALID_CERTIFICATE, Certificates.subject(certificate) + ": " + message);
    }
}
