package io.sealgate.integrity;

import java.util.Optional;

/**
 * Remembers what was stored as the parts of multipart uploads that are not completed yet, as far as there is room: what is
 * forgotten cannot be checked, which is no error. Thread-safe; must not block.
 */
public interface PartLedger {

    /**
     * One multipart upload.
     *
     * @param bucket   bucket with appid
     * @param uploadId as the origin gave it
     */
    record Upload(String bucket, String uploadId) {}

    /**
     * One part as it was stored last.
     *
     * @param etag  as the origin said it, without quotes
     * @param crc64 of its bytes
     * @param bytes its length
     */
    record Part(String etag, long crc64, long bytes) {}

    /** The part has been stored, in place of any other of that number. */
    void stored(Upload upload, int number, Part part);

    /** What is remembered of the part. */
    Optional<Part> find(Upload upload, int number);

    /** Bytes of all parts that are remembered, but for number {@code except}. */
    long bytes(Upload upload, int except);

    /** The upload is over; nothing about it will be asked any more. */
    void forget(Upload upload);

    /** One that remembers up to {@code parts} parts in this process, those of the uploads that were used last. */
    static PartLedger inMemory(int parts) {
        return new PartsInMemory(parts);
    }
}
