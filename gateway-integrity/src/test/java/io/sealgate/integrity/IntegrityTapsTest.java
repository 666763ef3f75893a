package io.sealgate.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.IntegrityConfig.ContentMd5;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory.Download;
import io.sealgate.core.spi.BodyTapFactory.Upload;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.core.spi.ChunkSigners;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.spi.TapResult.Matched;
import io.sealgate.core.spi.TapResult.Mismatched;
import io.sealgate.core.spi.TapResult.NotChecked;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.integrity.crc64.KernelSelection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrityTapsTest {

    private static final String HELLO_MD5 = "XUFAKrxLKna5cZ2REBfFkg==";
    private static final String HELLO_CRC64 = "11177612005948864433";
    private static final BodyCoding PLAIN = new BodyCoding.Plain();
    /** What the client promises; what the origin says afterwards is another matter. */
    private static final IntegrityConfig VERIFY = new IntegrityConfig(
            new IntegrityConfig.Upload(ContentMd5.VERIFY, Crc64.NONE, null),
            IntegrityConfig.defaults().download(),
            IntegrityConfig.defaults().verifyBuffer());

    private static final IntegrityConfig REQUIRE = new IntegrityConfig(
            new IntegrityConfig.Upload(ContentMd5.REQUIRE, Crc64.NONE, null), VERIFY.download(), VERIFY.verifyBuffer());
    private static final IntegrityConfig OFF = new IntegrityConfig(
            new IntegrityConfig.Upload(ContentMd5.NONE, Crc64.NONE, null),
            new IntegrityConfig.Download(Crc64.NONE),
            VERIFY.verifyBuffer());

    private static final Crc64Kernel JAVA =
            KernelSelection.of(KernelSelection.Choice.JAVA).kernel();

    private final IntegrityTaps taps = new IntegrityTaps(
            JAVA, ChunkSigners.none(), PartLedger.inMemory(10), AppendLedger.inMemory(10, Duration.ofMinutes(1)));

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void contentMd5IsVerifiedWhateverTheOperation(CosOperation operation) {
        BodyTap tap = onlyTap(taps.forUpload(new Upload(operation, VERIFY, contentMd5(HELLO_MD5), PLAIN)));

        assertThat(judge(tap, "hel", "lo")).isEqualTo(new Matched("md5", HELLO_MD5));
    }

    @Test
    void uploadWithAnotherMd5IsCorrupted() {
        BodyTap tap = onlyTap(upload(VERIFY, contentMd5(HELLO_MD5)));

        assertThat(judge(tap, "hellO")).isInstanceOfSatisfying(Mismatched.class, mismatched -> assertThat(
                        mismatched.error().code())
                .isEqualTo(CosErrorCode.BAD_DIGEST));
    }

    @Test
    void emptyUploadHasAnMd5Too() {
        assertThat(onlyTap(upload(VERIFY, contentMd5("1B2M2Y8AsgTpgAmY7PhCfg==")))
                        .finish())
                .isInstanceOf(Matched.class);
        assertThat(onlyTap(upload(VERIFY, contentMd5(HELLO_MD5))).finish()).isInstanceOf(Mismatched.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "XUFAKrxLKna5cZ2REBfFkg",
                "XUFAKrxLKna5cZ2REBfFkg=",
                "XUFAKrxLKna5cZ2REBfFkh==",
                "XUFAKrxLKna5cZ2REBfFkgAA",
                "XUFAKrxLKna5cZ2REBfF_-==",
                "5d41402abc4b2a76b9719d91",
                "5d41402abc4b2a76b9719d911017c592"
            })
    void malformedContentMd5IsRefusedBeforeTheBody(String value) {
        assertThat(upload(VERIFY, contentMd5(value)))
                .isEqualTo(new BodyTaps.Refuse(new GatewayError.Corrupted(
                        CosErrorCode.INVALID_DIGEST, "Content-MD5: malformed (expected: base64 of 16 bytes)")));
    }

    @Test
    void twoContentMd5AreRefusedEvenIfTheyAgree() {
        HttpHeaders headers = contentMd5(HELLO_MD5).add("content-md5", HELLO_MD5);

        assertThat(upload(VERIFY, headers))
                .isEqualTo(new BodyTaps.Refuse(new GatewayError.Corrupted(
                        CosErrorCode.INVALID_DIGEST, "Content-MD5: 2 values (expected: one)")));
    }

    @Test
    void uploadThatCannotBeVerifiedSaysWhy() {
        assertThat(judge(onlyTap(upload(VERIFY, new DefaultHttpHeaders())), "hello"))
                .isEqualTo(new NotChecked("md5", "", "absent"));
        assertThat(judge(onlyTap(upload(OFF, contentMd5("malformed"))), "hello"))
                .isEqualTo(new NotChecked("md5", "", "off"));
    }

    static Stream<List<QueryParameter>> harmlessQueries() {
        return Stream.of(
                List.of(),
                List.of(new QueryParameter("versionId", "abc")),
                List.of(new QueryParameter("response-content-type", "image/jpeg")),
                List.of(new QueryParameter("q-ak", "a"), new QueryParameter("x-cos-security-token", "t")));
    }

    @ParameterizedTest
    @MethodSource("harmlessQueries")
    void wholeObjectIsVerified(List<QueryParameter> query) {
        BodyTap tap = onlyTap(
                taps.forDownload(new Download(CosOperation.GET_OBJECT, VERIFY, query, 200, crc64(HELLO_CRC64))));

        assertThat(judge(tap, "he", "", "llo")).isEqualTo(new Matched("crc64", HELLO_CRC64));
    }

    @Test
    void downloadWithAnotherChecksumIsTheOriginsFault() {
        BodyTap tap = onlyTap(download(200, crc64(HELLO_CRC64)));

        assertThat(judge(tap, "hell")).isInstanceOfSatisfying(Mismatched.class, mismatched -> assertThat(
                        mismatched.error().code())
                .isEqualTo(CosErrorCode.BAD_GATEWAY));
    }

    static Stream<Arguments> uncheckedDownloads() {
        HttpHeaders known = crc64(HELLO_CRC64);
        return Stream.of(
                Arguments.of(OFF, "", 200, known, "off"),
                Arguments.of(VERIFY, "", 206, known, "partial"),
                Arguments.of(VERIFY, "", 200, crc64(HELLO_CRC64).add("Content-Encoding", "gzip"), "encoded"),
                Arguments.of(VERIFY, "imageMogr2/thumbnail/!50p", 200, known, "processed"),
                Arguments.of(VERIFY, "ci-process", 200, known, "processed"),
                Arguments.of(VERIFY, "unheard-of", 200, known, "processed"),
                Arguments.of(VERIFY, "", 200, new DefaultHttpHeaders(), "absent"));
    }

    @ParameterizedTest
    @MethodSource("uncheckedDownloads")
    void downloadThatCannotBeVerifiedSaysWhy(
            IntegrityConfig config, String parameter, int status, HttpHeaders headers, String reason) {
        List<QueryParameter> query = parameter.isEmpty() ? List.of() : List.of(new QueryParameter(parameter, ""));

        BodyTap tap = onlyTap(taps.forDownload(new Download(CosOperation.GET_OBJECT, config, query, status, headers)));

        assertThat(judge(tap, "anything")).isEqualTo(new NotChecked("crc64", "", reason));
    }

    static Stream<HttpHeaders> unreadableChecksums() {
        return Stream.of(
                crc64(""),
                crc64("-7395533204333446662"),
                crc64("+1"),
                crc64("01"),
                crc64("18446744073709551616"),
                crc64("18446744073709551620"),
                crc64("184467440737095516150"),
                crc64("995dc9bbdf1939fa"),
                crc64(HELLO_CRC64 + ", " + HELLO_CRC64),
                crc64(HELLO_CRC64).add("x-cos-hash-crc64ecma", HELLO_CRC64),
                crc64(HELLO_CRC64).add("X-Cos-Hash-Crc64ecma", "1"));
    }

    /** To spoil the checksum must not be a way to have spoilt bytes passed on. */
    @ParameterizedTest
    @MethodSource("unreadableChecksums")
    void objectWithAnUnreadableChecksumIsRefusedBeforeItsHead(HttpHeaders headers) {
        assertThat(download(200, headers))
                .isInstanceOfSatisfying(BodyTaps.Refuse.class, refusal -> assertThat(refusal.error())
                        .isInstanceOf(GatewayError.Corrupted.class)
                        .extracting(GatewayError::code)
                        .isEqualTo(CosErrorCode.BAD_GATEWAY));
    }

    @Test
    void anUnreadableChecksumMattersOnlyToThoseWhoWouldVerify() {
        assertThat(judge(onlyTap(download(206, crc64("01"))), "hello")).isInstanceOf(NotChecked.class);
        assertThat(download(404, crc64("01"))).isEqualTo(new BodyTaps.Watch(List.of()));
        assertThat(taps.forDownload(new Download(CosOperation.GET_OBJECT, OFF, List.of(), 200, crc64("01"))))
                .isInstanceOf(BodyTaps.Watch.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 203, 205})
    void everySuccessIsTheObject(int status) {
        assertThat(judge(onlyTap(download(status, crc64(HELLO_CRC64))), "hellO"))
                .isInstanceOf(Mismatched.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity"})
    void identityIsNoEncoding(String coding) {
        HttpHeaders headers = crc64(HELLO_CRC64).add("Content-Encoding", coding);

        assertThat(judge(onlyTap(download(200, headers)), "hellO")).isInstanceOf(Mismatched.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 403, 404, 500})
    void answerThatIsNoObjectIsNotWatched(int status) {
        assertThat(download(status, crc64(HELLO_CRC64))).isEqualTo(new BodyTaps.Watch(List.of()));
    }

    @Test
    void answerToAnotherOperationIsNotWatched() {
        assertThat(taps.forDownload(
                        new Download(CosOperation.LIST_OBJECTS, VERIFY, List.of(), 200, crc64(HELLO_CRC64))))
                .isEqualTo(new BodyTaps.Watch(List.of()));
    }

    @Test
    void chunksAreOnlyBorrowed() {
        for (BodyTap tap : List.of(new ContentMd5Tap(new byte[16]), new Crc64Tap("0", 0, JAVA))) {
            for (ByteBuf chunk : List.of(
                    Unpooled.directBuffer().writeBytes(new byte[50]),
                    Unpooled.wrappedBuffer(new byte[20], new byte[30]))) {
                chunk.skipBytes(5);

                tap.update(chunk);

                assertThat(chunk.refCnt()).isEqualTo(1);
                assertThat(chunk.readerIndex()).isEqualTo(5);
                assertThat(chunk.readableBytes()).isEqualTo(45);
                chunk.release();
            }
        }
    }

    @Test
    void md5OfScatteredMemoryIsThatOfItsBytes() {
        ByteBuf scattered = Unpooled.wrappedBuffer(
                Unpooled.copiedBuffer("xhe", StandardCharsets.US_ASCII),
                Unpooled.directBuffer().writeBytes("llo".getBytes(StandardCharsets.US_ASCII)));
        BodyTap tap = onlyTap(upload(VERIFY, contentMd5(HELLO_MD5)));

        tap.update(scattered.skipBytes(1));

        assertThat(tap.finish()).isInstanceOf(Matched.class);
        scattered.release();
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT_OBJECT", "APPEND_OBJECT", "UPLOAD_PART"})
    void aDigestCanBeRequiredOfWhatIsStored(CosOperation operation) {
        BodyTaps chosen = taps.forUpload(new Upload(operation, REQUIRE, new DefaultHttpHeaders(), PLAIN));

        assertThat(chosen).isInstanceOfSatisfying(BodyTaps.Refuse.class, refusal -> assertThat(
                        refusal.error().code())
                .isEqualTo(CosErrorCode.INVALID_REQUEST));
        assertThat(onlyTap(taps.forUpload(new Upload(operation, REQUIRE, contentMd5(HELLO_MD5), PLAIN))))
                .isNotNull();
        Upload other = new Upload(CosOperation.COMPLETE_MULTIPART, REQUIRE, new DefaultHttpHeaders(), PLAIN);
        assertThat(taps.forUpload(other)).isInstanceOf(BodyTaps.Watch.class);
    }

    @Test
    void whatIsSentIsSummedUpForTheOriginsAnswer() {
        Upload upload =
                new Upload(CosOperation.PUT_OBJECT, IntegrityConfig.defaults(), new DefaultHttpHeaders(), PLAIN);
        BodyTap crc64 = ((BodyTaps.Watch) taps.forUpload(upload)).taps().get(1);

        assertThat(crc64.judges()).isFalse();
        assertThat(judge(crc64, "hel", "lo"))
                .isEqualTo(new TapResult.NotChecked("crc64", "11177612005948864433", "unanswered"));
    }

    private BodyTaps upload(IntegrityConfig config, HttpHeaders headers) {
        return taps.forUpload(new Upload(CosOperation.PUT_OBJECT, config, headers, PLAIN));
    }

    private BodyTaps download(int status, HttpHeaders headers) {
        return taps.forDownload(new Download(CosOperation.GET_OBJECT, VERIFY, List.of(), status, headers));
    }

    private static TapResult judge(BodyTap tap, String... chunks) {
        for (String chunk : chunks) {
            ByteBuf buffer = Unpooled.copiedBuffer(chunk, StandardCharsets.US_ASCII);
            tap.update(buffer);
            buffer.release();
        }
        return tap.finish();
    }

    private static BodyTap onlyTap(BodyTaps taps) {
        assertThat(taps).isInstanceOf(BodyTaps.Watch.class);
        List<BodyTap> watching = ((BodyTaps.Watch) taps).taps();
        assertThat(watching).hasSize(1);
        return watching.get(0);
    }

    private static HttpHeaders contentMd5(String value) {
        return new DefaultHttpHeaders().add("Content-MD5", value);
    }

    private static HttpHeaders crc64(String value) {
        return new DefaultHttpHeaders().add("x-cos-hash-crc64ecma", value);
    }
}
