package io.sealgate.tls;

import io.sealgate.core.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** The one key entry of a key store file. */
final class StoreFile {

    private StoreFile() {}

    /** Key and chain of {@code file}, store and entry under the same password. */
    static KeyMaterial read(Path file, @Nullable Secret password) throws TlsMaterialException {
        byte[] bytes = MaterialFile.read(file);
        if (password == null) {
            throw new TlsMaterialException("password: none for " + file + " (expected: the store's password)");
        }
        StoreFormat format = StoreFormat.of(bytes)
                .orElseThrow(() -> new TlsMaterialException("store: " + file + " (expected: PKCS#12, JKS or BKS)"));
        try {
            char[] secret = password.reveal().toCharArray();
            KeyStore store = format.open();
            store.load(new ByteArrayInputStream(bytes), secret);
            return entry(file, store, secret);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // No cause: a parser may quote what it could not read.
            throw new TlsMaterialException(
                    "store: " + file + " (expected: an intact " + format + " store and its password)");
        }
    }

    private static KeyMaterial entry(Path file, KeyStore store, char[] password)
            throws GeneralSecurityException, IOException, TlsMaterialException {
        List<String> aliases = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                aliases.add(alias);
            }
        }
        if (aliases.size() != 1) {
            throw new TlsMaterialException(
                    "key entries: " + aliases.size() + " in " + file + " (expected: exactly one)");
        }
        String alias = aliases.get(0);
        Key key = store.getKey(alias, password);
        Certificate[] chain = store.getCertificateChain(alias);
        if (!(key instanceof PrivateKey) || chain == null) {
            throw new TlsMaterialException(
                    "key entry: " + alias + " in " + file + " (expected: a private key with its certificate chain)");
        }
        // Through its encoding: the JDK cannot use the key objects of a foreign provider everywhere.
        return new KeyMaterial(PemPrivateKey.ofInfo(PrivateKeyInfo.getInstance(key.getEncoded())), ofX509(chain));
    }

    private static List<X509Certificate> ofX509(Certificate[] chain) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            certificates.add(Certificates.parse(certificate.getEncoded()));
        }
        return certificates;
    }
}
