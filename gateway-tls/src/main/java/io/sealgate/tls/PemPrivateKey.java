package io.sealgate.tls;

import io.sealgate.core.model.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * The private key of a PEM file: PKCS#8, PKCS#1 or SEC1, plain or encrypted. No exception carries a cause from the
 * parser, which might quote what it could not read.
 */
final class PemPrivateKey {

    private final Path file;
    private final @Nullable Secret password;

    private PemPrivateKey(Path file, @Nullable Secret password) {
        this.file = file;
        this.password = password;
    }

    /** The only private key of {@code file}. */
    static PrivateKey read(Path file, @Nullable Secret password) throws TlsMaterialException {
        return new PemPrivateKey(file, password).read();
    }

    /** A key of the JDK's own providers, whoever encoded it. */
    static PrivateKey ofInfo(PrivateKeyInfo info) throws PEMException {
        return new JcaPEMKeyConverter().getPrivateKey(info);
    }

    private PrivateKey read() throws TlsMaterialException {
        String text = MaterialFile.readPem(file);
        PrivateKeyInfo only = null;
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                PrivateKeyInfo info = keyIn(object);
                if (info != null && only != null) {
                    throw new TlsMaterialException("private keys: several in " + file + " (expected: one)");
                }
                only = info == null ? only : info;
            }
            if (only == null) {
                throw new TlsMaterialException("private key: none in " + file + " (expected: a PEM private key)");
            }
            return ofInfo(only);
        } catch (IOException | RuntimeException e) {
            throw new TlsMaterialException(
                    "private key: unreadable in " + file + " (expected: PEM with PKCS#8, PKCS#1 or SEC1, RSA or EC)");
        }
    }

    /** Null for what is not a key: certificates, {@code EC PARAMETERS}. */
    private @Nullable PrivateKeyInfo keyIn(Object object) throws TlsMaterialException {
        if (object instanceof PrivateKeyInfo info) {
            return info;
        }
        if (object instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (object instanceof PKCS8EncryptedPrivateKeyInfo || object instanceof PEMEncryptedKeyPair) {
            return decrypt(object, requirePassword().reveal().toCharArray());
        }
        return null;
    }

    private Secret requirePassword() throws TlsMaterialException {
        if (password == null) {
            throw new TlsMaterialException(
                    "password: none for the encrypted key in " + file + " (expected: its password)");
        }
        return password;
    }

    private PrivateKeyInfo decrypt(Object encrypted, char[] password) throws TlsMaterialException {
        try {
            if (encrypted instanceof PEMEncryptedKeyPair pair) {
                return pair.decryptKeyPair(new BcPEMDecryptorProvider(password)).getPrivateKeyInfo();
            }
            // An instance of our own: the JVM-wide provider list is not ours to change.
            return ((PKCS8EncryptedPrivateKeyInfo) encrypted)
                    .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(password));
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
            throw new TlsMaterialException(
                    "password: wrong for the key in " + file + " (expected: the one it was encrypted with)");
        }
    }
}
