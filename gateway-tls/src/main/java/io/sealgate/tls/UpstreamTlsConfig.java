package io.sealgate.tls;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards one origin.
 *
 * @param trust       which CAs may vouch for the origin
 * @param certificate what the gateway presents, if the origin asks
 */
public record UpstreamTlsConfig(Trust trust, @Nullable CertificateConfig certificate) {

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
    public sealed interface Trust {

        /** Reads {@code system}, or anything else as the path of a PEM bundle, which {@code resolve} turns into a file. */
        static Trust parse(String text, Function<String, Path> resolve) {
            return text.equals("system") ? new SystemTrust() : new BundleTrust(resolve.apply(text));
        }
    }

    /** The CAs that come with the JDK. */
    public record SystemTrust() implements Trust {}

    /**
     * The CAs in one file and no others.
     *
     * @param file PEM; every certificate in it is trusted as it stands
     */
    public record BundleTrust(Path file) implements Trust {

        void check(Problems problems, String path) {
            try {
                PemCertificates.read(file);
            } catch (TlsMaterialException e) {
                problems.add(path, e.problem());
            }
        }
    }
}
