package io.sealgate.bench;

import java.util.Map;

/**
 * How much work a row is, and how much of it goes before the clock starts.
 *
 * @param objectSize bytes of the large object
 * @param warmUps how often each row is performed, unmeasured, before the first round
 */
record Scale(String name, long objectSize, int smallGets, int connections, int handshakes, Map<Work, Integer> warmUps) {
    private static final long MIB = 1L << 20;

    /** The published figures: before the first round the JIT has had some GiB, more than half a million requests and thousands of handshakes to settle. */
    static final Scale FULL = new Scale(
            "full",
            1024 * MIB,
            30_000,
            32,
            1_500,
            Map.of(
                    Work.GET,
                    3,
                    Work.PUT,
                    2,
                    Work.PUT_WITH_MD5,
                    1,
                    Work.SMALL,
                    20,
                    Work.RETURNING_DEVICE,
                    4,
                    Work.NEW_DEVICES,
                    6));

    /** A smoke run: it proves that every rung works; its figures are those of a cold JVM. */
    static final Scale QUICK = new Scale(
            "quick: a smoke run, most of it on a cold JVM",
            64 * MIB,
            3_000,
            32,
            200,
            Map.of(
                    Work.GET,
                    1,
                    Work.PUT,
                    1,
                    Work.PUT_WITH_MD5,
                    1,
                    Work.SMALL,
                    1,
                    Work.RETURNING_DEVICE,
                    1,
                    Work.NEW_DEVICES,
                    1));

    Scale {
        warmUps = Map.copyOf(warmUps);
    }

    String objectSizeText() {
        return objectSize % (1024 * MIB) == 0 ? objectSize / (1024 * MIB) + " GiB" : objectSize / MIB + " MiB";
    }

    int warmUps(Work work) {
        return warmUps.getOrDefault(work, 0);
    }
}
