package io.sealgate.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Crc64EcmaTest {

    private enum Memory {
        HEAP,
        DIRECT,
        READ_ONLY,
        COMPOSITE;

        /** A buffer of this kind that holds the bytes behind a reader index that is not 0. */
        ByteBuf hold(byte[] bytes) {
            byte[] padded = new byte[bytes.length + 3];
            System.arraycopy(bytes, 0, padded, 3, bytes.length);
            ByteBuf buffer =
                    switch (this) {
                        case HEAP -> Unpooled.wrappedBuffer(padded);
                        case DIRECT -> Unpooled.directBuffer().writeBytes(padded);
                        case READ_ONLY ->
                            Unpooled.directBuffer().writeBytes(padded).asReadOnly();
                        case COMPOSITE -> composite(padded);
                    };
            return buffer.skipBytes(3);
        }

        private static ByteBuf composite(byte[] bytes) {
            int cut = bytes.length / 3;
            CompositeByteBuf composite = UnpooledByteBufAllocator.DEFAULT.compositeBuffer();
            return composite.addComponents(
                    true,
                    Unpooled.copiedBuffer(bytes, 0, cut),
                    Unpooled.directBuffer().writeBytes(bytes, cut, cut),
                    Unpooled.copiedBuffer(bytes, 2 * cut, bytes.length - 2 * cut));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "a, 3675645893302102789",
        "hello, 11177612005948864433",
        "hello world, 5981764153023615706",
        "123456789, 11051210869376104954"
    })
    void knownTextHasItsKnownChecksum(String text, String expected) {
        assertThat(checksum(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1048576, 97, 6701094182323390671", "32, 0, 14509182247117337356", "32, 255, 16815823765876284111"})
    void knownRunHasItsKnownChecksum(int length, int value, String expected) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);

        assertThat(checksum(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Memory.class)
    void everyLengthAgreesWithTheDefinition(Memory memory) {
        Random random = new Random(64);
        IntStream lengths = IntStream.concat(IntStream.rangeClosed(0, 200), IntStream.rangeClosed(4_080, 4_160));
        for (int length : lengths.toArray()) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            ByteBuf buffer = memory.hold(bytes);
            Crc64Ecma crc = new Crc64Ecma();

            crc.update(buffer);

            assertThat(crc.value()).as("%d bytes", length).isEqualTo(bitByBit(bytes));
            buffer.release();
        }
    }

    @ParameterizedTest
    @EnumSource(Memory.class)
    void piecesOfAnySizeSumUpToTheWhole(Memory memory) {
        Random random = new Random(2026);
        byte[] bytes = new byte[20_000];
        random.nextBytes(bytes);
        long whole = bitByBit(bytes);
        for (int round = 0; round < 50; round++) {
            Crc64Ecma crc = new Crc64Ecma();
            for (int from = 0, to; from < bytes.length; from = to) {
                to = Math.min(bytes.length, from + random.nextInt(1 << (1 + random.nextInt(13))));
                ByteBuf piece = memory.hold(Arrays.copyOfRange(bytes, from, to));
                crc.update(piece);
                piece.release();
            }
            assertThat(crc.value()).as("round %d", round).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Memory.class)
    void chunkIsOnlyBorrowed(Memory memory) {
        ByteBuf chunk = memory.hold(new byte[100]);

        new Crc64Ecma().update(chunk);

        assertThat(chunk.refCnt()).isEqualTo(1);
        assertThat(chunk.readerIndex()).isEqualTo(3);
        assertThat(chunk.readableBytes()).isEqualTo(100);
        chunk.release();
    }

    @Test
    void checksumsOfAdjacentPiecesCombine() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] whole = new byte[random.nextInt(5_000)];
            random.nextBytes(whole);
            int cut = random.nextInt(whole.length + 1);
            long first = bitByBit(Arrays.copyOf(whole, cut));
            long second = bitByBit(Arrays.copyOfRange(whole, cut, whole.length));

            assertThat(Crc64Combine.combine(first, second, whole.length - cut)).isEqualTo(bitByBit(whole));
        }
    }

    private static String checksum(byte[] bytes) {
        Crc64Ecma crc = new Crc64Ecma();
        crc.update(Unpooled.wrappedBuffer(bytes));
        return crc.text();
    }

    /** The definition, with neither tables nor lanes. */
    private static long bitByBit(byte[] bytes) {
        long register = -1;
        for (byte b : bytes) {
            register ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                register = (register & 1) == 0 ? register >>> 1 : (register >>> 1) ^ 0xC96C5795D7870F42L;
            }
        }
        return ~register;
    }
}
