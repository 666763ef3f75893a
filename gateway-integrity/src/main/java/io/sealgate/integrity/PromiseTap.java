package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares an upload with everything that was promised of one digest. Confined to the exchange's event loop. */
final class PromiseTap implements BodyTap {

    private final S3Checksum algorithm;
    private final List<Promise> promises;
    private final RunningDigest digest;

    /** @param promises at least one */
    PromiseTap(S3Checksum algorithm, List<Promise> promises) {
        this.algorithm = algorithm;
        this.promises = List.copyOf(promises);
        this.digest = algorithm.start();
    }

    @Override
    public void update(ByteBuf chunk) {
        digest.update(chunk);
    }

    @Override
    public TapResult finish() {
        byte[] actual = digest.finish();
        String value = promises.get(0).spelling().apply(actual);
        for (Promise promise : promises) {
            byte[] expected = promise.value().get().orElse(null);
            if (expected == null || !MessageDigest.isEqual(expected, actual)) {
                return new TapResult.Mismatched(algorithm.label(), value, mismatch(promise, expected, actual));
            }
        }
        return new TapResult.Matched(algorithm.label(), value);
    }

    private static GatewayError.Corrupted mismatch(Promise promise, byte @Nullable [] expected, byte[] actual) {
        String said = expected == null ? "missing" : promise.spelling().apply(expected);
        return new GatewayError.Corrupted(
                CosErrorCode.BAD_DIGEST,
                promise.field() + ": " + said + " (expected: "
                        + promise.spelling().apply(actual) + ", of the body received)");
    }
}
