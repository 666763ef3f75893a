package io.sealgate.certs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The key store formats, each with one fixed choice of encryption. */
public enum KeyStoreFormat {
    /** PKCS#12 that everything opens, iOS of any version included: triple DES and HMAC-SHA1. */
    PKCS12("p12"),
    /** PKCS#12 for readers of this decade: AES-256 and HMAC-SHA256. */
    PKCS12_AES256("p12"),
    /** Bouncy Castle's own, the format Android's SDK takes. */
    BKS("bks"),
    /** The JDK's old own. */
    JKS("jks");

    private final String extension;

    KeyStoreFormat(String extension) {
        this.extension = extension;
    }

    /** What file names of this format end in, without the dot. */
    public String extension() {
        return extension;
    }

    byte[] encode(IssuedCertificate issued, String alias, char[] password) {
        PasswordEncryption.requirePassword(password);
        try {
            return switch (this) {
                case PKCS12 -> Pkcs12Encoder.encode(issued, alias, password, PasswordEncryption.TRIPLE_DES);
                case PKCS12_AES256 -> Pkcs12Encoder.encode(issued, alias, password, PasswordEncryption.PBES2_AES256);
                case BKS -> store(KeyStore.getInstance("BKS", new BouncyCastleProvider()), issued, alias, password);
                case JKS -> store(KeyStore.getInstance("JKS"), issued, alias, password);
            };
        } catch (GeneralSecurityException | IOException e) {
            throw new CertsException("key store: " + this + " (expected: a format this JDK can write)", e);
        }
    }

    private static byte[] store(KeyStore store, IssuedCertificate issued, String alias, char[] password)
            throws GeneralSecurityException, IOException {
        store.load(null, null);
        store.setKeyEntry(alias, issued.privateKey(), password, issued.chain().toArray(Certificate[]::new));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        return bytes.toByteArray();
    }
}
