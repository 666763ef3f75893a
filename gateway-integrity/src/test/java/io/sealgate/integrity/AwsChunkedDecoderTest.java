package io.sealgate.integrity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.ChunkSignatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsChunkedDecoderTest {

    private static final String SIGNED = ";chunk-signature=" + ChunkedBodies.SIGNATURE;
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature:" + ChunkedBodies.SIGNATURE;
    private static final String HELLO = "b\r\nhello world\r\n0\r\n";
    private static final String CRC32 = "x-amz-checksum-crc32:DUoRhQ==";

    private final ChunkedBodies bodies = new ChunkedBodies();

    @AfterEach
    void nothingLeaks() {
        assertThat(bodies.leaked()).isZero();
    }

    /** As AWS SDK for Java 2.57.8 sends it over HTTPS. */
    @Test
    void unsignedBodyWithATrailerIsDecoded() {
        ChunkTrailer trailer = trailer(false);

        var outcome = bodies.decode(decoder(false, 11, trailer), HELLO + CRC32 + "\r\n\r\n");

        assertThat(outcome.error()).isNull();
        assertThat(outcome.bytes()).asString(US_ASCII).isEqualTo("hello world");
        assertThat(ChecksumHeaders.base64(trailer.value().orElseThrow())).isEqualTo("DUoRhQ==");
    }

    /** As AWS SDK for Java 2.57.8 sends it over plain HTTP, with other signatures. */
    @Test
    void signedBodyWithATrailerIsDecoded() {
        String body = "b" + SIGNED + "\r\nhello world\r\n0" + SIGNED + "\r\n" + CRC32 + "\r\n" + TRAILER_SIGNATURE
                + "\r\n\r\n";

        var outcome = bodies.decode(decoder(true, 11, trailer(true)), body);

        assertThat(outcome.error()).isNull();
        assertThat(outcome.bytes()).asString(US_ASCII).isEqualTo("hello world");
    }

    @Test
    void signedBodyWithoutATrailerIsDecoded() {
        String body = "5" + SIGNED + "\r\nhello\r\n6" + SIGNED + "\r\n world\r\n0" + SIGNED + "\r\n\r\n";

        var outcome = bodies.decode(decoder(true, 11, new ChunkTrailer(null, false)), body);

        assertThat(outcome.error()).isNull();
        assertThat(outcome.bytes()).asString(US_ASCII).isEqualTo("hello world");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\r\n\r\n", "\n\r\n", "\r\n\r\n\r\n"})
    void otherLineEndsOfTheTrailerAreRead(String end) {
        var outcome = bodies.decode(decoder(false, 11, trailer(false)), HELLO + CRC32 + end);

        assertThat(outcome.error()).isNull();
    }

    @Test
    void anEmptyLineMayStandBeforeTheTrailersSignature() {
        String body = "b" + SIGNED + "\r\nhello world\r\n0" + SIGNED + "\r\n" + CRC32 + "\n\r\n" + TRAILER_SIGNATURE
                + "\r\n\r\n";

        var outcome = bodies.decode(decoder(true, 11, trailer(true)), body);

        assertThat(outcome.error()).isNull();
    }

    @Test
    void emptyBodyIsDecoded() {
        var outcome = bodies.decode(decoder(false, 0, trailer(false)), "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");

        assertThat(outcome.error()).isNull();
        assertThat(outcome.bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "b\nhello world\r\n",
                "-1\r\n",
                "+b\r\n",
                " b\r\n",
                "b \r\n",
                "0xb\r\n",
                "g\r\n",
                "b;\r\nhello world\r\n",
                "b;a=b\r\nhello world\r\n",
                "ffffffffffffffff\r\n",
                "8000000000000000\r\n",
                "0000000000000000b\r\nhello world\r\n",
                "7fffffffffffffff\r\n",
                "c\r\nhello world!\r\n",
                "b\r\nhello worl",
                "b\r\nhello world",
                "b\r\nhello world\n0\r\n",
                "b\r\nhello world\r\r0\r\n",
                "b\r\nhello world!\r\n0\r\n",
                "a\r\nhello worl\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n",
                HELLO,
                HELLO + "\r\n",
                HELLO + CRC32,
                HELLO + CRC32 + "\r\n",
                HELLO + CRC32 + "\r\n\r\n!",
                HELLO + CRC32 + "\r\n\r\n\r\n\r",
                HELLO + CRC32 + "\r\n\r\n\n",
                HELLO + CRC32 + "\r\n" + CRC32 + "\r\n\r\n",
                HELLO + CRC32 + "\r\nx-amz-meta-a:b\r\n\r\n",
                HELLO + CRC32 + "\r\nx-amz-trailer-signature:0\r\n\r\n",
                HELLO + "x-amz-checksum-crc32c:DUoRhQ==\r\n\r\n",
                HELLO + "x-amz-checksum-crc32:DUoRhR==\r\n\r\n",
                HELLO + "x-amz-checksum-crc32:DUoRhQ\r\n\r\n",
                HELLO + "x-amz-checksum-crc32:\r\n\r\n",
                HELLO + "x-amz-checksum-crc32\r\n\r\n",
                HELLO + ":DUoRhQ==\r\n\r\n"
            })
    void everythingElseIsRefused(String body) {
        for (int most : List.of(1, 3, 1000)) {
            var outcome = bodies.decode(
                    decoder(false, 11, trailer(false)), body.getBytes(ISO_8859_1), most, new Random(most));

            assertThat(outcome.error()).isNotNull();
            assertThat(outcome.error().code())
                    .isIn(CosErrorCode.INVALID_REQUEST, CosErrorCode.INCOMPLETE_BODY, CosErrorCode.INVALID_DIGEST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b\r\nhello world\r\n",
                "b;chunk-signature=\r\nhello world\r\n",
                "b;chunk-signature=0123\r\nhello world\r\n",
                "b;chunk-signature=" + "g123456789abcdef" + "\r\nhello world\r\n",
                "b;signature=" + "0123456789abcdef" + "\r\nhello world\r\n"
            })
    void theSignedFormWantsASignatureOnEachChunk(String body) {
        var outcome = bodies.decode(decoder(true, 11, trailer(true)), body);

        assertThat(outcome.error()).isInstanceOf(GatewayError.Rejected.class);
        assertThat(outcome.bytes()).isEmpty();
    }

    @Test
    void theSignedFormWantsASignatureOnTheTrailer() {
        String body = "b" + SIGNED + "\r\nhello world\r\n0" + SIGNED + "\r\n" + CRC32 + "\r\n\r\n";

        var outcome = bodies.decode(decoder(true, 11, trailer(true)), body);

        assertThat(outcome.error()).isInstanceOf(GatewayError.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b\r\nhello world\r\n", HELLO, HELLO + CRC32 + "\r\n"})
    void aLineThatDoesNotEndIsRefusedAtItsBound(String front) {
        byte[] body = (front + "0".repeat(1 << 20)).getBytes(US_ASCII);
        int[] fed = {0};

        GatewayError error = feed(decoder(false, 11, trailer(false)), body, fed);

        assertThat(error).isInstanceOf(GatewayError.Rejected.class);
        assertThat(fed[0] - front.length()).isLessThanOrEqualTo(ChunkLine.MOST_BYTES + 1);
    }

    @Test
    void moreThanWasAnnouncedIsRefusedBeforeItIsDecoded() {
        var outcome = bodies.decode(decoder(false, 10, trailer(false)), HELLO);

        assertThat(outcome.error()).isInstanceOf(GatewayError.Rejected.class);
        assertThat(outcome.bytes()).isEmpty();
    }

    @Test
    void largeChunksAreNotCopied() {
        byte[] data = new byte[100_000];
        ByteBuf encoded = Unpooled.wrappedBuffer(ChunkedBodies.chunks(data, 1_000_000, false, new Random(1)));
        List<ByteBuf> decoded = new ArrayList<>();

        GatewayError error = decoder(false, data.length, trailer(false)).decode(encoded, decoded);

        assertThat(error).isNull();
        assertThat(decoded).isNotEmpty().allSatisfy(piece -> assertThat(piece.array())
                .isSameAs(encoded.array()));
        decoded.forEach(piece -> piece.release());
        assertThat(encoded.refCnt()).isZero();
    }

    @Test
    void smallChunksOfOneReadAreOnePiece() {
        byte[] data = new byte[10_000];
        byte[] body = ChunkedBodies.joined(
                ChunkedBodies.chunks(data, 1, false, new Random(1)), "x-amz-checksum-crc32:AAAAAA==\r\n\r\n");

        var outcome =
                bodies.decode(decoder(false, data.length, trailer(false)), body, Integer.MAX_VALUE - 1, new Random(1));

        assertThat(outcome.error()).isNull();
        assertThat(outcome.bytes()).isEqualTo(data);
        assertThat(outcome.pieces()).isLessThanOrEqualTo(body.length / PieceGatherer.WORTH_A_SLICE + 1);
    }

    /** Any bytes, any chunks, any split on the way. */
    @ParameterizedTest
    @EnumSource(ChunkedForm.class)
    void whatWasChunkedIsDecodedAsItWas(ChunkedForm form) {
        Random random = new Random(form.name().hashCode());
        for (int round = 0; round < 300; round++) {
            byte[] data = new byte[random.nextInt(round % 10 == 0 ? 300_000 : 3_000)];
            random.nextBytes(data);
            byte[] body = encoded(form, data, random);
            ChunkTrailer trailer =
                    new ChunkTrailer(form.hasTrailer() ? S3Checksum.CRC32 : null, form.isSigned() && form.hasTrailer());

            var outcome = bodies.decode(
                    decoder(form.isSigned(), data.length, trailer), body, 1 + random.nextInt(70_000), random);

            assertThat(outcome.error()).isNull();
            assertThat(outcome.bytes()).isEqualTo(data);
        }
    }

    /** Spoilt bodies: the decoder fails as it says it does, hands out no byte that was not there, and forgets no buffer. */
    @ParameterizedTest
    @EnumSource(ChunkedForm.class)
    void noInputDoesHarm(ChunkedForm form) {
        Random random = new Random(form.name().length());
        for (int round = 0; round < 5_000; round++) {
            byte[] data = new byte[random.nextInt(200)];
            random.nextBytes(data);
            byte[] body = round % 5 == 0 ? noise(random) : spoilt(encoded(form, data, random), random);
            ChunkTrailer trailer =
                    new ChunkTrailer(form.hasTrailer() ? S3Checksum.CRC32 : null, form.isSigned() && form.hasTrailer());

            var outcome = bodies.decode(
                    decoder(form.isSigned(), data.length, trailer), body, 1 + random.nextInt(100), random);

            assertThat(outcome.bytes().length).isLessThanOrEqualTo(data.length);
            if (outcome.error() == null) {
                assertThat(outcome.bytes()).hasSize(data.length);
            } else {
                assertThat(outcome.error().code())
                        .isIn(CosErrorCode.INVALID_REQUEST, CosErrorCode.INCOMPLETE_BODY, CosErrorCode.INVALID_DIGEST);
            }
            assertThat(bodies.leaked()).isZero();
        }
    }

    @Test
    void signaturesAreAskedAboutInOrder() {
        Recorder recorder = new Recorder("");

        var outcome = bodies.decode(decoder(true, 10, trailer(true), recorder), signedInTwo());

        assertThat(outcome.error()).isNull();
        assertThat(recorder.seen).containsExactly("hello a", "world b", " c", CRC32 + "\n d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d"})
    void aForgedChunkIsDenied(String forged) {
        Recorder recorder = new Recorder(forged);

        var outcome = bodies.decode(decoder(true, 10, trailer(true), recorder), signedInTwo());

        assertThat(outcome.error()).isInstanceOf(GatewayError.Denied.class);
    }

    private static String signedInTwo() {
        return "5;chunk-signature=" + "a".repeat(64) + "\r\nhello\r\n5;chunk-signature=" + "b".repeat(64)
                + "\r\nworld\r\n0;chunk-signature=" + "c".repeat(64) + "\r\n" + CRC32 + "\r\nx-amz-trailer-signature:"
                + "d".repeat(64) + "\r\n\r\n";
    }

    private static GatewayError feed(AwsChunkedDecoder decoder, byte[] body, int[] fed) {
        List<ByteBuf> decoded = new ArrayList<>();
        GatewayError error = null;
        while (error == null && fed[0] < body.length) {
            error = decoder.decode(Unpooled.wrappedBuffer(body, fed[0]++, 1), decoded);
        }
        decoded.forEach(piece -> piece.release());
        assertThat(error).isNotNull();
        return error;
    }

    private static byte[] encoded(ChunkedForm form, byte[] data, Random random) {
        byte[] chunks = ChunkedBodies.chunks(data, 1 + random.nextInt(100_000), form.isSigned(), random);
        String trailer = form.hasTrailer() ? CRC32 + "\r\n" : "";
        String signature = form.hasTrailer() && form.isSigned() ? TRAILER_SIGNATURE + "\r\n" : "";
        return ChunkedBodies.joined(chunks, trailer + signature + "\r\n");
    }

    private static byte[] noise(Random random) {
        String alphabet = "0123456789abcdef\r\n;:= x";
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(300); i > 0; i--) {
            noise.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return noise.toString().getBytes(US_ASCII);
    }

    private static byte[] spoilt(byte[] body, Random random) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
    }

    private static ChunkTrailer trailer(boolean isSigned) {
        return new ChunkTrailer(S3Checksum.CRC32, isSigned);
    }

    private static AwsChunkedDecoder decoder(boolean isSigned, long bytes, ChunkTrailer trailer) {
        return decoder(isSigned, bytes, trailer, null);
    }

    private static AwsChunkedDecoder decoder(
            boolean isSigned, long bytes, ChunkTrailer trailer, @Nullable ChunkSignatures signatures) {
        return new AwsChunkedDecoder(isSigned, bytes, trailer, signatures);
    }

    /** Takes every signature for good but one of so many times the letter {@code forged}. */
    private static final class Recorder implements ChunkSignatures {
        private final List<String> seen = new ArrayList<>();
        private final String forged;
        private String data = "";

        Recorder(String forged) {
            this.forged = forged;
        }

        @Override
        public void update(ByteBuf more) {
            data += more.toString(US_ASCII);
        }

        @Override
        public boolean endsChunk(String signature) {
            return judge(data, signature);
        }

        @Override
        public boolean endsTrailers(String trailers, String signature) {
            return judge(trailers, signature);
        }

        private boolean judge(String text, String signature) {
            seen.add(text + " " + signature.charAt(0));
            data = "";
            return forged.isEmpty() || !signature.startsWith(forged);
        }
    }
}
