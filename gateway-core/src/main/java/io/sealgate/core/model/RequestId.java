package io.sealgate.core.model;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names one exchange in answers ({@code x-cos-request-id}), logs and error bodies. Base64 text, as COS's own ids look: SDKs
 * take an answer without one for a broken endpoint. Unique, not secret.
 */
public record RequestId(String text) {

    /** A new id: seconds since the epoch (sortable) followed by 96 random bits. */
    public static RequestId next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        ByteBuffer bytes = ByteBuffer.allocate(16)
                .putInt((int) (System.currentTimeMillis() / 1000))
                .putInt(random.nextInt())
                .putLong(random.nextLong());
        return new RequestId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()));
    }

    @Override
    public String toString() {
        return text;
    }
}
