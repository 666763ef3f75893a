package io.sealgate.bench.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.integrity.crc64.KernelSelection;
import io.sealgate.integrity.crc64.KernelSelection.Choice;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One chunk of direct memory through one CRC64 kernel. {@link KernelBench} chooses the kernels and tells the result in GiB/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup first
public class KernelBenchmark {

    @Param({"1024", "16384", "65536"})
    public int chunk;

    @Param("JAVA")
    public Choice kernel = Choice.JAVA;

    private Crc64Kernel measured;
    private ByteBuf bytes;
    private long checksum;

    @Setup
    public void fill() {
        measured = KernelSelection.of(kernel).kernel();
        byte[] random = new byte[chunk];
        new Random(1).nextBytes(random);
        bytes = Unpooled.directBuffer(chunk).writeBytes(random);
    }

    @TearDown
    public void free() {
        bytes.release();
    }

    /** Goes on with the checksum of the last, as it would in a stream. */
    @Benchmark
    public long update() {
        checksum = measured.update(checksum, bytes);
        return checksum;
    }
}
