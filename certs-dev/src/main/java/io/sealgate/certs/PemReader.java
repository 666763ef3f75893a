package io.sealgate.certs;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads back what {@link Pem} wrote. */
final class PemReader {
    private PemReader() {}

    /** At least one certificate, in the order of the file. */
    static List<X509Certificate> certificates(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new CertsException("certificate: " + file + " is empty (expected: PEM or DER)");
            }
            return certificates;
        } catch (IOException | CertificateException e) {
            throw new CertsException("certificate: " + file + ": " + e + " (expected: a readable PEM or DER file)", e);
        }
    }

    static PrivateKey privateKey(Path file) {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            if (parser.readObject() instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
            throw new CertsException("key: " + file + " (expected: an unencrypted PKCS#8 PEM file)");
        } catch (IOException e) {
            // Without the parser's message, which could quote the file.
            throw new CertsException("key: " + file + ": " + e.getClass().getSimpleName()
                    + " (expected: a readable, unencrypted PKCS#8 PEM file)");
        }
    }
}
