package io.sealgate.core.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a list of values, each with its length before it, so that no two lists give the same bytes. */
public final class ValuesDigest {

    private ValuesDigest() {}

    /** The 32 bytes of the digest. */
    public static byte[] sha256(Iterable<byte[]> values) {
        MessageDigest digest = sha256();
        for (byte[] value : values) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value.length));
            digest.update(value);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }
}
