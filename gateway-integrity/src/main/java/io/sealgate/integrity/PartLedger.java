package io.sealgate.integrity;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.ValuesDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was sent and stored as the parts of multipart uploads that are not completed yet, as far as there is
 * room. A part counts from the moment that it is sent: the origin stores it whether or not anybody waits for the
 * response. What is forgotten has to be asked for. Thread-safe; must not block.
 */
public interface PartLedger {

    /**
     * One multipart upload, as a digest: keys and upload ids can be long, and clients can invent many of them.
     *
     * @param digest SHA-256 of bucket, region, key and upload id, a character for each octet
     */
    record Upload(String digest) {

        /** @param uploadId as the origin gave it */
        static Upload of(CosResource object, String uploadId) {
            List<byte[]> names = Stream.of(object.bucket(), object.region(), object.key(), uploadId)
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toList();
            return new Upload(new String(ValuesDigest.sha256(names), StandardCharsets.ISO_8859_1));
        }
    }

    /**
     * One part as the origin said that it has stored it.
     *
     * @param etag  as {@link io.sealgate.core.model.NamedPart} has it
     * @param crc64 of its bytes, or {@code null} if it was not computed
     * @param bytes its length
     */
    record Part(String etag, @Nullable Long crc64, long bytes) {}

    /**
     * The part is about to be sent, perhaps in place of another one of that number: from now on it counts with the
     * largest of its sizes.
     *
     * @param client who sends it: an upload that is new is remembered out of this client's share
     * @param most   bytes that all parts may have together
     * @return false, and it does not count, if they would have more
     */
    boolean sent(ClientKey client, Upload upload, int number, long bytes, long most);

    /** The origin has refused a part that was {@link #sent}: it counts as if that had not been. */
    void refused(ClientKey client, Upload upload, int number, long bytes);

    /** The origin has stored a part that was {@link #sent}. */
    void stored(ClientKey client, Upload upload, int number, Part part);

    /** The part that the origin last said that it has stored under that number. */
    Optional<Part> find(Upload upload, int number);

    /** The most bytes that all parts have together, but for number {@code except}. */
    long bytes(Upload upload, int except);

    /** The upload is over; nothing about it will be asked any more. */
    void forget(Upload upload);

    /**
     * One that remembers up to {@code parts} parts in this process; no client makes it forget what others have sent.
     */
    static PartLedger inMemory(int parts) {
        return new PartsInMemory(parts);
    }
}
