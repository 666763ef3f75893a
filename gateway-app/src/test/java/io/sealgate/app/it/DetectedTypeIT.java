package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.LoggedRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a route looks at what objects are, nothing is stored under the name of something else. */
class DetectedTypeIT {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(ISO_8859_1);
    private static final byte[] PAGE = "<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes(UTF_8);

    /** As much as is looked at. */
    private static final int ENOUGH = 8192;

    /** Too large to be held, and more than the buffers on the way take. */
    private static final int LARGE = 6_000_000;

    private static final String ROUTES = """
              - name: pictures
                match: {hosts: [localhost], path: /pictures/**}
                origin: cos
                operations: [all]
                uploads: {content-types: [image/*], detect-content-type: verify}
              - name: elsewhere
                match: {hosts: [localhost]}
                origin: cos
                operations: [all]
                uploads: {content-types: [image/png, application/octet-stream], detect-content-type: verify}
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
    void picturesAreStored(Protocol protocol) throws Exception {
        for (int size : new int[] {PNG.length, 100_000, LARGE}) {
            String key = "pictures/" + protocol + size + ".png";
            byte[] picture = sized(PNG, size);
            try (Peer peer = ground.connect(protocol)) {
                assertThat(put(peer, "/" + key, "image/png", picture).status()).isEqualTo(200);
            }
            assertThat(ground.stored(key)).isEqualTo(picture);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageIsNotStoredAsAPicture(Protocol protocol) throws Exception {
        for (String path : List.of("/pictures/", "/elsewhere/")) {
            for (int size : new int[] {PAGE.length, 100_000, LARGE}) {
                String key = path.substring(1) + protocol + size;
                try (Peer peer = ground.connect(protocol)) {
                    denied(put(peer, "/" + key, "image/png", sized(PAGE, size)));
                }
                assertThat(ground.isStored(key)).isFalse();
            }
        }
        assertNothingCommitted();
    }

    /** A picture that is a page as well must not be served as the page. */
    @ParameterizedTest
    @EnumSource
    void aPictureIsNotServedAsAPage(Protocol protocol) throws Exception {
        String path = "/pictures/both-" + protocol;
        try (Peer peer = ground.connect(protocol)) {
            assertThat(put(peer, path, "image/png", PNG).status()).isEqualTo(200);
            for (String override : List.of("type=text/html", "type=text%2Fhtml", "encoding=gzip")) {
                denied(peer.get(path + "?response-content-" + override));
            }
            PeerAnswer served = peer.get(path + "?response-content-type=image%2Fgif");
            assertThat(served.header("content-type")).isEqualTo("image/gif");
            assertThat(served.body()).isEqualTo(PNG);
        }
    }

    /** So it is where the client has signed the URL. */
    @ParameterizedTest
    @EnumSource
    void aPresignedUrlServesNoPictureAsAPage(Protocol protocol) throws Exception {
        try (Ground forwarding = Ground.start(directory, "presigned-" + protocol, 1, site -> site.auth("forward")
                        .routes(ROUTES));
                Peer peer = forwarding.connect(protocol)) {
            forwarding.store("pictures/a", 10);
            for (String type : List.of("text/html", "image/gif")) {
                String target = "/pictures/a?response-content-type=" + type.replace("/", "%2F");
                String signature =
                        DeviceSigner.accepted().authorization("GET", target, okhttp3.Headers.of("host", "localhost"));
                PeerAnswer answer = peer.get(target + "&" + signature);

                if (type.equals("text/html")) {
                    denied(answer);
                } else {
                    assertThat(answer.header("content-type")).isEqualTo(type);
                }
            }
        }
    }

    /** The rest of a film of some gigabytes would be sent for nothing. */
    @ParameterizedTest
    @EnumSource
    void theRefusalComesAsSoonAsTheBeginningIsHere(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            peer.head(
                    "PUT",
                    "/pictures/early-" + protocol,
                    Map.of("content-length", "4000000000", "content-type", "image/png"),
                    true);
            peer.body(sized(PAGE, 8192), false);

            PeerAnswer answer = peer.answer();

            assertThat(answer.status()).isEqualTo(403);
        }
        assertNothingCommitted();
    }

    @ParameterizedTest
    @EnumSource
    void ofChunkedBodiesTheDecodedBytesCount(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            denied(peer.exchange("PUT", "/pictures/chunked-page", chunked(PAGE), wrapped(PAGE)));
        }
        try (Peer peer = ground.connect(protocol)) {
            assertThat(peer.exchange("PUT", "/pictures/chunked-" + protocol, chunked(PNG), wrapped(PNG))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(ground.stored("pictures/chunked-" + protocol)).isEqualTo(PNG);
        assertThat(ground.isStored("pictures/chunked-page")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aMultipartUploadBeginsWithAPicture(Protocol protocol) throws Exception {
        String path = "/pictures/parts-" + protocol;
        try (Peer peer = ground.connect(protocol)) {
            String begun = peer.exchange("POST", path + "?uploads", headers("image/png", 0), new byte[0])
                    .text();
            Matcher id = Pattern.compile("<UploadId>([^<]+)</UploadId>").matcher(begun);
            assertThat(id.find()).isTrue();
            String part = path + "?uploadId=" + id.group(1) + "&partNumber=";

            denied(put(peer, part + 1, "application/octet-stream", sized(PAGE, ENOUGH)));
            byte[] picture = sized(PNG, ENOUGH);
            PeerAnswer first = put(peer, part + 1, "application/octet-stream", picture);
            PeerAnswer second = put(peer, part + 2, "application/octet-stream", PAGE);
            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).isEqualTo(200);

            String end = path + "?uploadId=" + id.group(1);
            denied(complete(peer, end, part(2, second)));
            denied(complete(peer, end, part(2, second) + part(1, first)));
            denied(complete(peer, end, part(2, second).replace("2</PartNumber>", "2<x/>1</PartNumber>")));
            denied(complete(
                    peer, end, "<Part PartNumber=\"2\">" + part(1, first).substring(6)));
            denied(complete(
                    peer,
                    end,
                    part(1, first).replace("Part", "x:Part").replace("<x:Part>", "<x:Part xmlns:x=\"u\">")
                            + part(2, second)));
            denied(complete(peer, end, "<y>" + part(2, second) + "</y>" + part(1, first)));
            assertThat(complete(peer, end, part(1, first)).status()).isEqualTo(200);
        }
        assertThat(ground.stored(path.substring(1))).isEqualTo(sized(PNG, ENOUGH));
    }

    /** The first piece alone is nothing that anybody would know. */
    @ParameterizedTest
    @EnumSource
    void aPageInTwoPiecesIsNotStored(Protocol protocol) throws Exception {
        String appended = "/elsewhere/pieces-" + protocol + "?append&position=";
        try (Peer peer = ground.connect(protocol)) {
            tooSmall(peer.exchange("POST", appended + 0, headers("image/png", 1), sized(PAGE, 1)));
        }
        try (Peer peer = ground.connect(protocol)) {
            byte[] rest = Arrays.copyOfRange(PAGE, 1, ENOUGH + 1);
            denied(peer.exchange("POST", appended + 1, headers("image/png", rest.length), rest));
        }
        try (Peer peer = ground.connect(protocol)) {
            tooSmall(put(peer, "/elsewhere/parts?uploadId=any&partNumber=1", "image/png", sized(PAGE, 1)));
        }
        assertThat(ground.isStored("elsewhere/pieces-" + protocol)).isFalse();
        assertNothingCommitted();
    }

    private static void tooSmall(PeerAnswer answer) {
        Ground.assertOwnError(answer, 400, "EntityTooSmall", "request");
    }

    private static String part(int number, PeerAnswer stored) {
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + stored.header("etag") + "</ETag></Part>";
    }

    private static PeerAnswer complete(Peer peer, String path, String parts) throws Exception {
        byte[] document = ("<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>").getBytes(UTF_8);
        return peer.exchange("POST", path, headers("application/xml", document.length), document);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAppendedAtTheBeginningIsLookedAt(Protocol protocol) throws Exception {
        String path = "/pictures/appended-" + protocol + "?append&position=";
        try (Peer peer = ground.connect(protocol)) {
            denied(peer.exchange("POST", path + 0, headers("image/png", ENOUGH), sized(PAGE, ENOUGH)));
            assertThat(peer.exchange("POST", path + 0, headers("image/png", ENOUGH), sized(PNG, ENOUGH))
                            .status())
                    .isEqualTo(200);
            assertThat(peer.exchange("POST", path + ENOUGH, headers("image/png", PAGE.length), PAGE)
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void denied(PeerAnswer answer) {
        Ground.assertOwnError(answer, 403, "AccessDenied", "policy");
    }

    private static void assertNothingCommitted() {
        assertThat(ground.site().origin().log().requests()).noneMatch(LoggedRequest::committed);
    }

    private static PeerAnswer put(Peer peer, String path, String type, byte[] body) throws Exception {
        return peer.exchange("PUT", path, headers(type, body.length), body);
    }

    private static Map<String, String> headers(String type, int length) {
        return Map.of("content-type", type, "content-length", Integer.toString(length));
    }

    private static Map<String, String> chunked(byte[] object) {
        Map<String, String> headers = new HashMap<>(headers("image/png", wrapped(object).length));
        headers.put("content-encoding", "aws-chunked");
        headers.put("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        headers.put("x-amz-trailer", "x-amz-checksum-crc32");
        headers.put("x-amz-decoded-content-length", Integer.toString(object.length));
        return headers;
    }

    private static byte[] wrapped(byte[] object) {
        CRC32 crc = new CRC32();
        crc.update(object);
        byte[] value = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        String chunk = Integer.toHexString(object.length) + "\r\n" + new String(object, ISO_8859_1) + "\r\n0\r\n";
        String trailer = "x-amz-checksum-crc32:" + Base64.getEncoder().encodeToString(value) + "\r\n\r\n";
        return (chunk + trailer).getBytes(ISO_8859_1);
    }

    /** The same, and then nothing. */
    private static byte[] sized(byte[] beginning, int size) {
        return Arrays.copyOf(beginning, size);
    }
}
