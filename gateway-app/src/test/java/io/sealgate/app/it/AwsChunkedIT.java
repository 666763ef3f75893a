package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.CorruptBodyIT.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies in the chunks of AWS's own, by hand: good ones become objects, all others are refused and never do. */
class AwsChunkedIT {

    private static final List<Integer> SIZES = List.of(0, 1, 64 * 1024, 3 * 1024 * 1024);
    private static final String SIGNATURE = "0123456789abcdef".repeat(4);

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(Ground.start(directory, 1, site -> site), Ground.start(directory, 3, site -> site));
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() {
        grounds.forEach(ground -> ground.site().origin().log().clear());
    }

    static Stream<Arguments> uploads() {
        return grounds.stream().flatMap(ground -> Stream.of(Shape.values())
                .flatMap(shape -> SIZES.stream().map(size -> Arguments.of(ground, shape, size))));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("uploads")
    void theDecodedBytesAreStored(Ground ground, Shape shape, int size) throws Exception {
        byte[] object = Ground.bytes(size);
        String key = "unsigned-" + shape + size;
        Map<String, String> headers = unsigned(object);
        headers.put("content-encoding", "aws-chunked,gzip");
        headers.put("content-md5", Bytes.contentMd5(object));

        PeerAnswer answer = put(ground, shape, key, chunked(object, false, trailer(object)), headers);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("x-amz-request-id")).isEqualTo(answer.header("x-cos-request-id"));
        assertThat(ground.stored(key)).isEqualTo(object);
        assertThat(ground.site().origin().log().requests()).singleElement().satisfies(request -> {
            assertThat(request.headers().first("content-length")).hasValue(Integer.toString(size));
            assertThat(request.headers().first("transfer-encoding")).isEmpty();
            assertThat(request.headers().first("content-encoding")).hasValue("gzip");
        });
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("uploads")
    void soAreThoseOfASignedBody(Ground ground, Shape shape, int size) throws Exception {
        byte[] object = Ground.bytes(size);
        String key = "signed-" + shape + size;
        Map<String, String> headers = unsigned(object);
        headers.put("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        headers.remove("x-amz-trailer");

        PeerAnswer answer = put(ground, shape, key, chunked(object, true, ""), headers);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(ground.stored(key)).isEqualTo(object);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("uploads")
    void aWrongTrailerIsRefusedAndNothingIsStored(Ground ground, Shape shape, int size) throws Exception {
        byte[] object = Ground.bytes(size);
        String wrong = trailer(Ground.bytes(size + 1));

        PeerAnswer answer = put(ground, shape, "wrong", chunked(object, false, wrong), unsigned(object));

        Ground.assertOwnError(answer, 400, "BadDigest", "integrity");
        assertNothingIsStored(ground, "wrong");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("uploads")
    void contentMd5IsOfTheDecodedBytes(Ground ground, Shape shape, int size) throws Exception {
        byte[] object = Ground.bytes(size);
        byte[] body = chunked(object, false, trailer(object));
        Map<String, String> headers = unsigned(object);
        headers.put("content-md5", Bytes.contentMd5(body));

        PeerAnswer answer = put(ground, shape, "md5", body, headers);

        Ground.assertOwnError(answer, 400, "BadDigest", "integrity");
        assertNothingIsStored(ground, "md5");
    }

    static Stream<Arguments> spoilt() {
        byte[] object = Ground.bytes(100_000);
        String good = new String(chunked(object, false, trailer(object)), ISO_8859_1);
        int end = good.lastIndexOf("0\r\nx-amz-checksum");
        return Stream.of(
                        Map.entry("no end", good.substring(0, end)),
                        Map.entry("no trailer", good.substring(0, end) + "0\r\n\r\n"),
                        Map.entry("no empty line", good.substring(0, good.length() - 2)),
                        Map.entry("broken off", good.substring(0, 70_000)),
                        Map.entry("a byte less", good.replaceFirst("^10000\r\n", "ffff\r\n")),
                        Map.entry("a chunk more", good.substring(0, end) + "1\r\nx\r\n" + good.substring(end)),
                        Map.entry("more behind it", good + "x"),
                        Map.entry("another request behind it", good + "PUT /other HTTP/1.1\r\n\r\n"),
                        Map.entry("an endless line", "0".repeat(200_000)),
                        Map.entry("an endless trailer", good.substring(0, end) + "0\r\n" + "a".repeat(200_000)),
                        Map.entry("no chunks", "x".repeat(100_000)),
                        Map.entry("a size too large", "ffffffffffffffff\r\n" + good),
                        Map.entry("nothing", ""))
                .flatMap(body ->
                        Stream.of(Shape.values()).map(shape -> Arguments.of(body.getKey(), shape, body.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spoilt")
    void whatIsNotInTheFormIsRefusedAndNothingIsStored(String what, Shape shape, String body) throws Exception {
        Map<String, String> headers = unsigned(Ground.bytes(100_000));

        PeerAnswer answer = put(grounds.get(0), shape, "spoilt", body.getBytes(ISO_8859_1), headers);

        assertThat(answer.status()).as(what).isEqualTo(400);
        assertThat(answer.header("x-sealgate-error")).isEqualTo("request");
        assertNothingIsStored(grounds.get(0), "spoilt");
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void theDecodedLengthIsRequired(Shape shape) throws Exception {
        byte[] object = Ground.bytes(10);
        Map<String, String> headers = unsigned(object);
        headers.remove("x-amz-decoded-content-length");

        PeerAnswer answer = put(grounds.get(0), shape, "lengthless", chunked(object, false, trailer(object)), headers);

        Ground.assertOwnError(answer, 411, "MissingContentLength", "request");
        assertThat(answer.header("x-amz-request-id")).isNotBlank();
        assertThat(grounds.get(0).site().origin().log().requests()).isEmpty();
    }

    /** The body is announced although the object is empty. */
    @Test
    void aClientThatWaitsWithAnEmptyObjectIsToldToGoOn() throws Exception {
        Ground ground = grounds.get(0);
        byte[] body = chunked(new byte[0], false, trailer(new byte[0]));
        Map<String, String> headers = unsigned(new byte[0]);
        headers.put("expect", "100-continue");
        headers.put("content-length", Integer.toString(body.length));
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.head("PUT", "/patient", headers, true);
            Await.until("origin connections", () -> ground.metric("sealgate_upstream_connections"), open -> open > 0);
            peer.body(body, true);

            PeerAnswer answer = peer.answer();

            assertThat(answer.interims()).containsExactly(100);
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(ground.stored("patient")).isEmpty();
    }

    @Test
    void chunksOfOneByteAreTaken() throws Exception {
        byte[] object = Ground.bytes(100_000);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte each : object) {
            body.writeBytes(new byte[] {'1', '\r', '\n', each, '\r', '\n'});
        }
        body.writeBytes(("0\r\n" + trailer(object) + "\r\n").getBytes(US_ASCII));

        PeerAnswer answer = put(grounds.get(0), Shape.HTTP_2_FIXED, "ones", body.toByteArray(), unsigned(object));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(grounds.get(0).stored("ones")).isEqualTo(object);
    }

    private static PeerAnswer put(Ground ground, Shape shape, String key, byte[] body, Map<String, String> headers)
            throws IOException {
        try (Peer peer = ground.connect(shape.protocol())) {
            return shape.put(peer, "/" + key, body, headers);
        }
    }

    private static void assertNothingIsStored(Ground ground, String key) throws Exception {
        var seen = ground.site()
                .origin()
                .log()
                .awaitAll(all -> all.stream().allMatch(each -> each.finished()), TlsSocket.PATIENCE);
        assertThat(seen).noneMatch(request -> request.committed() || request.bodyComplete());
        assertThat(ground.isStored(key)).isFalse();
    }

    private static Map<String, String> unsigned(byte[] object) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        headers.put("x-amz-decoded-content-length", Integer.toString(object.length));
        headers.put("x-amz-trailer", "x-amz-checksum-crc32");
        return headers;
    }

    private static byte[] chunked(byte[] object, boolean signed, String trailer) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String extension = signed ? ";chunk-signature=" + SIGNATURE : "";
        for (int i = 0; i < object.length; i += 0x10000) {
            int length = Math.min(0x10000, object.length - i);
            body.writeBytes((Integer.toHexString(length) + extension + "\r\n").getBytes(US_ASCII));
            body.write(object, i, length);
            body.writeBytes("\r\n".getBytes(US_ASCII));
        }
        body.writeBytes(("0" + extension + "\r\n" + trailer + "\r\n").getBytes(US_ASCII));
        return body.toByteArray();
    }

    private static String trailer(byte[] object) {
        CRC32 crc = new CRC32();
        crc.update(object);
        byte[] value = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return "x-amz-checksum-crc32:" + Base64.getEncoder().encodeToString(value) + "\r\n";
    }
}
