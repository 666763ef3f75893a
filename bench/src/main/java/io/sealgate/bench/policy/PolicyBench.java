package io.sealgate.bench.policy;

import com.sun.management.ThreadMXBean;
import io.netty.channel.local.LocalAddress;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.bench.report.Spread;
import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyParser;
import io.sealgate.core.cam.PolicySet;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a decision costs with 1, 100 and 10,000 policies on one route: time, garbage, and the memory that the compiled policies keep. Each policy
 * allows uploads of a tenant's own, up to a size, and denies a part of them. The table goes to standard output.
 */
public final class PolicyBench {

    private static final int[] POLICIES = {1, 100, 10_000};
    private static final int ROUNDS = 15;
    private static final int COLD_ROUNDS = 5;
    private static final int DECISIONS = 200_000;
    private static final double MICROS = 1e3;
    private static final double KIB = 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int allowed;
    private final List<PolicySet> measured = new ArrayList<>();

    private PolicyBench() {}

    public static void main(String[] arguments) {
        System.out.printf(
                "Decisions, CPU time, median (minimum–maximum) of %d rounds, JDK %s%n%n",
                ROUNDS - COLD_ROUNDS, System.getProperty("java.runtime.version"));
        System.out.println(
                "| policies | µs each, allowed | µs each, denied by default | bytes of garbage each | KiB kept |\n| ---: | --- | --- | ---: | ---: |");
        PolicyBench bench = new PolicyBench();
        bench.kept(1); // what the start of the program leaves behind goes first
        for (int policies : POLICIES) {
            bench.measure(policies);
        }
    }

    private void measure(int count) {
        long kept = kept(count);
        PolicySet policies = compile(count);
        UploadFacts facts = UploadFacts.of("device-7");
        String own = "tenants/" + count / 2 + "/device-7/2026/06/01/a.jpg";
        String other = "tenants/" + count / 2 + "/device-8/2026/06/01/a.jpg";
        List<Double> granted = new ArrayList<>();
        List<Double> refused = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double micros = decide(policies, own, facts);
            double more = decide(policies, other, facts);
            if (round >= COLD_ROUNDS) {
                granted.add(micros);
                refused.add(more);
            }
        }
        long garbage = threads.getCurrentThreadAllocatedBytes();
        decide(policies, own, facts);
        garbage = (threads.getCurrentThreadAllocatedBytes() - garbage) / DECISIONS;
        System.out.printf(
                "| %,d | %s | %s | %d | %,.0f |%n", count, Spread.of(granted), Spread.of(refused), garbage, kept / KIB);
        if (allowed == 0) {
            throw new IllegalStateException("allowed: none (expected: every upload of the client's own)");
        }
    }

    private double decide(PolicySet policies, String key, UploadFacts facts) {
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < DECISIONS; i++) {
            if (policies.decide(CosOperation.PUT_OBJECT, key, facts).isAllowed()) {
                allowed++;
            }
        }
        return (threads.getCurrentThreadCpuTime() - start) / MICROS / DECISIONS;
    }

    private static PolicySet compile(int count) {
        Problems problems = new Problems();
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String keys = "${bucket}/tenants/" + i + "/${client.cn}/";
            policies.add(PolicyParser.statements(
                    "tenant-" + i,
                    List.of(
                            statement("allow", keys + "*", "numeric_less_than_equal", "cos:content-length", "5242880"),
                            statement("deny", keys + "kept/*", "string_equal", "cos:host", "gateway.example.com")),
                    problems,
                    "statements"));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.lines().toString());
        }
        return PolicySet.compile(policies, "examplebucket-1250000000", "ap-guangzhou", "bench");
    }

    private static DocumentNode statement(String effect, String resource, String operator, String key, String value) {
        DocumentNode condition = new DocumentNode.Fields(
                Map.of(operator, new DocumentNode.Fields(Map.of(key, new DocumentNode.Text(value)))));
        return new DocumentNode.Fields(Map.of(
                "effect", new DocumentNode.Text(effect),
                "action", new DocumentNode.Text("name/cos:PutObject"),
                "resource", new DocumentNode.Text(resource),
                "condition", condition));
    }

    /** By what is free again when they are let go of: unlike what is used before, that has no other causes. */
    private long kept(int count) {
        measured.add(compile(count));
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

    /** An upload as a gateway would present it. */
    private record UploadFacts(
            ConnectionContext connection,
            RequestHead head,
            CosOperation operation,
            List<QueryParameter> query,
            String hostName)
            implements RequestFacts {

        static UploadFacts of(String name) {
            ClientIdentity client = new ClientIdentity.Certified(
                    "CN=" + name,
                    name,
                    List.of(),
                    "01",
                    "CN=Fleet CA",
                    "ab".repeat(32),
                    "cd".repeat(32),
                    Instant.parse("2030-01-01T00:00:00Z"),
                    List.of());
            RequestHead head = new RequestHead(
                    RequestId.next(),
                    HttpVersion.HTTP_1_1,
                    HttpMethod.PUT,
                    "/",
                    "gateway.example.com",
                    new DefaultHttpHeaders().add("content-type", "image/jpeg"),
                    new BodyFraming.Fixed(100_000),
                    false);
            return new UploadFacts(
                    new ConnectionContext("edge", new LocalAddress("bench"), client, null),
                    head,
                    CosOperation.PUT_OBJECT,
                    List.of(),
                    "gateway.example.com");
        }
    }
}
