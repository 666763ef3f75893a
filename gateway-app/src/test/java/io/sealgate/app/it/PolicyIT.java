package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.core.observe.AccessLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client may is decided by the name in its certificate, before the origin or the body are touched. */
class PolicyIT {

    /** More than is held until it is whole, before an origin hears of it. */
    private static final int LENGTH = 1_100_000;

    private static final Map<String, String> EXPECTING =
            Map.of("content-length", Integer.toString(LENGTH), "expect", "100-continue");

    @TempDir
    private static Path directory;

    private static Path document;
    private static Ground ground;
    private static IssuedCertificate device;

    @BeforeAll
    static void start() throws Exception {
        document = Files.writeString(directory.resolve("own-prefix.json"), allowing("${bucket}/files/${client.cn}/*"));
        ground = Ground.start(directory, 1, site -> site.routes("""
                  - name: ruled
                    match: {hosts: [localhost], path: /files/**}
                    origin: cos
                    operations: [all]
                    policies: [own-prefix, kept]
                  - name: revealing
                    match: {hosts: [localhost]}
                    origin: cos
                    operations: [all]
                    policies: [kept]
                    policy: {reveal: true}
                policies:
                  - name: own-prefix
                    document: '%s'
                  - name: kept
                    statements:
                      - {effect: deny, action: 'name/cos:*', resource: '${bucket}/*/kept/*'}
                """.formatted(document)));
        device = ground.site().authority().issue(CertificateSpec.client("device-7"));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
    }

    @ParameterizedTest
    @EnumSource
    void aDeniedUploadOpensNoOriginConnectionAndIsNotAskedForItsBody(Protocol protocol) throws Exception {
        long opened = ground.site().origin().log().connectionsOpened();

        PeerAnswer answer;
        try (Peer peer = ground.connect(protocol, device)) {
            peer.head("PUT", "/files/device-8/a", EXPECTING, true);
            answer = peer.answer();
        }

        Ground.assertOwnError(answer, 403, "AccessDenied", "policy");
        assertThat(answer.interims()).isEmpty();
        assertThat(answer.text()).contains("<Message>Access Denied.</Message>").doesNotContain("policy-", "own-prefix");
        assertThat(ground.site().origin().log().requests()).isEmpty();
        assertThat(ground.site().origin().log().connectionsOpened()).isEqualTo(opened);
    }

    @ParameterizedTest
    @EnumSource
    void everyClientHasAPlaceOfItsOwn(Protocol protocol) throws Exception {
        byte[] object = Ground.bytes(100);
        try (Peer peer = ground.connect(protocol, device)) {
            assertThat(peer.exchange("PUT", "/files/device-7/a", Map.of("content-length", "100"), object)
                            .status())
                    .isEqualTo(200);
            assertThat(peer.get("/files/device-7/a").body()).isEqualTo(object);
        }
        try (Peer other = ground.connect(protocol)) {
            assertThat(other.get("/files/device-7/a").status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAclThatLetsEverybodyWriteIsReadAndGoesNowhere(Protocol protocol) throws Exception {
        byte[] document = """
                <AccessControlPolicy><Owner><ID>qcs::cam::uin/1:uin/1</ID></Owner><AccessControlList><Grant>
                <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group">
                <URI>http://cam.qcloud.com/groups/global/AllUsers</URI></Grantee>
                <Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>
                """.getBytes(StandardCharsets.UTF_8);
        Map<String, String> length = Map.of("content-length", Integer.toString(document.length));
        try (LogLines access = LogLines.of(AccessLog.LOGGER);
                Peer peer = ground.connect(protocol, device)) {
            PeerAnswer answer = peer.exchange("PUT", "/files/device-7/a?acl", length, document);

            Ground.assertOwnError(answer, 403, "AccessDenied", "policy");
            access.await("/files/device-7/a", "\"sealgate.error.reason\":\"public-write\"");
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    @Test
    void theLogSaysWhichStatementDeniedAndTheClientOnlyWhereItMay() throws Exception {
        try (LogLines access = LogLines.of(AccessLog.LOGGER);
                Peer peer = ground.connect(Protocol.HTTP_1, device)) {
            PeerAnswer closed = peer.get("/files/device-7/kept/a");
            PeerAnswer open = peer.get("/other/kept/a");

            assertThat(closed.text()).contains("<Message>Access Denied.</Message>");
            assertThat(open.text()).contains("<Message>Access Denied: policy-deny by kept[0].</Message>");
            access.await(
                    "/files/device-7/kept/a",
                    "\"sealgate.error.reason\":\"policy-deny\"",
                    "\"sealgate.policy.statement\":\"kept[0]\"");
        }
    }

    @Test
    void aDocumentThatChangesIsInForceForOpenConnectionsAndABadOneIsNot() throws Exception {
        try (Peer peer = ground.connect(Protocol.HTTP_1, device)) {
            assertThat(peer.get("/files/later/a").status()).isEqualTo(403);

            Files.writeString(document, allowing("${bucket}/files/${client.cn}/*\", \"${bucket}/files/later/*"));
            Await.until("status", () -> peer.get("/files/later/a").status(), status -> status == 404);

            Files.writeString(document, "{\"version\": \"2.0\"}");
            Await.until(
                    "failed reloads",
                    () -> ground.metric("sealgate_reload_total", "what=\"policy\"", "outcome=\"failed\""),
                    failed -> failed >= 1);
            assertThat(peer.get("/files/later/a").status()).isEqualTo(404);
            assertThat(failing()).isOne();

            Files.writeString(document, allowing("${bucket}/files/${client.cn}/*"));
            Await.until("failing", this::failing, failing -> failing == 0);
            assertThat(peer.get("/files/later/a").status()).isEqualTo(403);
        }
    }

    private double failing() throws IOException {
        return ground.metric("sealgate_reload_failing", "what=\"policy\"");
    }

    private static String allowing(String resources) {
        return "{\"version\": \"2.0\", \"statement\": [{\"effect\": \"allow\", \"action\": \"name/cos:*\", \"resource\": [\""
                + resources + "\"]}]}";
    }
}
