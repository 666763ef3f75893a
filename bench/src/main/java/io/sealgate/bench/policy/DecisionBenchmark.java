package io.sealgate.bench.policy;

import io.sealgate.core.cam.PolicySet;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.model.CosOperation;
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
import org.openjdk.jmh.annotations.Warmup;

/** What a decision costs with 1, 100 and 10,000 policies on one route. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup first
public class DecisionBenchmark {

    @Param({"1", "100", "10000"})
    public int policies;

    private PolicySet compiled;
    private RequestFacts upload;
    private String own;
    private String other;

    @Setup
    public void compile() {
        compiled = Tenants.compile(policies);
        upload = Upload.by("device-7");
        own = "tenants/" + policies / 2 + "/device-7/2026/06/01/a.jpg";
        other = "tenants/" + policies / 2 + "/device-8/2026/06/01/a.jpg";
        if (!allowed() || deniedByDefault()) {
            throw new IllegalStateException("decision: wrong (expected: its own key allowed, another's denied)");
        }
    }

    @Benchmark
    public boolean allowed() {
        return compiled.decide(CosOperation.PUT_OBJECT, own, upload).isAllowed();
    }

    @Benchmark
    public boolean deniedByDefault() {
        return compiled.decide(CosOperation.PUT_OBJECT, other, upload).isAllowed();
    }
}
