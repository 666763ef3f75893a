package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Warns of certificates in configured files that will not be valid for long, or are not made for their use. Files that
 * cannot be read are for the checks.
 */
final class ExpiryWarnings {

    private final Problems warnings;
    private final Instant now;

    ExpiryWarnings(Problems warnings, Instant now) {
        this.warnings = warnings;
        this.now = now;
    }

    void certificate(CertificateConfig config, CertificateInUse.Use use, String path) {
        String where = path + (config.store() == null ? ".chain" : ".store");
        KeyMaterialLoader.load(config, new Problems(), path).ifPresent(material -> {
            all(material.chain(), where);
            use.flaw(material.certificate())
                    .ifPresent(flaw -> warnings.add(
                            where, "certificate: " + Certificates.subject(material.certificate()) + ": " + flaw));
        });
    }

    void bundle(List<Path> files, String path) {
        for (int i = 0; i < files.size(); i++) {
            try {
                all(PemCertificates.read(files.get(i)), path + "[" + i + "]");
            } catch (TlsMaterialException e) {
                // reported as a problem
            }
        }
    }

    private void all(List<X509Certificate> certificates, String path) {
        for (X509Certificate certificate : certificates) {
            Instant end = certificate.getNotAfter().toInstant();
            Instant begin = certificate.getNotBefore().toInstant();
            String name = "certificate: " + Certificates.subject(certificate);
            switch (Validity.of(certificate, now)) {
                case GOOD -> {}
                case NOT_YET -> warnings.add(path, name + ", valid from " + begin + " (expected: valid now)");
                case ENDED, ENDS_SOON ->
                    warnings.add(
                            path,
                            name + ", valid until " + end + " (expected: " + Validity.soonText(certificate)
                                    + " or more from now)");
            }
        }
    }
}
