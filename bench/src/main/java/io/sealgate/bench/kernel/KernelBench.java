package io.sealgate.bench.kernel;

import io.sealgate.integrity.crc64.KernelSelection;
import io.sealgate.integrity.crc64.KernelSelection.Choice;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** How much each CRC64 kernel of this JDK and machine gets through, by the size of the chunks: JMH's figures as a table on standard output. */
public final class KernelBench {

    private static final double NANOS = 1e9;
    private static final double GIB = 1L << 30;

    private KernelBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(KernelBenchmark.class.getName())
                .param("kernel", kernels())
                .build();
        System.out.printf("CRC64, direct memory, JDK %s%n%n", System.getProperty("java.runtime.version"));
        List<String> rows =
                new Runner(options).run().stream().map(KernelBench::row).toList();
        System.out.printf("%n| chunk | kernel | GiB/s |%n| ---: | --- | --- |%n");
        rows.forEach(System.out::println);
    }

    /** What cannot be had here is told on standard error. */
    private static String[] kernels() {
        List<String> kernels = new ArrayList<>();
        for (Choice choice : List.of(Choice.JAVA, Choice.LZMA, Choice.ISAL)) {
            try {
                KernelSelection.of(choice);
                kernels.add(choice.name());
            } catch (IllegalArgumentException e) {
                System.err.println("bench: without " + e.getMessage());
            }
        }
        return kernels.toArray(String[]::new);
    }

    /** The interval is JMH's, of 99.9 %. */
    private static String row(RunResult run) {
        int chunk = Integer.parseInt(run.getParams().getParam("chunk"));
        Result<?> nanos = run.getPrimaryResult();
        double[] interval = nanos.getStatistics().getConfidenceIntervalAt(0.999);
        return String.format(
                "| %d | %s | %.2f (%.2f–%.2f) |",
                chunk,
                run.getParams().getParam("kernel"),
                rate(chunk, nanos.getScore()),
                rate(chunk, interval[1]),
                rate(chunk, interval[0]));
    }

    private static double rate(int chunk, double nanos) {
        return chunk / GIB * NANOS / nanos;
    }
}
