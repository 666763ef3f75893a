package io.sealgate.bench.policy;

import io.sealgate.core.cam.PolicySet;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What decisions by policies cost: the memory that compiled policies keep, then time and garbage of a decision, by JMH. */
public final class PolicyBench {

    private static final int[] POLICIES = {1, 100, 10_000};
    private static final double KIB = 1024;

    private final List<PolicySet> measured = new ArrayList<>();

    private PolicyBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws RunnerException {
        PolicyBench bench = new PolicyBench();
        bench.kept(1); // what the start of the program leaves behind goes first
        System.out.printf(
                "JDK %s%n%n| policies | KiB kept |%n| ---: | ---: |%n", System.getProperty("java.runtime.version"));
        for (int policies : POLICIES) {
            System.out.printf("| %,d | %,.0f |%n", policies, bench.kept(policies) / KIB);
        }
        new Runner(new OptionsBuilder()
                        .include(DecisionBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    /** By what is free again when they are let go of: unlike what is used before, that has no other causes. */
    private long kept(int count) {
        measured.add(Tenants.compile(count));
        long with = used();
        measured.clear();
        return with - used();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
