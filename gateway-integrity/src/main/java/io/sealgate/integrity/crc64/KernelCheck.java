package io.sealgate.integrity.crc64;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;

/**
 * Whether somebody else's code computes CRC-64/XZ: a library's name is no promise, and a wrong checksum would break good
 * downloads. Takes a few milliseconds. Stateless; thread-safe.
 */
final class KernelCheck {

    /** Published checksums of short texts, read as unsigned. The first tells apart whether the seed is complemented. */
    private static final Map<String, String> VECTORS = Map.of(
            "", "0",
            "a", "3675645893302102789",
            "hello", "11177612005948864433",
            "hello world", "5981764153023615706",
            "123456789", "11051210869376104954");

    /** Every way in which a vectorised loop can begin and end: its strides are of up to 256 bytes. */
    private static final int SHORT = 300;

    private static final int LONG_ROUNDS = 40;
    private static final int LONGEST = 4 * 1024;
    private static final int ALIGNMENTS = 64;

    private KernelCheck() {}

    /** @throws KernelUnavailableException if {@code candidate} does not agree with the vectors and with {@code reference} */
    static void verify(Crc64Kernel candidate, Crc64Kernel reference) throws KernelUnavailableException {
        // Fixed: a check that fails only now and then would be worse than none.
        Random random = new Random(64);
        ByteBuf memory = Unpooled.directBuffer(ALIGNMENTS + LONGEST);
        try {
            vectors(candidate, memory);
            byte[] bytes = new byte[ALIGNMENTS + LONGEST];
            random.nextBytes(bytes);
            memory.clear().writeBytes(bytes);
            for (int length = 0; length < SHORT; length++) {
                compare(candidate, reference, memory, length, random);
            }
            for (int round = 0; round < LONG_ROUNDS; round++) {
                compare(candidate, reference, memory, random.nextInt(LONGEST + 1), random);
            }
        } finally {
            memory.release();
        }
    }

    private static void vectors(Crc64Kernel candidate, ByteBuf memory) throws KernelUnavailableException {
        for (Map.Entry<String, String> vector : VECTORS.entrySet()) {
            memory.clear().writeCharSequence(vector.getKey(), US_ASCII);
            String checksum = Long.toUnsignedString(candidate.update(0, memory));
            if (!checksum.equals(vector.getValue())) {
                throw new KernelUnavailableException("checksum of '" + vector.getKey() + "': " + checksum
                        + " (expected: " + vector.getValue() + ")");
            }
        }
    }

    private static void compare(Crc64Kernel candidate, Crc64Kernel reference, ByteBuf memory, int length, Random random)
            throws KernelUnavailableException {
        int alignment = random.nextInt(ALIGNMENTS);
        long before = random.nextLong();
        ByteBuf piece = memory.slice(alignment, length);
        if (candidate.update(before, piece) != reference.update(before, piece)) {
            throw new KernelUnavailableException(
                    "checksum of " + length + " bytes at offset " + alignment + ": wrong (expected: CRC-64/XZ)");
        }
    }
}
