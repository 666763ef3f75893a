package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Warns of certificates in configured files that will not be valid for long. Files that cannot be read are for the checks. */
final class ExpiryWarnings {

    private static final Duration SOON = Duration.ofDays(30);

    private final Problems warnings;
    private final Instant limit;

    ExpiryWarnings(Problems warnings, Instant now) {
        this.warnings = warnings;
        this.limit = now.plus(SOON);
    }

    void certificate(CertificateConfig config, String path) {
        KeyMaterialLoader.load(config, new Problems(), path)
                .ifPresent(material -> all(material.chain(), path + (config.store() == null ? ".chain" : ".store")));
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
            if (end.isBefore(limit)) {
                warnings.add(
                        path,
                        "certificate: " + Certificates.subject(certificate) + ", valid until " + end + " (expected: "
                                + SOON.toDays() + " days or more from now)");
            }
        }
    }
}
