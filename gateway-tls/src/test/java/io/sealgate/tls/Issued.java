package io.sealgate.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/**
 * A certificate of the tests, with its key.
 *
 * @param chain the certificate, then its issuers without the root
 */
record Issued(PrivateKey key, List<X509Certificate> chain) {

    X509Certificate certificate() {
        return chain.get(0);
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    /** The chain and the root that it leads to. */
    List<X509Certificate> path(Issued root) {
        List<X509Certificate> path = new ArrayList<>(chain);
        path.add(root.certificate());
        return path;
    }

    /** Writes {@code name.crt} and {@code name.key} and names them. */
    CertificateConfig write(Path directory, String name) {
        return CertificateConfig.ofPem(
                pem(directory.resolve(name + ".crt"), chain.toArray()), pem(directory.resolve(name + ".key"), key));
    }

    /** Writes objects as PEM. */
    static Path pem(Path file, Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
            writer.flush();
            return Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
