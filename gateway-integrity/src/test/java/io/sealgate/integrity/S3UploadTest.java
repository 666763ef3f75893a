package io.sealgate.integrity;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import io.sealgate.core.spi.BodyDigest;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory.Upload;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.core.spi.ChunkSignatures;
import io.sealgate.core.spi.ChunkSigners;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.spi.TapResult.Matched;
import io.sealgate.core.spi.TapResult.Mismatched;
import io.sealgate.core.spi.TapResult.NotChecked;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.integrity.crc64.KernelSelection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What S3 clients promise of {@code hello world}. */
class S3UploadTest {

    private static final String HEX_SHA256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    private static final String HEX_SHA1 = "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed";
    private static final String UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

    /** What the client promises; what the origin says afterwards is another matter. */
    private static final IntegrityConfig VERIFY = new IntegrityConfig(
            new IntegrityConfig.Upload(ContentMd5.VERIFY, Crc64.NONE, null),
            IntegrityConfig.defaults().download(),
            IntegrityConfig.defaults().verifyBuffer());

    private static final Crc64Kernel JAVA =
            KernelSelection.of(KernelSelection.Choice.JAVA).kernel();

    private final IntegrityTaps taps = new IntegrityTaps(
            JAVA, ChunkSigners.none(), PartLedger.inMemory(10), AppendLedger.inMemory(10, Duration.ofMinutes(1)));

