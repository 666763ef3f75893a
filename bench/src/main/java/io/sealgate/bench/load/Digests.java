package io.sealgate.bench.load;

import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The digests of a payload as COS spells them.
 *
 * @param contentMd5 base64 of the MD5, for {@code Content-MD5}
 * @param etag the MD5 in quoted hex
 * @param crc64 the CRC-64/XZ as unsigned decimal, for {@code x-cos-hash-crc64ecma}
 * @param md5Cpu what this JDK's MD5 alone costs over the payload: the floor below any verified upload
 */
public record Digests(String contentMd5, String etag, String crc64, Duration md5Cpu) {

    public static Digests of(Payload payload) {
        MessageDigest md5 = md5();
        // Compiled code is what the floor is about, so the first blocks are hashed unwatched.
        new Payload(Math.min(payload.length(), 128L << 20)).forEachBlock((bytes, size) -> md5.update(bytes, 0, size));
        md5.reset();
        long before = cpuNanos();
        payload.forEachBlock((bytes, size) -> md5.update(bytes, 0, size));
        byte[] digest = md5.digest();
        Duration cpu = Duration.ofNanos(cpuNanos() - before);
        Crc64 crc64 = new Crc64();
        payload.forEachBlock((bytes, size) -> crc64.update(bytes, 0, size));
        return new Digests(
                Base64.getEncoder().encodeToString(digest),
                '"' + HexFormat.of().formatHex(digest) + '"',
                Long.toUnsignedString(crc64.value()),
                cpu);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5: missing in this JDK (every Java platform must have it)", e);
        }
    }
}
