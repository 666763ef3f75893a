package io.sealgate.app.config;

import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A directory with everything that a good configuration names, and that configuration. */
public final class ConfigFixture {

    private static final String GOOD = """
            version: 1
            listeners:
              - name: edge
                bind: 127.0.0.1:0
                tls:
                  certificates:
                    - {chain: server.pem, key: server.key}
                  trust: {bundle: [ca.pem]}
            origins:
              - name: cos
                bucket: examplebucket-1250000000
                region: ap-guangzhou
                auth: sign
                credentials: {type: static, secret-id: env:COS_SECRET_ID, secret-key: file:cos-key}
            routes:
              - name: telemetry
                origin: cos
                operations: [read, write]
            management: {bind: "127.0.0.1:0"}
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of("COS_SECRET_ID", "AKIDexample");

    private final Path directory;
    private final AuthorityDirectory authority;

    private ConfigFixture(Path directory, AuthorityDirectory authority) {
        this.directory = directory;
        this.authority = authority;
    }

    /** Makes certificates and keys in {@code directory}. */
    public static ConfigFixture in(Path directory) throws IOException {
        AuthorityDirectory authority = AuthorityDirectory.init(
                directory, CertificateSpec.authority("Test CA"), InstantSource.system(), WriteMode.CREATE);
        authority.issueServer("server", SubjectAltName.forDevelopment("ap-guangzhou"));
        authority.issueServer("other", SubjectAltName.forDevelopment("ap-guangzhou"));
        Files.writeString(directory.resolve("cos-key"), "topsecretvalue\n");
        return new ConfigFixture(directory, authority);
    }

    /** The smallest good configuration. */
    public static String good() {
        return GOOD;
    }

    /** The good configuration with one passage replaced, which must be there. */
    public static String with(String passage, String replacement) {
        if (!GOOD.contains(passage)) {
            throw new IllegalArgumentException("passage: " + passage + " (expected: in the good configuration)");
        }
        return GOOD.replace(passage, replacement);
    }

    /** The CA that the configuration trusts. */
    public CertificateAuthority authority() {
        return authority.authority();
    }

    /** Writes a configuration file. */
    public Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("sealgate.yaml"), text);
    }

    ConfigLoader.Loaded load(String text) throws ConfigException {
        return new ConfigLoader(ENVIRONMENT::get).load(new ConfigSource("c.yaml", directory, text));
    }

    /** What is wrong with {@code text}; empty if nothing is. */
    List<String> problems(String text) {
        try {
            load(text);
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
