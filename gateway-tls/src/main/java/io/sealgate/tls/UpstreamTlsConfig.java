package io.sealgate.tls;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards one origin.
 *
 * @param trust       which CAs may vouch for the origin
 * @param certificate what the gateway presents, if the origin asks
 */
public record UpstreamTlsConfig(Trust trust, @Nullable CertificateConfig certificate) {

    private static final String EMPTY =
            "trust: empty (expected: system, or at least one PEM file with CA certificates)";

    public UpstreamTlsConfig {
        trust = requireNonNullElse(trust, new SystemTrust());
    }

    /** The JDK's CAs, no client certificate. */
    public static UpstreamTlsConfig defaults() {
        return new UpstreamTlsConfig(new SystemTrust(), null);
    }

    /** Reports everything that keeps the files from being used. */
    public void check(Problems problems, String path) {
        if (trust instanceof BundleTrust bundle) {
            bundle.check(problems, path + ".trust");
        }
        if (certificate != null) {
            certificate.check(problems, path + ".certificate");
        }
    }

    /** Which CAs may vouch for an origin. */
    public sealed interface Trust {}

    /** The CAs that come with the JDK. */
    public record SystemTrust() implements Trust {}

    /**
     * The CAs in these files and no others.
     *
     * @param files PEM; every certificate in them is trusted as it stands
     */
    public record BundleTrust(List<Path> files) implements Trust {

        public BundleTrust {
            files = List.copyOf(files);
        }

        void check(Problems problems, String path) {
            if (files.isEmpty()) {
                problems.add(path, EMPTY);
            }
            for (int i = 0; i < files.size(); i++) {
                try {
                    PemCertificates.read(files.get(i));
                } catch (TlsMaterialException e) {
                    problems.add(path + "[" + i + "]", e.problem());
                }
            }
        }

        /** All certificates of all files, at least one: none at all would mean the system's CAs to the TLS library. */
        X509Certificate[] certificates() throws TlsMaterialException {
            List<X509Certificate> certificates = new ArrayList<>();
            for (Path file : files) {
                certificates.addAll(PemCertificates.read(file));
            }
            if (certificates.isEmpty()) {
                throw new TlsMaterialException(EMPTY);
            }
            return certificates.toArray(X509Certificate[]::new);
        }
    }
}
