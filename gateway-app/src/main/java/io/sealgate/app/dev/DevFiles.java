package io.sealgate.app.dev;

import io.sealgate.app.OperatorException;
import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.WriteMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of a development set-up, all in one directory: a CA, a server and a client certificate, a COS key that only the
 * stand-in knows, and a configuration. What is there and still valid is used again.
 */
final class DevFiles {

    static final String AUTHORITY = "Sealgate development CA";
    static final String BUCKET = "examplebucket-1250000000";
    static final String REGION = "ap-guangzhou";
    static final String SECRET_ID = "AKIDdevelopmentonly";

    /** A certificate that ends while somebody works with it is a riddle: sooner than that it is replaced. */
    private static final Duration LEAST_LIFE = Duration.ofDays(1);

    private final Path directory;

    DevFiles(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Makes whatever is missing. */
    AuthorityDirectory prepare() throws OperatorException {
        try {
            Files.createDirectories(directory);
            AuthorityDirectory authority = authority();
            if (!isValid(file("server.pem"))) {
                authority.replacing().issueServer("server", SubjectAltName.forDevelopment(REGION));
            }
            if (!isValid(file("device.pem"))) {
                authority.replacing().issueClient("device", "device", List.of());
            }
            secret("cos-secret-id", SECRET_ID);
            secret("cos-secret-key", random());
            return authority;
        } catch (IOException e) {
            throw new OperatorException(
                    "directory: " + directory + " (expected: one that can be written): " + e.getMessage(), e);
        }
    }

    /** Writes the configuration for a gateway on {@code port} in front of an origin on {@code originPort}. */
    Path writeConfiguration(int port, int originPort) throws OperatorException {
        Path file = file("sealgate.yaml");
        try {
            return Files.writeString(file, configuration(port, originPort));
        } catch (IOException e) {
            throw new OperatorException("file: " + file + " (expected: one that can be written)", e);
        }
    }

    /** The COS key. */
    String secretKey() throws OperatorException {
        try {
            return Files.readString(file("cos-secret-key")).strip();
        } catch (IOException e) {
            throw new OperatorException("file: " + file("cos-secret-key") + " (expected: a readable file)", e);
        }
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    private AuthorityDirectory authority() {
        if (isValid(file("ca.pem"))) {
            return AuthorityDirectory.open(directory, InstantSource.system());
        }
        return AuthorityDirectory.init(
                directory, CertificateSpec.authority(AUTHORITY), InstantSource.system(), WriteMode.CREATE);
    }

    private static boolean isValid(Path certificate) {
        try (InputStream pem = Files.newInputStream(certificate)) {
            X509Certificate parsed =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return parsed.getNotAfter().toInstant().isAfter(Instant.now().plus(LEAST_LIFE));
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private void secret(String name, String value) throws IOException {
        Path file = file(name);
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, value + "\n");
        }
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String configuration(int port, int originPort) {
        return """
                # Written by `sealgate dev` at every start: copy it before you change it.
                version: 1
                listeners:
                  - name: edge
                    bind: 127.0.0.1:%d
                    tls:
                      certificates:
                        - {chain: server.pem, key: server.key}
                      client-auth: require
                      trust: {bundle: [ca.pem]}
                origins:
                  - name: cos
                    bucket: %s
                    region: %s
                    endpoint: http://127.0.0.1:%d
                    auth: sign
                    credentials: {type: static, secret-id: "file:cos-secret-id", secret-key: "file:cos-secret-key"}
                routes:
                  - name: everything
                    match: {hosts: [localhost, 127.0.0.1]}
                    origin: cos
                    operations: [read, write, delete, list]
                    encryption: {mode: sse-cos}
                management: {bind: "127.0.0.1:0"}
                """.formatted(port, BUCKET, REGION, originPort);
    }
}
