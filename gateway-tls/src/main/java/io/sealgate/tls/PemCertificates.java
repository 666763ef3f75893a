package io.sealgate.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** The certificates of a PEM file (RFC 7468); text between them and objects of other kinds are passed over. */
final class PemCertificates {

    private PemCertificates() {}

    /** All certificates of {@code file} in their order, at least one. */
    static List<X509Certificate> read(Path file) throws TlsMaterialException {
        List<X509Certificate> certificates = parse(file, MaterialFile.readPem(file));
        if (certificates.isEmpty()) {
            throw new TlsMaterialException("certificates: none in " + file + " (expected: PEM certificates)");
        }
        return certificates;
    }

    private static List<X509Certificate> parse(Path file, String text) throws TlsMaterialException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                if (object.getType().equals("CERTIFICATE")) {
                    certificates.add(Certificates.parse(object.getContent()));
                }
            }
        } catch (IOException | CertificateException | RuntimeException e) {
            // Bouncy Castle reports bad base64 unchecked. No cause: what it quotes may be the key of a combined file.
            throw new TlsMaterialException("certificate " + (certificates.size() + 1) + " in " + file
                    + ": malformed (expected: PEM certificates)");
        }
        return List.copyOf(certificates);
    }
}
