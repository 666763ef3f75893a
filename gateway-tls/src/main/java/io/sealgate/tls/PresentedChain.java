package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.NO_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.TOO_DEEP;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client presents, still as bytes: a chain that is known needs no more.
 *
 * @param certificates DER, the client's own first
 */
record PresentedChain(List<byte[]> certificates) {

    /** BoringSSL takes no longer message of certificates. */
    private static final int MAX_OCTETS = 100 * 1024;

    /** In front of each certificate and of all of them (RFC 5246 §7.4.2). */
    private static final int LENGTH_OCTETS = 3;

    /** Takes what Netty hands out, whose certificates are not parsed yet. */
    static PresentedChain of(X509Certificate[] presented, int maxDepth) throws RefusedCertificateException {
        // Leaf, intermediates, and the root that some clients send along. The bound also keeps a client from making us
        // search through a thicket of CAs that it grew for the purpose.
        int most = maxDepth + 2;
        if (presented.length > most) {
            throw new RefusedCertificateException(
                    TOO_DEEP, "certificates: " + presented.length + " (expected: at most " + most + ")");
        }
        if (presented.length == 0) {
            throw new RefusedCertificateException(NO_CERTIFICATE, "certificates: none (expected: at least one)");
        }
        List<byte[]> certificates = new ArrayList<>(presented.length);
        int octets = LENGTH_OCTETS;
        for (X509Certificate certificate : presented) {
            byte[] encoded = encoded(certificate);
            certificates.add(encoded);
            octets += LENGTH_OCTETS + encoded.length;
        }
        if (octets > MAX_OCTETS) {
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE,
                    "certificates: " + octets + " bytes (expected: at most " + MAX_OCTETS + " in a handshake)");
        }
        return new PresentedChain(certificates);
    }

    private static byte[] encoded(X509Certificate certificate) throws RefusedCertificateException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE, "certificate: without an encoding (expected: DER)", e);
        }
    }

    /** SHA-256 over all of it, so that no two chains have one key. */
    ByteBuffer digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] certificate : certificates) {
                digest.update(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(certificate.length)
                        .flip());
                digest.update(certificate);
            }
            return ByteBuffer.wrap(digest.digest()).asReadOnlyBuffer();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is in every JDK", e);
        }
    }

    /** Parses every certificate, and refuses the chain if one is not what RFC 5280 §4.1 asks for. */
    List<X509Certificate> parse() throws RefusedCertificateException {
        List<X509Certificate> parsed = new ArrayList<>(certificates.size());
        for (byte[] certificate : certificates) {
            parsed.add(CertificateForm.parse(certificate));
        }
        return parsed;
    }
}
