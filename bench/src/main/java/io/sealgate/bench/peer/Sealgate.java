package io.sealgate.bench.peer;

import io.sealgate.bench.load.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The gateway on one event loop, like its peers, but with the access log and the metrics they do without. It runs on the
 * JDK its launcher chooses, which obeys {@code JAVA_HOME}.
 *
 * @param launcher {@code bin/sealgate}
 */
public record Sealgate(Path launcher, Duties duties) implements Peer {
    private static final String CONFIGURATION = "sealgate.yaml";

    /** How much of its work the gateway does on this rung. */
    public enum Duties {
        /** Mutual TLS, planning and signing: what the peers do, and what a gateway cannot do without. */
        MTLS("sealgate-mtls", "none", "none", "none"),
        /** What a production route has besides: both checksums verified, encryption demanded of the origin. */
        ALL("sealgate-all", "verify", "verify", "sse-cos");

        private final String rung;
        private final String md5;
        private final String crc64;
        private final String encryption;

        Duties(String rung, String md5, String crc64, String encryption) {
            this.rung = rung;
            this.md5 = md5;
            this.crc64 = crc64;
            this.encryption = encryption;
        }
    }

    @Override
    public String name() {
        return duties.rung;
    }

    @Override
    public Optional<String> version() {
        if (!Files.isExecutable(launcher)) {
            return Optional.empty();
        }
        // One line for the table's head. The launcher may first build a changed checkout, and says so on a line of its
        // own.
        String facts = Programs.lines(launcher.toString(), "version")
                .filter(line -> !line.startsWith("sealgate: building"))
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
        return facts.isEmpty() ? Optional.empty() : Optional.of(facts);
    }

    @Override
    public String remedy() {
        return launcher + " version must succeed";
    }

    @Override
    public Launch launch(Site site) {
        List<String> command = List.of(launcher.toString(), "run", "-c", CONFIGURATION);
        Map<String, String> files = Map.of(
                CONFIGURATION,
                configuration(site),
                "secret-id",
                "AKIDbenchbenchbench",
                "secret-key",
                "benchbenchbench");
        return new Launch(command, files);
    }

    private String configuration(Site site) {
        CertificateFiles pem = site.certificates();
        return """
                version: 1
                listeners:
                  - name: edge
                    bind: 127.0.0.1:%d
                    protocols: [http/1.1]
                    tls:
                      min-version: TLSv1.3
                      certificates:
                        - chain: %s
                          key: %s
                      client-auth: require
                      trust:
                        bundle: [%s]
                      revocation:
                        crl: {files: [%s]}
                      resumption: none
                origins:
                  - name: cos
                    bucket: bench-1250000000
                    region: ap-guangzhou
                    endpoint: http://127.0.0.1:%d
                    auth: sign
                    credentials: {type: static, secret-id: file:secret-id, secret-key: file:secret-key}
                routes:
                  - name: bench
                    match: {listeners: [edge], hosts: [%s], path: /objects/**, methods: [GET, PUT]}
                    origin: cos
                    operations: [read, write]
                    integrity:
                      upload: {content-md5: %s}
                      download: {crc64: %s}
                    encryption: {mode: %s}
                management: {bind: 127.0.0.1:%d}
                runtime: {event-loops: 1}
                """.formatted(
                        site.port(),
                        pem.serverChain(),
                        pem.serverKey(),
                        pem.ca(),
                        pem.crl(),
                        site.originPort(),
                        Target.HOST,
                        duties.md5,
                        duties.crc64,
                        duties.encryption,
                        site.managementPort());
    }
}
