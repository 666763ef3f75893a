package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The identifiers of one exchange, in the base64 look of COS's. They are labels, not secrets. */
record RequestIds(String requestId, String traceId) {
    static RequestIds next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new RequestIds(label(random, 0x5F), label(random, 0x8E));
    }

    private static String label(ThreadLocalRandom random, int kind) {
        HexFormat hex = HexFormat.of();
        String text = hex.toHexDigits(kind, 2)
                + hex.toHexDigits(random.nextLong(), 14)
                + '_'
                + hex.toHexDigits(random.nextInt());
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }
}
