package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.origin.Headers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates whose names could be taken for one another's are never one client. */
class ClientNamesIT {

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site.routes("""
                  - name: own
                    match: {hosts: [localhost], path: /files/**}
                    origin: cos
                    operations: [all]
                    policies: [own]
                  - name: labelled
                    match: {hosts: [localhost], path: /labelled/**}
                    origin: cos
                    operations: [all]
                    uploads: {meta: {device: "${client.cn}"}}
                  - name: told
                    match: {hosts: [localhost], path: /told/**}
                    origin: cos
                    operations: [all]
                    identity: {headers: [x-forwarded-client-cert], custom: {x-device: "${client.cn}"}}
                  - name: untold
                    match: {hosts: [localhost]}
                    origin: cos
                    operations: [all]
                policies:
                  - name: own
                    statements:
                      - {effect: allow, action: 'name/cos:*', resource: '${bucket}/files/*/shared'}
                      - {effect: allow, action: 'name/cos:*', resource: '${bucket}/files/${client.cn}/*'}
                      - {effect: deny, action: 'name/cos:*', resource: '${bucket}/files/${client.cn}/shared'}
                """));
        for (String key : new String[] {"files/device-8/a", "files/device-8/shared", "told/a", "a"}) {
            ground.store(key, 10);
        }
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
    }

    /** The last of them was the name that counted, whoever else it belongs to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=device-8,CN=device-7",
                "CN=device-7,CN=device-8",
                "CN=device-7+CN=device-8",
                "CN=device-8\u200B"
            })
    void aSubjectWithoutACertainNameHasNoPlaceOfItsOwn(String subject) throws Exception {
        IssuedCertificate uncertain = issue(new X500Principal(subject));

        try (Peer peer = ground.connect(Protocol.HTTP_1, uncertain)) {
            for (String path : new String[] {
                "/files/device-7/a", "/files/device-8/a", "/files/device-8/shared", "/files/device-8%E2%80%8B/a"
            }) {
                Ground.assertOwnError(peer.get(path), 403, "AccessDenied", "policy");
            }
            assertThat(peer.exchange("PUT", "/labelled/a", Map.of("content-length", "1"), new byte[1])
                            .status())
                    .isEqualTo(403);
            assertThat(ground.site().origin().log().requests()).isEmpty();

            assertThat(peer.get("/told/a").status()).isEqualTo(200);
        }
        assertThat(ground.site().origin().log().requests().get(0).headers().first("x-device"))
                .isEmpty();
        try (Peer other = ground.connect(Protocol.HTTP_1, issue(new X500Principal("CN=device-8")))) {
            assertThat(other.get("/files/device-8/a").status()).isEqualTo(200);
        }
    }

    /** The JDK reads the last letter of both as U+FFFD. */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void originTellsTwoTeletexNamesApart(Protocol protocol) throws Exception {
        String acute = subjectSeenByTheOrigin(protocol, issue(teletexName("646576e9")));
        String circumflex = subjectSeenByTheOrigin(protocol, issue(teletexName("646576ea")));

        assertThat(acute).contains("Subject=\"CN=#1404646576e9\"");
        assertThat(circumflex).contains("Subject=\"CN=#1404646576ea\"");
    }

    @Test
    void anIdentityThatOriginsWouldNotReadIsNotSentByHalves() throws Exception {
        SubjectAltName[] names = IntStream.range(0, 300)
                .mapToObj(i -> SubjectAltName.parse("device-" + i + ".with-a-rather-long-name.fleet.example.com"))
                .toArray(SubjectAltName[]::new);
        IssuedCertificate device = ground.site().authority().issue(CertificateSpec.client("device-9", names));

        try (Peer peer = ground.connect(Protocol.HTTP_1, device)) {
            Ground.assertOwnError(peer.get("/told/a"), 403, "AccessDenied", "policy");
            assertThat(ground.site().origin().log().requests()).isEmpty();
            assertThat(peer.get("/a").status()).isEqualTo(200);
        }
    }

    private static String subjectSeenByTheOrigin(Protocol protocol, IssuedCertificate certificate) throws Exception {
        ground.site().origin().log().clear();
        try (Peer peer = ground.connect(protocol, certificate)) {
            assertThat(peer.get("/told/a").status()).isEqualTo(200);
        }
        Headers headers = ground.site().origin().log().requests().get(0).headers();
        return headers.first("x-forwarded-client-cert").orElseThrow();
    }

    private static IssuedCertificate issue(X500Principal subject) throws Exception {
        return ground.site().authority().issue(CertificateSpec.client("x").withSubject(subject));
    }

    /** A name of one CN, a TeletexString of four octets. */
    private static X500Principal teletexName(String octets) {
        return new X500Principal(HexFormat.of().parseHex("300f310d300b06035504031404" + octets));
    }
}
