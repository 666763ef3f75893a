package io.sealgate.bench.load;

/** An object of the ladder: where it lives, what it holds, and what its digests are. */
public record BenchObject(String path, Payload payload, Digests digests) {

    public static BenchObject of(String path, long length) {
        Payload payload = new Payload(length);
        return new BenchObject(path, payload, Digests.of(payload));
    }

    public long length() {
        return payload.length();
    }
}
