package io.sealgate.origin;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request says its body's MD5 is, if it says so. */
final class ContentMd5 {
    private static final int LENGTH = 16;

    private final byte @Nullable [] expected;

    private ContentMd5(byte @Nullable [] expected) {
        this.expected = expected;
    }

    /** @throws Refusal InvalidDigest if it is not the base64 form of 16 bytes */
    static ContentMd5 of(CosRequest request) {
        String text = request.header("Content-MD5").orElse(null);
        return new ContentMd5(text == null ? null : decode(text));
    }

    private static byte[] decode(String text) {
        try {
            byte[] digest = Base64.getDecoder().decode(text);
            if (digest.length == LENGTH && text.length() == 24) {
                return digest;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below, like a wrong length.
        }
        throw new Refusal(ErrorCode.INVALID_DIGEST, "The Content-MD5 you specified is not valid.");
    }

    boolean present() {
        return expected != null;
    }

    /** @throws Refusal BadDigest if there is an expectation and {@code actual} is something else */
    void verify(Supplier<byte @Nullable []> actual) {
        if (expected != null && !MessageDigest.isEqual(expected, actual.get())) {
            throw new Refusal(ErrorCode.BAD_DIGEST, "The Content-MD5 you specified did not match what we received.");
        }
    }
}
