package io.sealgate.certs;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its private key, as bytes and files in the formats devices read. Never prints the key.
 *
 * <p>Files with a key in them are mode 0600 from their first byte; passwords are borrowed and left to the caller to wipe.
 *
 * @param chain the certificate itself, then its issuers, without the root: what a TLS peer presents
 */
public record IssuedCertificate(PrivateKey privateKey, List<X509Certificate> chain) {
    public IssuedCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new CertsException("chain: empty (expected: at least the certificate itself)");
        }
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    public BigInteger serial() {
        return certificate().getSerialNumber();
    }

    /** The chain as concatenated PEM. */
    public String chainPem() {
        return Pem.certificates(chain);
    }

    /** The key as unencrypted PKCS#8 PEM. */
    public String keyPem() {
        return Pem.privateKey(privateKey);
    }

    /** The key as encrypted PKCS#8 PEM: PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC. */
    public String encryptedKeyPem(char[] password) {
        return Pem.encryptedPrivateKey(privateKey, password);
    }

    /** Key and chain as one key store, the entry named {@code alias}, store and entry under the same password. */
    public byte[] keyStore(KeyStoreFormat format, String alias, char[] password) {
        return format.encode(this, alias, password);
    }

    public void writeChain(Path file, WriteMode mode) {
        AtomicFile.writePublic(file, chainPem().getBytes(StandardCharsets.US_ASCII), mode);
    }

    public void writeKey(Path file, WriteMode mode) {
        AtomicFile.writeSecret(file, keyPem().getBytes(StandardCharsets.US_ASCII), mode);
    }

    public void writeEncryptedKey(Path file, char[] password, WriteMode mode) {
        AtomicFile.writeSecret(file, encryptedKeyPem(password).getBytes(StandardCharsets.US_ASCII), mode);
    }

    public void writeKeyStore(Path file, KeyStoreFormat format, String alias, char[] password, WriteMode mode) {
        AtomicFile.writeSecret(file, keyStore(format, alias, password), mode);
    }

    @Override
    public String toString() {
        return "IssuedCertificate[" + DistinguishedNames.printable(certificate()) + ", serial "
                + SerialNumber.format(serial()) + "]";
    }
}
