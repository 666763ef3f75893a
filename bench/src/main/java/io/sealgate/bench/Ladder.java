package io.sealgate.bench;

import io.sealgate.bench.load.Target;
import io.sealgate.bench.peer.RunningPeer;
import io.sealgate.bench.peer.Usage;
import io.sealgate.bench.report.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Performs every row on every rung, round by round, the rungs in turn within each row: whatever else the machine is doing
 * then falls on all of them alike. Blocking; for one thread.
 */
final class Ladder {
    static final String DIRECT = "direct";

    /** Bottom to top: {@code direct} has no proxy and shows what client and origin alone can do. */
    static final List<String> RUNGS = List.of(DIRECT, "nginx", "haproxy", "sealgate-mtls", "sealgate-all");

    private final Work.Clients clients;
    private final Scale scale;
    private final Work.Objects objects;
    private final Consumer<String> progress;

    Ladder(Work.Clients clients, Scale scale, Work.Objects objects, Consumer<String> progress) {
        this.clients = clients;
        this.scale = scale;
        this.objects = objects;
        this.progress = progress;
    }

    /** A place to send load to, with the process behind it where there is one. */
    record Rung(String name, Target target, Optional<RunningPeer> peer) {
        Optional<Usage> usage() throws IOException {
            return peer.isPresent() ? Optional.of(peer.get().usage()) : Optional.empty();
        }
    }

    List<Measurement> climb(List<Rung> rungs, List<Work> works, int rounds) throws IOException {
        for (Rung rung : rungs) {
            progress.accept("warming up " + rung.name());
            warmUp(rung, works);
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Work work : works) {
                progress.accept("round " + round + " of " + rounds + ": " + work.title(scale));
                for (Rung rung : rungs) {
                    measurements.add(measure(rung, work, round));
                }
            }
        }
        return measurements;
    }

    /**
     * Twice through all rows, half of each row's share at a time: what a JIT compiled for one row alone it compiles again when another comes,
     * and that should not fall into the first round.
     */
    private void warmUp(Rung rung, List<Work> works) throws IOException {
        for (int pass = 0; pass < 2; pass++) {
            for (Work work : works) {
                for (int i = pass; i < scale.warmUps(work); i += 2) {
                    work.prepare(clients, rung.target(), scale);
                    perform(rung, work);
                }
            }
        }
    }

    private Measurement measure(Rung rung, Work work, int round) throws IOException {
        work.prepare(clients, rung.target(), scale);
        Optional<Usage> before = rung.usage();
        long start = System.nanoTime();
        perform(rung, work);
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        Optional<Usage> after = rung.usage();
        return new Measurement(
                work.title(scale),
                rung.name(),
                round,
                wall,
                after.flatMap(a -> before.map(b -> a.cpu().minus(b.cpu()))),
                after.map(Usage::resident).orElse(0L),
                after.map(Usage::peak).orElse(0L));
    }

    private void perform(Rung rung, Work work) throws IOException {
        try {
            work.perform(clients, rung.target(), scale, objects);
        } catch (IOException e) {
            String said =
                    rung.peer().isPresent() ? " [its log: " + rung.peer().get().logTail() + ']' : "";
            throw new IOException(rung.name() + ": " + work.title(scale) + ": " + e.getMessage() + said, e);
        }
    }
}
