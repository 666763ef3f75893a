package io.sealgate.bench.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.integrity.crc64.KernelSelection;
import io.sealgate.integrity.crc64.KernelSelection.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How much each CRC64 kernel of this JDK and machine gets through: GiB for each second of its thread's CPU time, by the size of the
 * chunks. The kernels take turns in every round, so that a disturbance of the machine does not hit one of them alone. The table
 * goes to standard output.
 */
public final class KernelBench {
    private static final int[] CHUNKS = {1024, 16 * 1024, 64 * 1024};

    /** The first of them only warm up. */
    private static final int ROUNDS = 24;

    private static final int COLD_ROUNDS = 4;

    private KernelBench() {}

    public static void main(String[] arguments) {
        List<Crc64Kernel> kernels = kernels();
        System.out.printf(
                "CRC64, GiB per CPU second, median (minimum–maximum) of %d rounds, direct memory, JDK %s%n%n",
                ROUNDS - COLD_ROUNDS, System.getProperty("java.runtime.version"));
        System.out.println("| chunk | kernel | GiB/s |\n| ---: | --- | --- |");
        for (int chunk : CHUNKS) {
            print(chunk, kernels);
        }
    }

    /** What cannot be had here is told on standard error. */
    private static List<Crc64Kernel> kernels() {
        List<Crc64Kernel> kernels = new ArrayList<>();
        for (Choice choice : List.of(Choice.JAVA, Choice.LZMA, Choice.ISAL)) {
            try {
                kernels.add(KernelSelection.of(choice).kernel());
            } catch (IllegalArgumentException e) {
                System.err.println("bench: without " + e.getMessage());
            }
        }
        return kernels;
    }

    private static void print(int chunk, List<Crc64Kernel> kernels) {
        byte[] random = new byte[chunk];
        new Random(1).nextBytes(random);
        ByteBuf bytes = Unpooled.directBuffer(chunk).writeBytes(random);
        List<Turns> turns = kernels.stream().map(Turns::new).toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (Turns kernel : turns) {
                kernel.take(bytes, round >= COLD_ROUNDS);
            }
        }
        for (Turns kernel : turns) {
            System.out.printf("| %d | %s | %s |%n", chunk, kernel.name(), kernel.spread());
        }
        bytes.release();
    }
}
