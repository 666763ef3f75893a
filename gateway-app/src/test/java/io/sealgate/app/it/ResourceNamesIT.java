package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.origin.LoggedRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gateway and origin name one resource, for an administrator and a device on one bucket: what they could name in two
 * ways does not leave.
 */
class ResourceNamesIT {

    private static final Map<String, String> EMPTY = Map.of("content-length", "0");

    private static Ground ground;
    private static IssuedCertificate admin;
    private static IssuedCertificate device;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        ground = Ground.start(directory, 1, site -> site.strictSigning().routes("""
                  - name: admin
                    match: {path: /admin/**}
                    clients: {san-dns: ["admin.example"]}
                    origin: cos
                    operations: [all]
                  - name: devices
                    match: {path: /**}
                    origin: cos
                    operations: [all, configuration]
                """));
        admin = ground.site().authority().issue(named("admin.example"));
        device = ground.site().authority().issue(named("device.example"));
        ground.store("admin/secret", 10);
        ground.store("a/b", 20);
    }

    private static CertificateSpec named(String name) {
        return CertificateSpec.client(name, SubjectAltName.parse(name));
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
    @CsvSource({
        "GET,    //",
        "GET,    /%2F",
        "GET,    ////",
        "GET,    /./",
        "GET,    //?acl",
        "HEAD,   //",
        "PUT,    //?acl",
        "PUT,    /%2F?policy",
        "DELETE, //",
        "DELETE, //?lifecycle",
        "POST,   //?uploads",
        "GET,    //admin/secret",
        "GET,    /%5Cadmin/secret",
        "GET,    /admin//secret",
    })
    void whatIsTheBucketOrAnotherObjectToTheOriginNeverReachesIt(String method, String path) throws Exception {
        for (Protocol protocol : Protocol.values()) {
            try (Peer peer = ground.connect(protocol, device)) {
                PeerAnswer answer = peer.exchange(method, path, method.equals("PUT") ? EMPTY : Map.of(), new byte[0]);

                assertThat(answer.status()).as(protocol + " " + path).isIn(400, 403);
            }
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void emptySegmentDoesNotLeadTheDeviceToTheAdministratorsObject(Protocol protocol) throws Exception {
        try (Peer ofDevice = ground.connect(protocol, device);
                Peer ofAdmin = ground.connect(protocol, admin)) {
            assertThat(ofAdmin.get("/admin/secret").status()).isEqualTo(200);
            assertThat(ofDevice.get("/admin/secret").status()).isEqualTo(403);
            assertThat(ofDevice.get("/admin%2F%2Fsecret").status()).isEqualTo(403);
            assertThat(ofDevice.get("/%61dmin/%2Fsecret").status()).isEqualTo(403);
        }
        assertThat(ground.site().origin().log().requests())
                .extracting(LoggedRequest::target)
                .containsExactly("/admin/secret");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void rawPlusIsStoredAsAPlusAndVerifies(Protocol protocol) throws Exception {
        byte[] body = protocol.name().getBytes(UTF_8);
        String key = "plus-" + protocol;
        try (Peer peer = ground.connect(protocol, device)) {
            Map<String, String> length = Map.of("content-length", String.valueOf(body.length));

            assertThat(peer.exchange("PUT", "/" + key + "+1%2B2%203", length, body)
                            .status())
                    .isEqualTo(200);
            assertThat(peer.get("/" + key + "%2B1+2%203").body()).isEqualTo(body);
        }
        assertThat(ground.stored(key + "+1+2 3")).isEqualTo(body);
    }

    @Test
    void valueThatEndsInABlankIsRefusedOrReadWithoutIt() throws Exception {
        Map<String, String> headers = Map.of("x-cos-meta-a", "v \t", "content-length", "1");
        try (Peer second = ground.connect(Protocol.HTTP_2, device);
                Peer first = ground.connect(Protocol.HTTP_1, device)) {
            assertThat(second.exchange("PUT", "/blank", headers, new byte[1]).status())
                    .isEqualTo(400);
            assertThat(ground.isStored("blank")).isFalse();
            assertThat(first.exchange("PUT", "/blank", headers, new byte[1]).status())
                    .isEqualTo(200);
        }
        assertThat(ground.isStored("blank")).isTrue();
    }

    @Test
    void valueThatBeginsWithABlankIsRefused() throws Exception {
        try (Peer peer = ground.connect(Protocol.HTTP_2, device)) {
            PeerAnswer answer = peer.exchange("GET", "/a/b", Map.of("x-cos-meta-a", " v"), new byte[0]);

            assertThat(answer.status()).isIn(0, 400);
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }
}
