package io.sealgate.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLCredential;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * A key with its certificate inside BoringSSL, an {@code SSL_CREDENTIAL}. BoringSSL counts its users: a connection that
 * was offered it keeps it until the connection ends, whatever becomes of this object. Not thread-safe as to {@link
 * #free}.
 *
 * <p>Netty's {@code OpenSslCredential} is the same thing, but can only be added before a handshake begins, when nobody
 * knows yet what the client will ask for.
 */
final class NativeCredential {

    /**
     * BoringSSL's schemes in its order (RFC 8446 §4.2.3), without the two with SHA-1, which it would use for a client
     * that offers no others.
     */
    private static final int[] SIGNATURE_SCHEMES = {
        0x0403, 0x0804, 0x0401, // ECDSA with P-256, RSA-PSS and RSA, with SHA-256
        0x0503, 0x0805, 0x0501, // P-384, SHA-384
        0x0603, 0x0806, 0x0601 // P-521, SHA-512
    };

    private final long address;

    private NativeCredential(long address) {
        this.address = address;
    }

    /** Copies {@code material} into native memory, which the caller has to {@link #free}. */
    static NativeCredential of(KeyMaterial material) throws TlsMaterialException {
        OpenSsl.ensureAvailability();
        long credential = 0;
        try {
            SSL.clearError(); // an error left on this thread would be taken for one of the chain's
            credential = SSLCredential.newX509();
            setKey(credential, material);
            setChain(credential, material.chain());
            SSLCredential.setSigningAlgorithmPrefs(credential, SIGNATURE_SCHEMES);
            NativeCredential made = new NativeCredential(credential);
            credential = 0;
            return made;
        } catch (Exception e) {
            // No cause: nothing that a parser has to say about a key is worth the risk of quoting it.
            throw new TlsMaterialException("certificate: " + Certificates.subject(material.certificate())
                    + ", refused by BoringSSL (expected: a key that it reads,"
                    + " and a certificate that may sign with it)");
        } finally {
            SSL.clearError();
            free(credential);
        }
    }

    /**
     * Whether BoringSSL can read the key of a certificate, which is the first thing that it does with a client's.
     *
     * @throws SSLException with BoringSSL's error if it cannot
     */
    static void checkReadable(X509Certificate certificate) throws SSLException {
        OpenSsl.ensureAvailability();
        long credential = 0;
        try {
            SSL.clearError();
            credential = SSLCredential.newX509();
            setChain(credential, List.of(certificate));
        } catch (Exception e) {
            throw new SSLException(e.getMessage(), e);
        } finally {
            SSL.clearError();
            free(credential);
        }
    }

    private static void setKey(long credential, KeyMaterial material) throws Exception {
        byte[] der = material.key().getEncoded();
        byte[] pem = pem("PRIVATE KEY", List.of(der));
        long bio = bio(pem);
        Arrays.fill(der, (byte) 0);
        Arrays.fill(pem, (byte) 0);
        long key = 0;
        try {
            key = SSL.parsePrivateKey(bio, null);
            SSLCredential.setPrivateKey(credential, key);
        } finally {
            SSL.freeBIO(bio);
            if (key != 0) {
                SSL.freePrivateKey(key);
            }
        }
    }

    private static void setChain(long credential, List<X509Certificate> certificates) throws Exception {
        long bio = bio(pem("CERTIFICATE", encoded(certificates)));
        long chain = 0;
        try {
            chain = SSL.parseX509Chain(bio);
            SSLCredential.setCertChain(credential, chain);
        } finally {
            SSL.freeBIO(bio);
            if (chain != 0) {
                SSL.freeX509Chain(chain);
            }
        }
    }

    private static List<byte[]> encoded(List<X509Certificate> certificates) throws CertificateEncodingException {
        byte[][] encoded = new byte[certificates.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = certificates.get(i).getEncoded();
        }
        return List.of(encoded);
    }

    /** Not by way of strings: they cannot be wiped. */
    private static byte[] pem(String type, List<byte[]> objects) {
        Wiped pem = new Wiped();
        for (byte[] object : objects) {
            byte[] body = Base64.getMimeEncoder().encode(object);
            pem.writeBytes(("-----BEGIN " + type + "-----\n").getBytes(StandardCharsets.US_ASCII));
            pem.writeBytes(body);
            pem.writeBytes(("\n-----END " + type + "-----\n").getBytes(StandardCharsets.US_ASCII));
            Arrays.fill(body, (byte) 0);
        }
        return pem.take();
    }

    /** Returns a memory BIO that the caller has to free, with {@code certificate} in PEM. */
    static long bio(X509Certificate certificate) throws Exception {
        return bio(pem("CERTIFICATE", encoded(List.of(certificate))));
    }

    /** Returns a memory BIO that the caller has to free, with a copy of {@code bytes}. */
    private static long bio(byte[] bytes) throws Exception {
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        long bio = SSL.newMemBIO();
        int written = SSL.bioWrite(bio, Buffer.address(direct), bytes.length);
        direct.clear().put(new byte[bytes.length]);
        if (written != bytes.length) {
            SSL.freeBIO(bio);
            throw new IllegalStateException("BIO: " + written + " bytes taken (expected: " + bytes.length + ")");
        }
        return bio;
    }

    /**
     * Offers it on a connection, after those that were offered before: BoringSSL takes the first that the client can
     * use.
     *
     * @param ssl a native connection whose ClientHello is being answered
     */
    void offer(long ssl) {
        try {
            SSL.addCredential(ssl, address);
        } catch (Exception e) {
            throw new IllegalStateException("credential: refused by BoringSSL (expected: taken)", e);
        }
    }

    /** Gives up this object's share in it. To be called once, and nothing after it. */
    void free() {
        free(address);
    }

    private static void free(long credential) {
        if (credential != 0) {
            try {
                SSLCredential.free(credential);
            } catch (Exception e) {
                throw new IllegalStateException("credential: not released by BoringSSL (expected: released)", e);
            }
        }
    }

    /** Leaves nothing of what was written to it behind. */
    private static final class Wiped extends ByteArrayOutputStream {

        Wiped() {
            super(1 << 16); // growing would leave a copy behind
        }

        byte[] take() {
            byte[] bytes = toByteArray();
            Arrays.fill(buf, (byte) 0);
            return bytes;
        }
    }
}
