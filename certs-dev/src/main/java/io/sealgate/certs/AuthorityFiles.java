package io.sealgate.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which file of an authority's directory holds what, and how the authority itself gets in and out of them. */
record AuthorityFiles(Path directory) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Set<String> RESERVED = Set.of("ca", "ca-chain");

    Path certificate() {
        return directory.resolve("ca.pem");
    }

    Path key() {
        return directory.resolve("ca.key");
    }

    /** An intermediate's issuers up to the root; a root has no such file. */
    Path issuers() {
        return directory.resolve("ca-chain.pem");
    }

    Path ledger() {
        return directory.resolve("ca.index");
    }

    Path lock() {
        return directory.resolve("ca.lock");
    }

    Path crl() {
        return directory.resolve("ca.crl");
    }

    Path crlDer() {
        return directory.resolve("ca.crl.der");
    }

    /** The file of an issued certificate. The name may not lead out of the directory, nor onto the authority's own. */
    Path issued(String name, String extension) {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new CertsException("name: " + name
                    + " (expected: letters, digits, dots, dashes and underscores, and neither ca nor ca-chain)");
        }
        return directory.resolve(name + "." + extension);
    }

    void createDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new CertsException("directory: " + directory + ": " + e + " (expected: a writable parent)", e);
        }
    }

    void save(CertificateAuthority authority, WriteMode mode) {
        List.of(key(), certificate(), issuers(), ledger()).forEach(file -> AtomicFile.requireWritable(file, mode));
        IssuedCertificate own = new IssuedCertificate(authority.privateKey(), List.of(authority.certificate()));
        own.writeKey(key(), mode);
        own.writeChain(certificate(), mode);
        saveIssuers(authority.path().subList(1, authority.path().size()), mode);
        LedgerFile.write(ledger(), Ledger.EMPTY);
    }

    private void saveIssuers(List<X509Certificate> issuers, WriteMode mode) {
        if (!issuers.isEmpty()) {
            AtomicFile.writePublic(issuers(), Pem.certificates(issuers).getBytes(StandardCharsets.US_ASCII), mode);
            return;
        }
        try {
            Files.deleteIfExists(issuers());
        } catch (IOException e) {
            throw new CertsException("file: " + issuers() + ": " + e + " (expected: one that can be replaced)", e);
        }
    }

    CertificateAuthority load(InstantSource clock) {
        List<X509Certificate> path = new ArrayList<>(PemReader.certificates(certificate()));
        if (Files.exists(issuers())) {
            path.addAll(PemReader.certificates(issuers()));
        }
        PrivateKey key = PemReader.privateKey(key());
        requirePair(key, path.get(0));
        return CertificateAuthority.restore(key, path, clock);
    }

    /** A key that is not the certificate's would sign what nobody can verify. */
    private void requirePair(PrivateKey key, X509Certificate certificate) {
        byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance(KeyAlgorithm.signatureOf(key));
            signer.initSign(key);
            signer.update(probe);
            Signature verifier = Signature.getInstance(signer.getAlgorithm());
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(probe);
            if (verifier.verify(signer.sign())) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new CertsException("key: " + key() + " (expected: the key of " + certificate() + ")", e);
        }
        throw new CertsException("key: " + key() + " (expected: the key of " + certificate() + ")");
    }

    void saveCrl(X509CRL crl) {
        AtomicFile.writePublic(crl(), Pem.crl(crl).getBytes(StandardCharsets.US_ASCII), WriteMode.REPLACE);
        try {
            AtomicFile.writePublic(crlDer(), crl.getEncoded(), WriteMode.REPLACE);
        } catch (CRLException e) {
            throw new CertsException("CRL: no encoding (expected: one that can be encoded)", e);
        }
    }
}
