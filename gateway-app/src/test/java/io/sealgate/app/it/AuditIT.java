package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.core.observe.AuditLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients were allowed and denied is written down, decision by decision. */
class AuditIT {

    @TempDir
    private static Path directory;

    private static Ground ground;
    private static IssuedCertificate device;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site.routes("""
                  - name: pictures
                    match: {path: /device-7/pictures/**}
                    origin: cos
                    operations: [write]
                    policies: [own-prefix]
                    uploads: {content-types: [image/*]}
                  - name: all
                    origin: cos
                    operations: [all]
                    policies: [own-prefix]
                policies:
                  - name: own-prefix
                    statements:
                      - {effect: allow, action: 'name/cos:*', resource: '${bucket}/${client.cn}/*'}
                audit: {decisions: all, required: true}
                """));
        device = ground.site().authority().issue(CertificateSpec.client("device-7"));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyDecisionIsALineThatSaysWhoWhatAndWhy(Protocol protocol) throws Exception {
        try (LogLines audit = LogLines.of(AuditLog.LOGGER);
                Peer peer = ground.connect(protocol, device)) {
            peer.get("/device-7/a");
            peer.get("/device-8/a");

            String allowed = audit.await("\"sealgate.key\":\"device-7/a\"", "\"event.type\":\"allowed\"");
            assertThat(allowed)
                    .contains("\"event.dataset\":\"sealgate.audit\"")
                    .contains("\"event.action\":\"name/cos:GetObject\"")
                    .contains("\"sealgate.route\":\"all\"")
                    .contains("\"sealgate.policy.statement\":\"own-prefix[0]\"")
                    .contains("\"tls.client.x509.subject.common_name\":\"device-7\"");
            audit.await(
                    "\"sealgate.key\":\"device-8/a\"",
                    "\"event.type\":\"denied\"",
                    "\"sealgate.error.reason\":\"policy-default\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyOfABatchIsADecisionOfItsOwn(Protocol protocol) throws Exception {
        byte[] batch = "<Delete><Object><Key>device-7/b</Key></Object><Object><Key>device-9/b</Key></Object></Delete>"
                .getBytes(StandardCharsets.US_ASCII);
        try (LogLines audit = LogLines.of(AuditLog.LOGGER);
                Peer peer = ground.connect(protocol, device)) {
            PeerAnswer answer = peer.exchange("POST", "/?delete", Map.of("content-length", "" + batch.length), batch);

            assertThat(answer.status()).isEqualTo(200);
            audit.await("\"sealgate.key\":\"device-7/b\"", "\"event.type\":\"allowed\"");
            audit.await("\"sealgate.key\":\"device-9/b\"", "\"event.type\":\"denied\"");
        }
    }

    /** Whoever reads the record must not believe that something was stored. */
    @ParameterizedTest
    @EnumSource
    void whatIsDeniedByMoreThanPoliciesIsADecisionToo(Protocol protocol) throws Exception {
        try (LogLines audit = LogLines.of(AuditLog.LOGGER);
                Peer peer = ground.connect(protocol, device)) {
            Map<String, String> page = Map.of("content-length", "0", "content-type", "text/html");
            assertThat(peer.exchange("PUT", "/device-7/pictures/a", page, new byte[0])
                            .status())
                    .isEqualTo(403);
            audit.await(
                    "\"sealgate.key\":\"device-7/pictures/a\"",
                    "\"event.type\":\"denied\"",
                    "\"sealgate.error.reason\":\"content-type\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theActionIsWhatItTook(Protocol protocol) throws Exception {
        String source = TestSite.BUCKET_HOST + "/device-8/secret";
        try (LogLines audit = LogLines.of(AuditLog.LOGGER);
                Peer peer = ground.connect(protocol, device)) {
            peer.exchange(
                    "PUT", "/device-7/copy", Map.of("content-length", "0", "x-cos-copy-source", source), new byte[0]);

            audit.await(
                    "\"sealgate.key\":\"device-8/secret\"",
                    "\"event.action\":\"name/cos:GetObject\"",
                    "\"event.type\":\"denied\"");
        }
    }
}
