package io.sealgate.origin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A committed object.
 *
 * @param crc64 CRC-64/XZ of the bytes; an unsigned number
 * @param etag with its quotes
 * @param metadata the headers kept at upload and given back on reading: Content-Type, {@code x-cos-meta-*} and such
 * @param file holds exactly the object's bytes; replaced, never changed
 */
public record StoredObject(
        String bucket,
        String key,
        long size,
        String etag,
        long crc64,
        Instant modified,
        Origin origin,
        Headers metadata,
        Encryption encryption,
        String acl,
        Map<String, String> tags,
        Path file) {
    /** How the object came to be; only appended ones may be appended to. */
    public enum Origin {
        PUT,
        MULTIPART,
        APPEND
    }

    public StoredObject {
        tags = Map.copyOf(tags);
    }

    ObjectName name() {
        return new ObjectName(bucket, key);
    }

    /** The whole object in memory. */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** MD5 of the bytes, in lower-case hex, computed anew from the file. */
    public String md5() {
        return Digests.md5Hex(file);
    }

    /** The CRC as COS writes it. */
    public String crc64Text() {
        return Long.toUnsignedString(crc64);
    }

    StoredObject withAcl(String newAcl) {
        return new StoredObject(
                bucket, key, size, etag, crc64, modified, origin, metadata, encryption, newAcl, tags, file);
    }

    StoredObject withTags(Map<String, String> newTags) {
        return new StoredObject(
                bucket, key, size, etag, crc64, modified, origin, metadata, encryption, acl, newTags, file);
    }
}
