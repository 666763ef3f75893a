package io.sealgate.certs;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.jcajce.JcaPKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * A way to encrypt under a password, and the MAC that goes with it in PKCS#12 (RFC 7292).
 *
 * @param iterations of the key derivation, for the cipher and for the MAC
 */
record PasswordEncryption(ASN1ObjectIdentifier cipher, ASN1ObjectIdentifier macDigest, int iterations) {
    /** The one every PKCS#12 reader has always known, old iOS and Android included. Not strong. */
    static final PasswordEncryption TRIPLE_DES = new PasswordEncryption(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, X509ObjectIdentifiers.id_SHA1, 10_000);
    /** PBES2 (RFC 8018): PBKDF2 with HMAC-SHA256, AES-256-CBC. */
    static final PasswordEncryption PBES2_AES256 =
            new PasswordEncryption(NISTObjectIdentifiers.id_aes256_CBC, NISTObjectIdentifiers.id_sha256, 100_000);

    private static final AlgorithmIdentifier HMAC_SHA256 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

    PKCS8EncryptedPrivateKeyInfo encryptKey(PrivateKey key, char[] password) {
        return new JcaPKCS8EncryptedPrivateKeyInfoBuilder(key).build(encryptor(password));
    }

    OutputEncryptor encryptor(char[] password) {
        requirePassword(password);
        // An instance of our own: the JVM-wide provider list is not ours to change.
        Provider provider = new BouncyCastleProvider();
        try {
            return new JcePKCSPBEOutputEncryptorBuilder(cipher)
                    .setProvider(provider)
                    .setRandom(new SecureRandom())
                    .setPRF(HMAC_SHA256)
                    .setIterationCount(iterations)
                    .build(password);
        } catch (OperatorCreationException e) {
            throw new CertsException("cipher: " + cipher + " (expected: one that Bouncy Castle provides)", e);
        }
    }

    PKCS12MacCalculatorBuilder mac() {
        return new JcePKCS12MacCalculatorBuilder(macDigest)
                .setProvider(new BouncyCastleProvider())
                .setIterationCount(iterations);
    }

    /** Beyond ASCII, readers disagree on how a password becomes bytes, and the JDK takes none at all for PBES2. */
    static void requirePassword(char[] password) {
        if (password.length == 0) {
            throw new CertsException("password: empty (expected: at least one character)");
        }
        for (char character : password) {
            if (character < ' ' || character > '~') {
                throw new CertsException("password: has an unusable character (expected: printable ASCII)");
            }
        }
    }
}
