package io.sealgate.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSequenceGenerator;

/**
 * The bytes around what a CA has signed. The signature covers none of them, so whoever has a certificate could write
 * them in another way and have one with another fingerprint. One form is accepted: DER, with the algorithm as it is
 * within what is signed (RFC 5280 §4.1.1.2). That leaves one freedom: with (r, s) of ECDSA (r, n - s) verifies, too.
 */
final class SignedForm {

    /** Of ecdsa-with-SHA256 and its like (RFC 5758 §3.2). */
    private static final String ECDSA = "1.2.840.10045.4.";

    private static final String ED25519 = "1.3.101.112";
    private static final int ED25519_OCTETS = 64;
    private static final String ED448 = "1.3.101.113";
    private static final int ED448_OCTETS = 114;

    private SignedForm() {}

    /** Whether {@code der} is the accepted form of this certificate. */
    static boolean isOf(X509Certificate certificate, byte[] der) throws CertificateEncodingException, IOException {
        byte[] signature = certificate.getSignature();
        return Arrays.equals(der, write(certificate, signature)) && isWhole(certificate, signature);
    }

    /** The JDK reads a signature of EdDSA as far as it goes, and takes numbers with zeros in front. */
    private static boolean isWhole(X509Certificate certificate, byte[] signature) throws IOException {
        return switch (certificate.getSigAlgOID()) {
            case ED25519 -> signature.length == ED25519_OCTETS;
            case ED448 -> signature.length == ED448_OCTETS;
            default ->
                !isEcdsa(certificate)
                        || Arrays.equals(signature, Pair.of(signature).encoded());
        };
    }

    /** The same certificate with the other signature that verifies; nothing if there is none. */
    static Optional<byte[]> twin(X509Certificate certificate) throws CertificateEncodingException {
        if (!isEcdsa(certificate)) {
            return Optional.empty();
        }
        try {
            Pair pair = Pair.of(certificate.getSignature());
            BigInteger order = AlgorithmStrength.orderAbove(pair.r().max(pair.s()));
            return Optional.of(write(certificate, new Pair(pair.r(), order.subtract(pair.s())).encoded()));
        } catch (IOException | IllegalArgumentException e) {
            throw new CertificateEncodingException(
                    "signature: malformed (expected: ECDSA, RFC 5480 and its curves)", e);
        }
    }

    private static boolean isEcdsa(X509Certificate certificate) {
        return certificate.getSigAlgOID().startsWith(ECDSA);
    }

    private static byte[] write(X509Certificate certificate, byte[] signature)
            throws CertificateEncodingException, IOException {
        byte[] signed = certificate.getTBSCertificate();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DERSequenceGenerator fields = new DERSequenceGenerator(out);
        fields.getRawOutputStream().write(signed);
        fields.addObject(algorithm(ASN1Sequence.getInstance(signed)));
        fields.addObject(new DERBitString(signature));
        fields.close();
        return out.toByteArray();
    }

    /** The algorithm within what is signed: behind the version, which may be absent, and the serial number. */
    private static ASN1Encodable algorithm(ASN1Sequence signed) {
        return signed.getObjectAt(signed.getObjectAt(0) instanceof ASN1TaggedObject ? 2 : 1);
    }

    /** A signature by ECDSA (RFC 3279 §2.2.3). */
    private record Pair(BigInteger r, BigInteger s) {

        static Pair of(byte[] der) {
            ASN1Sequence numbers = ASN1Sequence.getInstance(der);
            return new Pair(number(numbers, 0), number(numbers, 1));
        }

        private static BigInteger number(ASN1Sequence numbers, int index) {
            return ASN1Integer.getInstance(numbers.getObjectAt(index)).getValue();
        }

        byte[] encoded() throws IOException {
            return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
        }
    }
}
