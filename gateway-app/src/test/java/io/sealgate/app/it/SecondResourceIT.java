package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.core.observe.AuditLog;
import io.sealgate.origin.LoggedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A device and an administrator with the same requests: what the one may not do to a key directly, it may not by
 * another way either.
 */
class SecondResourceIT {

    private static final String ROUTES = """
              - name: admin
                match: {hosts: [localhost], path: /admin/**}
                clients: {san-dns: [admin.example]}
                origin: cos
                operations: [read, write, DeleteObject, list, GetObjectTagging]
              - name: labelled
                match: {hosts: [localhost], path: /labelled/**}
                origin: cos
                operations: [read, write, PutObjectTagging, list]
              - name: archive
                match: {hosts: [localhost], path: /archive/**}
                origin: cos
                operations: [write]
              - name: listed
                match: {hosts: [localhost], path: /listed/**}
                clients: {fingerprints: {allow: '%s'}}
                origin: cos
                operations: [read, DeleteObject, list, GetObjectTagging]
              - name: devices
                match: {hosts: [localhost], path: /**}
                origin: cos
                operations: [read, write, copy, delete, list, tagging]
            audit: {decisions: all}
            """;

    @TempDir
    private static Path directory;

    private static Path list;
    private static List<Ground> grounds;

    @BeforeAll
    static void start() throws Exception {
        list = Files.writeString(directory.resolve("listed.txt"), "# nobody yet\n");
        grounds = List.of(ground("sign"), ground("forward"));
    }

