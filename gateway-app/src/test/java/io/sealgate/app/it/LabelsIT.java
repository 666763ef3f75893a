package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects say who has uploaded them, and nobody says that it was somebody else. */
class LabelsIT {

    private static final byte[] BODY = "measured".getBytes(UTF_8);

    private static final String ROUTES = """
              - name: appended
                match: {hosts: [localhost], path: /appended/**}
                origin: cos
                operations: [all]
                uploads: {meta: {device: "${client.cn}"}}
              - name: labelled
                match: {hosts: [localhost]}
                origin: cos
                operations: [all]
                uploads:
                  tags: {device: "${client.cn}", plant: north 1}
                  meta: {device: "${client.cn}"}
            """;

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site.strictSigning().routes(ROUTES));
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
    void everyKindOfUploadIsLabelled(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            peer.exchange("PUT", "/put-" + protocol, headers(BODY.length), BODY);
            peer.exchange("POST", "/appended/" + protocol + "?append&position=0", headers(BODY.length), BODY);
            peer.exchange(
                    "PUT",
                    "/copied-" + protocol,
                    headers(
                            0,
                            "x-cos-copy-source",
                            TestSite.BUCKET_HOST + "/probe",
                            "x-cos-metadata-directive",
                            "Replaced"),
                    new byte[0]);
            multipart(peer, "/parts-" + protocol);

            for (String name : new String[] {"put-", "copied-", "parts-"}) {
                assertLabelled(peer, "/" + name + protocol);
            }
            assertThat(peer.get("/appended/" + protocol).header("x-cos-meta-device"))
                    .isEqualTo("device-1");
        }
    }

    private static void multipart(Peer peer, String path) throws Exception {
        String begun = peer.exchange("POST", path + "?uploads", headers(0), new byte[0])
                .text();
        Matcher id = Pattern.compile("<UploadId>([^<]+)</UploadId>").matcher(begun);
        assertThat(id.find()).isTrue();
        PeerAnswer part =
                peer.exchange("PUT", path + "?partNumber=1&uploadId=" + id.group(1), headers(BODY.length), BODY);
        byte[] document = ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + part.header("etag")
                        + "</ETag></Part></CompleteMultipartUpload>")
                .getBytes(UTF_8);
        peer.exchange("POST", path + "?uploadId=" + id.group(1), headers(document.length), document);
    }

    private static void assertLabelled(Peer peer, String path) throws Exception {
        PeerAnswer object = peer.get(path);
        assertThat(object.status()).as(path).isEqualTo(200);
        assertThat(object.header("x-cos-meta-device")).as(path).isEqualTo("device-1");
        assertThat(peer.get(path + "?tagging").text())
                .as(path)
                .contains("<Key>device</Key>", "<Value>device-1</Value>", "<Key>plant</Key>", "<Value>north 1</Value>");
    }

    @ParameterizedTest
    @EnumSource
    void nobodySaysThatItWasSomebodyElse(Protocol protocol) throws Exception {
        String path = "/else-" + protocol;
        byte[] tags =
                "<Tagging><TagSet><Tag><Key>device</Key><Value>d</Value></Tag></TagSet></Tagging>".getBytes(UTF_8);
        try (Peer peer = ground.connect(protocol)) {
            denied(peer.exchange("PUT", path, headers(BODY.length, "x-cos-meta-device", "device-2"), BODY));
            denied(peer.exchange("PUT", path, headers(BODY.length, "x-amz-meta-device", "device-2"), BODY));
            denied(peer.exchange("PUT", path, headers(BODY.length, "x-cos-tagging", "device=device-2"), BODY));
            denied(peer.exchange(
                    "PUT", path, headers(0, "x-cos-copy-source", TestSite.BUCKET_HOST + "/probe"), new byte[0]));
            denied(peer.exchange("PUT", "/probe?tagging", headers(tags.length), tags));
            denied(peer.exchange("POST", path + "?append&position=0", headers(BODY.length), BODY));
            denied(peer.exchange("DELETE", "/probe?tagging", Map.of(), new byte[0]));
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    private static void denied(PeerAnswer answer) {
        Ground.assertOwnError(answer, 403, "AccessDenied", "policy");
    }

    private static Map<String, String> headers(int length, String... more) {
        Map<String, String> headers = new HashMap<>(Map.of("content-length", Integer.toString(length)));
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }
}
