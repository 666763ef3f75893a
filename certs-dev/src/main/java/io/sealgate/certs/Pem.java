package io.sealgate.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Writes the textual encodings of RFC 7468. */
public final class Pem {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    public static String certificate(X509Certificate certificate) {
        return certificates(List.of(certificate));
    }

    /** All of {@code certificates}, one block after the other. */
    public static String certificates(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate certificate : certificates) {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new CertsException("certificate: no encoding (expected: one that can be encoded)", e);
        }
        return text.toString();
    }

    public static String crl(X509CRL crl) {
        try {
            return block("X509 CRL", crl.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new CertsException("CRL: no encoding (expected: one that can be encoded)", e);
        }
    }

    static String privateKey(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String encryptedPrivateKey(PrivateKey key, char[] password) {
        try {
            return block(
                    "ENCRYPTED PRIVATE KEY",
                    PasswordEncryption.PBES2_AES256.encryptKey(key, password).getEncoded());
        } catch (IOException e) {
            throw new CertsException("private key: no encoding (expected: one that can be encoded)", e);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + BASE64.encodeToString(content) + "\n-----END " + label + "-----\n";
    }
}