    @ParameterizedTest
    @CsvSource({
        "x-amz-content-sha256, " + HEX_SHA256 + ", sha256",
        "x-cos-content-sha1, " + HEX_SHA1 + ", sha1",
        "x-cos-content-sha1, 2AAE6C35C94FCFB415DBE95F408B9CE91EE846ED, sha1",
        "x-amz-checksum-crc32, DUoRhQ==, crc32",
        "x-amz-checksum-crc32c, yZRlqg==, crc32c",
        "x-amz-checksum-sha1, Kq5sNclPz7QV2+lfQIuc6R7oRu0=, sha1",
        "X-Amz-Checksum-Sha256, uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=, sha256"
    })
    void aPromiseInTheHeadIsVerified(String name, String value, String algorithm) {
        List<BodyTap> watching = watching(upload(new DefaultHttpHeaders().add(name, value)));

        assertThat(judge(watching, "hello world"))
                .satisfiesExactly(md5 -> assertThat(md5).isInstanceOf(NotChecked.class), own -> assertThat(own)
                        .isInstanceOfSatisfying(Matched.class, matched -> assertThat(matched.algorithm())
                                .isEqualTo(algorithm)));
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-content-sha256, " + HEX_SHA256,
        "x-cos-content-sha1, " + HEX_SHA1,
        "x-amz-checksum-crc32, DUoRhQ=="
    })
    void anotherBodyIsCorrupted(String name, String value) {
        List<BodyTap> watching = watching(upload(new DefaultHttpHeaders().add(name, value)));

        assertThat(judge(watching, "hello worlD").get(1))
                .isInstanceOfSatisfying(
                        Mismatched.class,
                        mismatched -> assertThat(mismatched.error().code()).isEqualTo(CosErrorCode.BAD_DIGEST));
    }

    @Test
    void everyPromiseOfOneAlgorithmCounts() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("x-amz-content-sha256", HEX_SHA256)
                .add("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

        assertThat(judge(watching(upload(headers)), "hello world").get(1)).isInstanceOf(Mismatched.class);
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-content-sha256, b94d27",
        "x-amz-content-sha256, unsigned-payload",
        "x-amz-content-sha256, STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "x-cos-content-sha1, Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
        "x-amz-checksum-crc32, DUoRhR==",
        "x-amz-checksum-crc32, 0d4a1185",
        "x-amz-checksum-xxhash64, AAAAAAAAAAA=",
        "x-amz-checksum-, AAAA"
    })
    void aMalformedPromiseIsRefused(String name, String value) {
        assertThat(refusal(upload(new DefaultHttpHeaders().add(name, value))).code())
                .isEqualTo(CosErrorCode.INVALID_DIGEST);
        assertThat(refusal(upload(new DefaultHttpHeaders().add(name, value).add(name, value)))
                        .code())
                .isEqualTo(CosErrorCode.INVALID_DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-checksum-mode", "x-amz-checksum-type", "x-amz-checksum-algorithm"})
    void whatOnlySpeaksOfChecksumsPromisesNothing(String name) {
        HttpHeaders headers =
                new DefaultHttpHeaders().add(name, "ENABLED").add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");

        assertThat(judge(watching(upload(headers)), "anything")).hasSize(1);
    }

    /** There the checksum is of the object that comes about. */
    @Test
    void checksumOnCompleteIsNotOfTheDocument() {
        HttpHeaders headers = new DefaultHttpHeaders().add("x-amz-checksum-crc32", "AAAAAA==");

        BodyTaps chosen =
                taps.forUpload(new Upload(CosOperation.COMPLETE_MULTIPART, VERIFY, headers, new BodyCoding.Plain()));

        assertThat(judge(watching(chosen), "anything")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(S3Checksum.class)
    void aTrailerIsVerified(S3Checksum checksum) {
        String right = checksumOf(checksum, "hello world");
        String wrong = checksumOf(checksum, "hello worlD");

        assertThat(decode(checksum, right).get(1)).isEqualTo(new Matched(checksum.label(), right));
        assertThat(decode(checksum, wrong).get(1)).isInstanceOfSatisfying(Mismatched.class, mismatched -> assertThat(
                        mismatched.error().code())
                .isEqualTo(CosErrorCode.BAD_DIGEST));
    }

    @Test
    void contentMd5IsOfTheDecodedBytes() {
        HttpHeaders headers = chunked(UNSIGNED_TRAILER)
                .add("x-amz-trailer", "x-amz-checksum-crc32")
                .add("Content-MD5", "XrY7u+Ae7tCTyyK7j1rNww==");
        BodyTaps.Decode decode = (BodyTaps.Decode) chunkedUpload(headers, taps);

        assertThat(decodeAll(decode, "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n"))
                .allMatch(Matched.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-EVENTS",
                "STREAMING-UNSIGNED-PAYLOAD",
                "streaming-unsigned-payload-trailer"
            })
    void anUnknownFormIsNotImplemented(String form) {
        assertThat(refusal(chunkedUpload(chunked(form), taps)).code()).isEqualTo(CosErrorCode.NOT_IMPLEMENTED);
    }

    @ParameterizedTest
    @CsvSource({
        UNSIGNED_TRAILER + ",",
        UNSIGNED_TRAILER + ", x-amz-checksum-md4",
        UNSIGNED_TRAILER + ", 'x-amz-checksum-crc32,x-amz-checksum-sha1'",
        UNSIGNED_TRAILER + ", x-amz-meta-a",
        SIGNED + ", x-amz-checksum-crc32"
    })
    void formAndTrailerMustGoTogether(String form, String trailer) {
        HttpHeaders headers = trailer == null ? chunked(form) : chunked(form).add("x-amz-trailer", trailer);

        assertThat(refusal(chunkedUpload(headers, taps)).code()).isEqualTo(CosErrorCode.INVALID_REQUEST);
    }

    @Test
    void signaturesWithoutAKeyAreSaidNotToBeChecked() {
        BodyTaps.Decode decode = (BodyTaps.Decode) chunkedUpload(chunked(SIGNED), taps);

        assertThat(decode.taps().stream().map(BodyTap::finish))
                .contains(new NotChecked("chunk-signature", "", "no-key"));
    }

    @Test
    void signaturesWithAKeyAreChecked() {
        ChunkSigners distrustful = headers -> Optional.of(new ChunkSignatures() {
            @Override
            public void update(ByteBuf data) {}

            @Override
            public boolean endsChunk(String signature) {
                return false;
            }

            @Override
            public boolean endsTrailers(String trailers, String signature) {
                return false;
            }
        });
        BodyTaps.Decode decode = (BodyTaps.Decode) chunkedUpload(
                chunked(SIGNED),
                new IntegrityTaps(
                        JAVA, distrustful, PartLedger.inMemory(10), AppendLedger.inMemory(10, Duration.ofMinutes(1))));
        String line = ";chunk-signature=" + ChunkedBodies.SIGNATURE + "\r\n";

        var outcome = new ChunkedBodies().decode(decode.decoder(), "b" + line + "hello world\r\n0" + line + "\r\n");

        assertThat(outcome.error()).isInstanceOf(GatewayError.Denied.class);
    }

    @Test
    void contentMd5OfAWholeBody() {
        BodyDigest digest = taps.contentMd5();
        digest.update(Unpooled.wrappedBuffer("hello world".getBytes(US_ASCII)));
        assertThat(digest.value()).isEqualTo("XrY7u+Ae7tCTyyK7j1rNww==");
    }

    private List<TapResult> decode(S3Checksum checksum, String value) {
        HttpHeaders headers = chunked(UNSIGNED_TRAILER).add("x-amz-trailer", checksum.field());
        return decodeAll(
                (BodyTaps.Decode) chunkedUpload(headers, taps),
                "6\r\nhello \r\n5\r\nworld\r\n0\r\n" + checksum.field() + ":" + value + "\r\n\r\n");
    }

    private static List<TapResult> decodeAll(BodyTaps.Decode decode, String body) {
        List<ByteBuf> decoded = new ArrayList<>();
        assertThat(decode.decoder().decode(Unpooled.copiedBuffer(body, US_ASCII), decoded))
                .isNull();
        assertThat(decode.decoder().finish()).isNull();
        decoded.forEach(piece -> {
            decode.taps().forEach(tap -> tap.update(piece));
            piece.release();
        });
        return decode.taps().stream().map(BodyTap::finish).toList();
    }

    private static String checksumOf(S3Checksum checksum, String text) {
        RunningDigest digest = checksum.start();
        digest.update(ByteBuffer.wrap(text.getBytes(US_ASCII)));
        return ChecksumHeaders.base64(digest.finish());
    }

    private static HttpHeaders chunked(String form) {
        return new DefaultHttpHeaders().add("x-amz-content-sha256", form);
    }

    private static BodyTaps chunkedUpload(HttpHeaders headers, IntegrityTaps taps) {
        return taps.forUpload(new Upload(CosOperation.PUT_OBJECT, VERIFY, headers, new BodyCoding.AwsChunked(11)));
    }

    private BodyTaps upload(HttpHeaders headers) {
        return taps.forUpload(new Upload(CosOperation.PUT_OBJECT, VERIFY, headers, new BodyCoding.Plain()));
    }

    private static List<BodyTap> watching(BodyTaps taps) {
        assertThat(taps).isInstanceOf(BodyTaps.Watch.class);
        return ((BodyTaps.Watch) taps).taps();
    }

    private static GatewayError refusal(BodyTaps taps) {
        assertThat(taps).isInstanceOf(BodyTaps.Refuse.class);
        return ((BodyTaps.Refuse) taps).error();
    }

    private static List<TapResult> judge(List<BodyTap> taps, String body) {
        ByteBuf bytes = Unpooled.copiedBuffer(body, US_ASCII);
        taps.forEach(tap -> tap.update(bytes));
        bytes.release();
        return taps.stream().map(BodyTap::finish).toList();
    }
}
