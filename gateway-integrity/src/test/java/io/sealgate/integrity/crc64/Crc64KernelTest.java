package io.sealgate.integrity.crc64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every kernel; those of libraries that this machine has not are skipped, and the report says why. */
class Crc64KernelTest {

    @Nested
    class Java extends Promises {
        @Override
        Crc64Kernel kernel() {
            return new JavaCrc64();
        }
    }

    @Nested
    class Isal extends NativePromises {
        Isal() {
            super(NativeLibrary.ISAL);
        }
    }

    @Nested
    class Lzma extends NativePromises {
        Lzma() {
            super(NativeLibrary.LZMA);
        }
    }

    private abstract static class NativePromises extends Promises {

        private final NativeLibrary library;

        NativePromises(NativeLibrary library) {
            this.library = library;
        }

        @Override
        Crc64Kernel kernel() {
            try {
                return NativeCrc64.link(library);
            } catch (KernelUnavailableException e) {
                return Assumptions.abort("skipped: no kernel " + library.kernel() + " here: " + e.reason());
            }
        }

        @Test
        void freedMemoryIsNotRead() {
            Crc64Kernel kernel = kernel();
            ByteBuf chunk = Unpooled.directBuffer().writeZero(100);
            chunk.release();

            assertThatThrownBy(() -> kernel.update(0, chunk)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void theSelfCheckPasses() throws KernelUnavailableException {
            KernelCheck.verify(kernel(), new JavaCrc64());
        }

        @Test
        void longRunsOfAnyAlignmentAgreeWithJava() {
            Crc64Kernel kernel = kernel();
            Crc64Kernel java = new JavaCrc64();
            Random random = new Random(3);
            byte[] bytes = new byte[300_000];
            random.nextBytes(bytes);
            ByteBuf memory = Unpooled.directBuffer().writeBytes(bytes);
            for (int round = 0; round < 500; round++) {
                int from = random.nextInt(bytes.length);
                ByteBuf piece = memory.slice(from, random.nextInt(bytes.length - from + 1));
                long before = random.nextLong();

                assertThat(kernel.update(before, piece))
                        .as("%d bytes from %d on", piece.readableBytes(), from)
                        .isEqualTo(java.update(before, piece));
            }
            memory.release();
        }
    }

    private abstract static class Promises {

        /** A kernel, or an aborted test. */
        abstract Crc64Kernel kernel();

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
            Crc64Kernel kernel = kernel();
            Random random = new Random(64);
            IntStream lengths = IntStream.concat(IntStream.rangeClosed(0, 300), IntStream.rangeClosed(4_080, 4_160));
            for (int length : lengths.toArray()) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                ByteBuf buffer = memory.hold(bytes);

                long checksum = kernel.update(0, buffer);

                assertThat(checksum).as("%d bytes", length).isEqualTo(Definition.checksum(bytes));
                buffer.release();
            }
        }

        @Test
        void piecesOfAnySizeInBuffersOfAnyKindSumUpToTheWhole() {
            Crc64Kernel kernel = kernel();
            Random random = new Random(2026);
            byte[] bytes = new byte[30_000];
            random.nextBytes(bytes);
            long whole = Definition.checksum(bytes);
            List<Memory> kinds = List.of(Memory.values());
            for (int round = 0; round < 300; round++) {
                Crc64Ecma crc = new Crc64Ecma(kernel);
                for (int from = 0, to; from < bytes.length; from = to) {
                    to = Math.min(bytes.length, from + random.nextInt(1 << (1 + random.nextInt(14))));
                    Memory memory = kinds.get(random.nextInt(kinds.size()));
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
            Crc64Kernel kernel = kernel();
            ByteBuf chunk = memory.hold(new byte[100]);
            int from = chunk.readerIndex();
            ByteBuf before = Unpooled.copiedBuffer(chunk);

            kernel.update(0, chunk);

            assertThat(chunk.refCnt()).isEqualTo(1);
            assertThat(chunk.readerIndex()).isEqualTo(from);
            assertThat(chunk).isEqualTo(before);
            chunk.release();
        }

        private String checksum(byte[] bytes) {
            Crc64Ecma crc = new Crc64Ecma(kernel());
            ByteBuf chunk = Unpooled.directBuffer().writeBytes(bytes);
            crc.update(chunk);
            chunk.release();
            return crc.text();
        }
    }
}
