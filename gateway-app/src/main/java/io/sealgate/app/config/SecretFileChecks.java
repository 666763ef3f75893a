package io.sealgate.app.config;

import io.sealgate.tls.CertificateConfig;
import io.sealgate.tls.UpstreamTlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of private keys and other secrets that every user of the machine can read. Links are followed, and a file
 * counts only if every user can get to it: a directory that others may not enter protects what is in it.
 */
final class SecretFileChecks {

    private static final String FILE = "file:";

    /** The keys whose values are secrets; anywhere else a value that looks like a reference is just text. */
    private static final Set<String> SECRETS = Set.of("password", "secret-id", "secret-key", "token");

    private final Findings findings;

    SecretFileChecks(Findings findings) {
        this.findings = findings;
    }

    /** Looks at the keys of {@code config}. */
    void run(GatewayConfig config) {
        for (int i = 0; i < config.listeners().size(); i++) {
            if (config.listeners().get(i).tls() instanceof ListenerTls.Terminated terminated) {
                List<CertificateConfig> certificates = terminated.config().certificates();
                for (int j = 0; j < certificates.size(); j++) {
                    certificate(certificates.get(j), Paths.item(Paths.item("listeners", i) + ".tls.certificates", j));
                }
            }
        }
        for (int i = 0; i < config.origins().size(); i++) {
            UpstreamTlsConfig tls = config.origins().get(i).tls();
            if (tls != null && tls.certificate() != null) {
                certificate(tls.certificate(), Paths.item("origins", i) + ".tls.certificate");
            }
        }
    }

    /** Looks at what secrets in {@code tree} refer to: values that begin as only references to files do. */
    void run(YamlNode tree, Path baseDirectory) {
        references(tree, "", baseDirectory);
    }

    private void references(YamlNode node, String path, Path baseDirectory) {
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach((key, value) -> references(value, Paths.child(path, key), baseDirectory));
        } else if (node instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                references(sequence.items().get(i), Paths.item(path, i), baseDirectory);
            }
        } else if (node instanceof YamlNode.Scalar scalar
                && SECRETS.contains(path.substring(path.lastIndexOf('.') + 1))
                && scalar.text().startsWith(FILE)) {
            check(baseDirectory.resolve(scalar.text().substring(FILE.length())), path);
        }
    }

    private void certificate(CertificateConfig certificate, String path) {
        check(certificate.key(), path + ".key");
        check(certificate.store(), path + ".store");
    }

    /** Looks at a file that has a secret in it. */
    void check(@Nullable Path file, String path) {
        if (file == null) {
            return;
        }
        try {
            Path real = file.toRealPath();
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(real);
            if (permissions.contains(PosixFilePermission.OTHERS_READ) && isReachable(real)) {
                findings.warn(
                        path,
                        "file: " + file + " with " + PosixFilePermissions.toString(permissions)
                                + " (every user of this machine can read the secret in it)");
            }
        } catch (IOException | UnsupportedOperationException ignored) {
            // not there, which is a problem already, or no file system with such permissions
        }
    }

    private static boolean isReachable(Path real) throws IOException {
        for (Path directory = real.getParent(); directory != null; directory = directory.getParent()) {
            if (!Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }
}
