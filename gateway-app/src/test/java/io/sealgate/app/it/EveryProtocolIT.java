package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.Device.Call;
import io.sealgate.app.it.Device.Reply;
import io.sealgate.origin.Headers;
import io.sealgate.origin.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices ask of COS is the same over HTTP/1.1 and HTTP/2, from two HTTP libraries, on one event loop and on several. */
@ParameterizedClass(name = "{0}, {1} event loops")
@MethodSource("ways")
class EveryProtocolIT {

    private static final int KIB = 1024;

    @TempDir
    private static Path directory;

    private static TestSite site;
    private static Device device;

    @Parameter(0)
    private Device.Kind kind;

    @Parameter(1)
    @SuppressWarnings("UnusedVariable") // JUnit wants a place for every parameter
    private int eventLoops;

    static Stream<Arguments> ways() {
        return Arrays.stream(Device.Kind.values())
                .flatMap(kind -> TestSite.eventLoopCounts().stream().map(loops -> Arguments.of(kind, loops)));
    }

    @BeforeParameterizedClassInvocation
    static void start(Device.Kind kind, int eventLoops) throws Exception {
        site = TestSite.in(directory.resolve(kind + "-" + eventLoops))
                .eventLoops(eventLoops)
                .strictSigning()
                .start();
        device = kind.at(site, "TLSv1.3");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        device.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 3 * KIB * KIB})
    void objectsOfEverySizeAreTheSameOnBothSides(int size) throws Exception {
        byte[] bytes = Bytes.of(size);
        Call put = Call.of("PUT", "/sizes/" + size)
                .with("Content-Type", "application/x-telemetry")
                .with("Content-MD5", Bytes.contentMd5(bytes))
                .with("x-cos-meta-device", "meter-7");

        Reply stored = send(put.body(bytes));
        Reply read = send(Call.of("GET", "/sizes/" + size));
        Reply described = send(Call.of("HEAD", "/sizes/" + size));

        assertThat(stored.status()).isEqualTo(200);
        StoredObject object = stored("sizes/" + size);
        assertThat(object.bytes()).isEqualTo(bytes);
        assertThat(object.metadata().first("x-cos-meta-device")).hasValue("meter-7");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(bytes);
        assertThat(described.header("Content-Length")).hasValue(Integer.toString(size));
        for (Reply reply : List.of(read, described)) {
            assertThat(reply.header("Content-Type")).hasValue("application/x-telemetry");
            assertThat(reply.header("x-cos-meta-device")).hasValue("meter-7");
            assertThat(reply.header("ETag")).hasValue(object.etag());
            assertThat(reply.header("x-cos-hash-crc64ecma")).hasValue(object.crc64Text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-66535", "bytes=-1000", "bytes=199999-"})
    void rangeIsJustThatPart(String range) throws Exception {
        byte[] bytes = Bytes.of(200_000);
        put("range", bytes);

        Reply reply = send(Call.of("GET", "/range").with("Range", range));

        assertThat(reply.status()).isEqualTo(206);
        Matcher part = Pattern.compile("bytes (\\d+)-(\\d+)/200000")
                .matcher(reply.header("Content-Range").orElseThrow());
        assertThat(part.matches()).isTrue();
        int first = Integer.parseInt(part.group(1));
        int last = Integer.parseInt(part.group(2));
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
    }

    @Test
    void rangeBeyondTheEndIsRefused() throws Exception {
        put("range", Bytes.of(100));

        Reply reply = send(Call.of("GET", "/range").with("Range", "bytes=100-"));

        assertThat(reply.status()).isEqualTo(416);
    }

    @Test
    void conditionsAreTheOriginsToJudge() throws Exception {
        String etag = put("conditional", Bytes.of(1000)).etag();

        assertThat(conditional("If-None-Match", etag)).isEqualTo(304);
        assertThat(conditional("If-None-Match", "\"other\"")).isEqualTo(200);
        assertThat(conditional("If-Match", etag)).isEqualTo(200);
        assertThat(conditional("If-Match", "\"other\"")).isEqualTo(412);
    }

    @Test
    void unchangedObjectIsDescribedWithoutItsBytes() throws Exception {
        StoredObject object = put("unchanged", Bytes.of(1000));

        Reply reply = send(Call.of("GET", "/unchanged").with("If-None-Match", object.etag()));

        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("ETag")).hasValue(object.etag());
    }

    @Test
    void missingObjectIsTheOriginsOwnError() throws Exception {
        Reply reply = send(Call.of("GET", "/nowhere"));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(text(reply)).contains("<Code>NoSuchKey</Code>");
        assertThat(reply.header("x-sealgate-error")).isEmpty();
    }

    @Test
    void listingHasPrefixDelimiterAndMarker() throws Exception {
        List.of("list/a", "list/b", "list/c/x", "list/c/y", "list/d").forEach(key -> put(key, Bytes.of(3)));

        String first = text(send(Call.of("GET", "/?prefix=list%2F&delimiter=%2F&max-keys=2")));
        String second = text(send(Call.of("GET", "/?prefix=list%2F&delimiter=%2F&marker=list%2Fb")));

        assertThat(first).contains("<Key>list/a</Key>", "<Key>list/b</Key>", "<IsTruncated>true</IsTruncated>");
        assertThat(second)
                .contains("<Prefix>list/c/</Prefix>", "<Key>list/d</Key>")
                .doesNotContain("<Key>list/b<");
    }

    @Test
    void partsBecomeOneObject() throws Exception {
        byte[] bytes = Bytes.of(1_200_000);
        String upload = begin("/parts");
        String first = part(upload, 1, Arrays.copyOfRange(bytes, 0, KIB * KIB));
        String second = part(upload, 2, Arrays.copyOfRange(bytes, KIB * KIB, bytes.length));
        String list = text(send(Call.of("GET", "/parts?uploadId=" + upload)));
        String document =
                "<CompleteMultipartUpload>" + named(1, first) + named(2, second) + "</CompleteMultipartUpload>";

        Reply complete = send(Call.of("POST", "/parts?uploadId=" + upload)
                .with("Content-Type", "application/xml")
                .body(document.getBytes(UTF_8)));

        assertThat(list).contains(first.replace("\"", ""), "<PartNumber>2</PartNumber>");
        assertThat(complete.status()).isEqualTo(200);
        assertThat(stored("parts").bytes()).isEqualTo(bytes);
    }

    @Test
    void abortedUploadLeavesNothing() throws Exception {
        String upload = begin("/aborted");
        part(upload, 1, Bytes.of(10), "/aborted");

        Reply abort = send(Call.of("DELETE", "/aborted?uploadId=" + upload));

        assertThat(abort.status()).isEqualTo(204);
        assertThat(text(send(Call.of("GET", "/?uploads")))).doesNotContain(upload);
    }

    @Test
    void batchDeleteRemovesTheNamedKeysOnly() throws Exception {
        List.of("batch/1", "batch/2", "batch/kept").forEach(key -> put(key, Bytes.of(3)));
        byte[] document = ("<Delete><Quiet>false</Quiet><Object><Key>batch/1</Key></Object>"
                        + "<Object><Key>batch/2</Key></Object></Delete>")
                .getBytes(UTF_8);

        Reply reply = send(Call.of("POST", "/?delete")
                .with("Content-Type", "application/xml")
                .with("Content-MD5", Bytes.contentMd5(document))
                .body(document));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(site.origin().store().keys(TestSite.BUCKET))
                .filteredOn(key -> key.startsWith("batch/"))
                .containsExactly("batch/kept");
    }

    @Test
    void copyHasTheBytesOfItsSource() throws Exception {
        byte[] bytes = Bytes.of(70_000);
        put("copy/源 1", bytes);

        Reply reply = send(
                Call.of("PUT", "/copy/target").with("x-cos-copy-source", TestSite.BUCKET_HOST + "/copy/%E6%BA%90%201"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(stored("copy/target").bytes()).isEqualTo(bytes);
    }

    @Test
    void appendsFollowOneAnotherOrAreRefused() throws Exception {
        byte[] bytes = Bytes.of(100_000);

        Reply first = append(0, Arrays.copyOfRange(bytes, 0, 60_000));
        Reply wrong = append(1, Bytes.of(10));
        Reply second = append(60_000, Arrays.copyOfRange(bytes, 60_000, 100_000));

        assertThat(first.header("x-cos-next-append-position")).hasValue("60000");
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(second.header("x-cos-next-append-position")).hasValue("100000");
        assertThat(stored("append").bytes()).isEqualTo(bytes);
    }

    @Test
    void tagsAreSetReadAndRemoved() throws Exception {
        put("tagged", Bytes.of(3));
        byte[] document =
                "<Tagging><TagSet><Tag><Key>fleet</Key><Value>eu</Value></Tag></TagSet></Tagging>".getBytes(UTF_8);

        Reply set = send(Call.of("PUT", "/tagged?tagging")
                .with("Content-Type", "application/xml")
                .with("Content-MD5", Bytes.contentMd5(document))
                .body(document));
        Reply read = send(Call.of("GET", "/tagged?tagging"));
        Reply removed = send(Call.of("DELETE", "/tagged?tagging"));

        assertThat(set.status()).isEqualTo(200);
        assertThat(text(read)).contains("<Key>fleet</Key>", "<Value>eu</Value>");
        assertThat(removed.status()).isEqualTo(204);
        assertThat(stored("tagged").tags()).isEmpty();
    }

    @Test
    void keysAreDecodedOnceOnEitherSide() throws Exception {
        String raw = "/a//d%20e%2Bf%252F~'()!&=%2B@:,;$/%E8%AE%BE%E5%A4%87";

        Reply reply = send(Call.of("PUT", raw).body(Bytes.of(100)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(stored("a//d e+f%2F~'()!&=+@:,;$/设备").bytes()).isEqualTo(Bytes.of(100));
        assertThat(send(Call.of("GET", raw)).body()).isEqualTo(Bytes.of(100));
    }

    @Test
    void exchangesAtTheSameTimeDoNotMix() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> work = IntStream.range(0, 32)
                .<Callable<Boolean>>mapToObj(number -> () -> roundTrip("/many/" + number, Bytes.of(50_000 + number)))
                .toList();

        List<Future<Boolean>> results = threads.invokeAll(work);

        for (Future<Boolean> result : results) {
            assertThat(result.get()).isTrue();
        }
        threads.shutdown();
    }

    private boolean roundTrip(String target, byte[] bytes) throws Exception {
        Reply put = send(Call.of("PUT", target).body(bytes));
        Reply get = send(Call.of("GET", target));
        return put.status() == 200 && Arrays.equals(get.body(), bytes);
    }

    private Reply send(Call call) throws IOException, InterruptedException {
        Reply reply = device.send(call);
        assertThat(reply.protocol()).isEqualTo(kind.protocol());
        return reply;
    }

    private int conditional(String header, String value) throws Exception {
        return send(Call.of("GET", "/conditional").with(header, value)).status();
    }

    private String begin(String target) throws Exception {
        Matcher id = Pattern.compile("<UploadId>([^<]+)</UploadId>")
                .matcher(text(send(Call.of("POST", target + "?uploads").body(new byte[0]))));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private String part(String upload, int number, byte[] bytes) throws Exception {
        return part(upload, number, bytes, "/parts");
    }

    private String part(String upload, int number, byte[] bytes, String target) throws Exception {
        Reply reply = send(Call.of("PUT", target + "?partNumber=" + number + "&uploadId=" + upload)
                .body(bytes));
        return reply.header("ETag").orElseThrow();
    }

    private static String named(int number, String etag) {
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + etag + "</ETag></Part>";
    }

    private Reply append(long position, byte[] bytes) throws Exception {
        return send(Call.of("POST", "/append?append&position=" + position).body(bytes));
    }

    private static StoredObject put(String key, byte[] bytes) {
        return site.origin().store().put(TestSite.BUCKET, key, bytes, Headers.none());
    }

    private static StoredObject stored(String key) {
        return site.origin().store().find(TestSite.BUCKET, key).orElseThrow();
    }

    private static String text(Reply reply) {
        return new String(reply.body(), UTF_8);
    }
}