    private static Ground ground(String auth) throws Exception {
        return Ground.start(directory, auth, 1, site -> site.auth(auth).routes(ROUTES.formatted(list)));
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() {
        for (Ground ground : grounds) {
            for (String key : List.of("admin/secret", "archive/kept", "listed/secret", "open/a", "mine")) {
                ground.store(key, 10);
            }
            ground.site().origin().log().clear();
        }
    }

    /**
     * @param name of what it does
     * @param line method and target
     */
    private record Attack(String name, String line, Map<String, String> headers, String body) {

        static Attack copy(String target, String header, String source) {
            return new Attack("copy by " + header, "PUT " + target, Map.of(header, source), "");
        }

        static Attack list(String query) {
            return new Attack("list", "GET /?" + query, Map.of(), "");
        }

        static Attack batch(String item) {
            return new Attack("batch", "POST /?delete", Map.of(), "<Delete><Object>" + item + "</Object></Delete>");
        }

        @Override
        public String toString() {
            return name + ": " + line + ' ' + headers + body;
        }

        PeerAnswer send(Peer peer) throws IOException {
            String[] words = line.split(" ");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            Map<String, String> all = new HashMap<>(headers);
            if (!words[0].equals("GET")) {
                all.put("content-length", Integer.toString(bytes.length));
            }
            return peer.exchange(words[0], words[1], all, bytes);
        }
    }

    /** Everything by which a request touches {@code folder}'s objects that are not in its path. */
    private static List<Attack> attacks(String folder, String key) {
        List<Attack> attacks = new ArrayList<>();
        for (String target : List.of("/mine", "/mine?partNumber=1&uploadId=u")) {
            attacks.add(Attack.copy(target, "x-cos-copy-source", TestSite.BUCKET_HOST + "/" + key));
            attacks.add(Attack.copy(target, "x-cos-copy-source", TestSite.BUCKET_HOST + "/" + key + "?versionId=v"));
            attacks.add(Attack.copy(target, "x-amz-copy-source", "/" + TestSite.BUCKET + "/" + key));
        }
        attacks.add(Attack.batch("<Key>" + key + "</Key>"));
        attacks.add(Attack.batch("<Key>" + key + "</Key><VersionId>v</VersionId>"));
        for (String kind : List.of("", "versions&")) {
            for (String prefix : List.of("", "&delimiter=/", folder.substring(0, 3), folder)) {
                attacks.add(Attack.list(kind + "prefix=" + prefix));
            }
        }
        return attacks;
    }

    static Stream<Arguments> refused() {
        return Ground.cases(grounds).flatMap(at -> Stream.of("admin/secret", "archive/kept", "listed/secret")
                .flatMap(key -> attacks(key.substring(0, key.indexOf('/')), key).stream()
                        .map(attack -> Arguments.of(at, attack))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatADeviceMayNotDoDirectlyReachesNoOrigin(Ground.Case at, Attack attack) throws Exception {
        PeerAnswer answer;
        try (Peer peer = at.connect()) {
            answer = attack.send(peer);
        }

        assertThat(answer.text()).contains("<Code>AccessDenied</Code>");
        assertThat(at.ground().site().origin().log().requests()).isEmpty();
    }

    static Stream<Arguments> allowed() {
        return Ground.cases(grounds).flatMap(at -> attacks("adm", "admin/secret").stream()
                .filter(attack ->
                        at.ground() == grounds.get(0) || !attack.headers().containsKey("x-amz-copy-source"))
                .filter(attack -> !attack.line().startsWith("GET"))
                .map(attack -> Arguments.of(at, attack)));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void whoMayDoItDirectlyMayDoItSoToo(Ground.Case at, Attack attack) throws Exception {
        try (Peer peer = at.ground().connect(at.protocol(), admin(at.ground()))) {
            attack.send(peer);
        }

        assertThat(at.ground().site().origin().log().requests())
                .extracting(LoggedRequest::method)
                .contains(attack.line().substring(0, attack.line().indexOf(' ')));
    }

    @ParameterizedTest
    @EnumSource
    void aListingThatLeavesOutWhatIsKeptIsServed(Protocol protocol) throws Exception {
        Ground ground = grounds.get(0);
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer open = peer.get("/?prefix=open/");

            assertThat(open.status()).isEqualTo(200);
            assertThat(open.text()).contains("<Key>open/a</Key>");
        }
        try (Peer peer = ground.connect(protocol, admin(ground))) {
            assertThat(peer.get("/?prefix=adm").text()).contains("<Key>admin/secret</Key>");
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofABatchOnlyTheOthersAreDeleted(Protocol protocol) throws Exception {
        Ground ground = grounds.get(0);
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = Attack.batch("<Key>admin/secret</Key></Object><Object><Key>open/a</Key></Object>"
                            + "<Object><Key>archive/kept</Key>")
                    .send(peer);

            assertThat(answer.text())
                    .contains("<Error><Key>admin/secret</Key>", "<Error><Key>archive/kept</Key>")
                    .doesNotContain("<Error><Key>open/a</Key>");
        }
        assertThat(ground.isStored("admin/secret")).isTrue();
        assertThat(ground.isStored("archive/kept")).isTrue();
        assertThat(ground.isStored("open/a")).isFalse();
    }

    /** They travel with a copy, and the device may read those of its target. */
    @ParameterizedTest
    @EnumSource
    void tagsThatMayNotBeReadDoNotTravel(Protocol protocol) throws Exception {
        Map<String, String> source = Map.of("x-cos-copy-source", TestSite.BUCKET_HOST + "/labelled/a");
        Map<String, String> replaced = new HashMap<>(source);
        replaced.putAll(Map.of("x-cos-tagging-directive", "Replaced", "x-cos-tagging", "team=own"));
        try (Peer peer = grounds.get(0).connect(protocol)) {
            Attack put = new Attack("put", "PUT /labelled/a", Map.of("x-cos-tagging", "team=kept"), "");

            assertThat(put.send(peer).status()).isEqualTo(200);
            assertThat(peer.get("/labelled/a").status()).isEqualTo(200);
            assertThat(peer.get("/labelled/a?tagging").status()).isEqualTo(403);
            assertThat(new Attack("copy", "PUT /copy", source, "").send(peer).status())
                    .isEqualTo(403);
            assertThat(peer.get("/copy?tagging").text()).doesNotContain("kept");
            assertThat(new Attack("copy", "PUT /copy", replaced, "").send(peer).status())
                    .isEqualTo(200);
            assertThat(peer.get("/copy?tagging").text()).contains("own").doesNotContain("kept");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAuditLogNamesBothRoutes(Protocol protocol) throws Exception {
        Ground ground = grounds.get(0);
        try (LogLines audit = LogLines.of(AuditLog.LOGGER);
                Peer peer = ground.connect(protocol)) {
            Attack.copy("/mine", "x-cos-copy-source", TestSite.BUCKET_HOST + "/admin/secret")
                    .send(peer);
            audit.await(
                    "\"sealgate.route\":\"devices\"",
                    "\"sealgate.resource.route\":\"admin\"",
                    "\"event.action\":\"name/cos:GetObject\"",
                    "\"sealgate.key\":\"admin/secret\"",
                    "\"sealgate.error.reason\":\"san-dns\"");

            peer.get("/?prefix=adm");
            audit.await(
                    "\"sealgate.route\":\"devices\"",
                    "\"sealgate.resource.route\":\"admin\"",
                    "\"event.action\":\"name/cos:GetBucket\"",
                    "\"sealgate.error.reason\":\"prefix\"");
        }
    }

    /** On a connection that is open already. */
    @Test
    void aListOfFingerprintsIsAskedAsItIsNow() throws Exception {
        Ground ground = grounds.get(0);
        IssuedCertificate device = ground.site().authority().issue(CertificateSpec.client("device-9"));
        Attack copy = Attack.copy("/mine", "x-cos-copy-source", TestSite.BUCKET_HOST + "/listed/secret");
        try (Peer peer = ground.connect(Protocol.HTTP_1, device)) {
            assertThat(copy.send(peer).status()).isEqualTo(403);

            double before = ground.reloads("client-list", "succeeded");
            Files.writeString(list, fingerprint(device) + "\n");
            ground.awaitReload("client-list", before + 1);

            assertThat(copy.send(peer).status()).isEqualTo(200);
        } finally {
            Files.writeString(list, "# nobody\n");
        }
    }

    private static String fingerprint(IssuedCertificate certificate) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(certificate.chain().get(0).getEncoded()));
    }

    private static IssuedCertificate admin(Ground ground) {
        return ground.site().authority().issue(CertificateSpec.client("admin", SubjectAltName.parse("admin.example")));
    }
}
