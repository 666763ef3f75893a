package io.sealgate.bench.crl;

import com.sun.management.ThreadMXBean;
import io.sealgate.bench.report.Spread;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.LargeCrl;
import io.sealgate.core.config.Problems;
import io.sealgate.tls.revocation.CrlConfig;
import io.sealgate.tls.revocation.CrlSet;
import io.sealgate.tls.revocation.Revocation;
import io.sealgate.tls.revocation.RevocationConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a list of a million serials of twenty octets costs: time to read it, memory while that goes on and after, and time to judge a
 * client by it. The table goes to standard output.
 */
public final class CrlBench {

    private static final int SERIALS = 1_000_000;
    private static final int ROUNDS = 11;
    private static final int COLD_ROUNDS = 4;
    private static final int CLIENTS = 1000;
    private static final int JUDGEMENTS = 500_000;
    private static final double MILLIS = 1e6;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CertificateAuthority authority = CertificateAuthority.root("Device CA");
    private final Path directory;

    private CrlBench(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("sealgate-crl");
        try {
            new CrlBench(directory).run();
        } finally {
            Files.deleteIfExists(directory.resolve("list.der"));
            Files.deleteIfExists(directory.resolve("list.pem"));
            Files.delete(directory);
        }
    }

    private void run() throws IOException {
        Path der = directory.resolve("list.der");
        Path pem = directory.resolve("list.pem");
        LargeCrl.write(authority, serials(), der);
        LargeCrl.toPem(der, pem);
        System.out.printf(
                "CRL of %d serials of 20 octets, JDK %s%n%n", SERIALS, System.getProperty("java.runtime.version"));
        System.out.println(
                "| file | MB | cold, ms | cold, CPU ms | warm, ms | warm, CPU ms | allocated, MB | kept, MB |");
        System.out.println("| --- | ---: | ---: | ---: | --- | --- | ---: | ---: |");
        reading(der);
        reading(pem);
        judging(der);
    }

    private void reading(Path file) throws IOException {
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        double cold = 0;
        double coldCpu = 0;
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            long start = System.nanoTime();
            long cpuStart = threads.getCurrentThreadCpuTime();
            load(file);
            double millis = (System.nanoTime() - start) / MILLIS;
            allocated = threads.getThreadAllocatedBytes(thread) - before;
            double cpuMillis = (threads.getCurrentThreadCpuTime() - cpuStart) / MILLIS;
            if (round == 0) {
                cold = millis;
                coldCpu = cpuMillis;
            } else if (round >= COLD_ROUNDS) {
                wall.add(millis);
                cpu.add(cpuMillis);
            }
        }
        System.out.printf(
                "| %s | %.1f | %.0f | %.0f | %s | %s | %.1f | %.1f |%n",
                file.getFileName(),
                Files.size(file) / MILLIS,
                cold,
                coldCpu,
                Spread.of(wall),
                Spread.of(cpu),
                allocated / MILLIS,
                kept(file) / MILLIS);
    }

    /** What is on the heap with the lists and was not without them. */
    private long kept(Path file) {
        long without = used();
        CrlSet crls = load(file);
        long with = used();
        if (crls.statuses().isEmpty()) {
            throw new IllegalStateException("lists: none (expected: one)");
        }
        return with - without;
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void judging(Path file) {
        CrlSet crls = load(file);
        Revocation revocation = new Revocation(rules(List.of()), () -> crls, InstantSource.system(), stale -> {});
        System.out.println("\n| client | judged in, CPU ns |\n| --- | --- |");
        System.out.printf("| not revoked | %s |%n", judging(revocation, paths(null)));
        System.out.printf("| revoked | %s |%n", judging(revocation, paths(serials())));
    }

    private Spread judging(Revocation revocation, List<List<X509Certificate>> paths) {
        List<Double> nanos = new ArrayList<>();
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < JUDGEMENTS; i++) {
                Optional<Revocation.Refusal> refusal = revocation.judge(paths.get(i % CLIENTS));
                refused += refusal.isPresent() ? 1 : 0;
            }
            if (round >= COLD_ROUNDS) {
                nanos.add((threads.getCurrentThreadCpuTime() - start) / (double) JUDGEMENTS);
            }
        }
        if (refused != 0 && refused != (long) ROUNDS * JUDGEMENTS) {
            throw new IllegalStateException("refused: " + refused + " (expected: all or none)");
        }
        return Spread.of(nanos);
    }

    /** Clients with the first of {@code serials}, or with serials of their own. */
    private List<List<X509Certificate>> paths(@Nullable Iterator<BigInteger> serials) {
        List<List<X509Certificate>> paths = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            CertificateSpec spec = CertificateSpec.client("device-" + i);
            X509Certificate client = authority
                    .issue(serials == null ? spec : spec.withSerial(serials.next()))
                    .certificate();
            paths.add(List.of(client, authority.certificate()));
        }
        return paths;
    }

    private CrlSet load(Path file) {
        Problems problems = new Problems();
        RevocationConfig config = new RevocationConfig(rules(List.of(file)));
        return config.load(
                        List.of(authority.certificate()),
                        (oid, parameters) -> Optional.empty(),
                        Instant.now(),
                        problems,
                        problems,
                        "bench")
                .orElseThrow(() -> new IllegalStateException(String.join("; ", problems.lines())));
    }

    private static CrlConfig rules(List<Path> files) {
        return new CrlConfig(files, CrlConfig.Check.CHAIN, CrlConfig.WhenStale.REJECT, Duration.ofHours(24));
    }

    private static Iterator<BigInteger> serials() {
        Random random = new Random(1);
        return random.ints(SERIALS).mapToObj(i -> new BigInteger(159, random)).iterator();
    }
}
