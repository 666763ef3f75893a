package io.sealgate.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The uploads in progress, in memory: a restart forgets them, and the store sweeps their files. */
final class MultipartUploads {
    /** One finished part and the file that holds it. */
    record Part(int number, String etag, long crc64, long size, Instant modified, Path file) {}

    /** What one upload has collected. Its monitor guards it, so no part comes in while it is completed. */
    static final class Upload {
        private final String id;
        private final ObjectName name;
        private final StoredObject draft;
        private final NavigableMap<Integer, Part> parts = new TreeMap<>();
        private boolean closed;

        private Upload(String id, StoredObject draft) {
            this.id = id;
            this.name = draft.name();
            this.draft = draft;
        }

        String id() {
            return id;
        }

        ObjectName name() {
            return name;
        }

        /** What the head of the Initiate said about the object to come. */
        StoredObject draft() {
            return draft;
        }

        /** Takes the part, which replaces one of its number. */
        synchronized void add(Part part) throws IOException {
            requireOpen();
            Part replaced = parts.put(part.number(), part);
            if (replaced != null) {
                Files.deleteIfExists(replaced.file());
            }
        }

        synchronized List<Part> parts() {
            return new ArrayList<>(parts.values());
        }

        synchronized void requireOpen() {
            if (closed) {
                throw noSuchUpload();
            }
        }

        private synchronized void close() throws IOException {
            closed = true;
            for (Part part : parts.values()) {
                Files.deleteIfExists(part.file());
            }
            parts.clear();
        }
    }

    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    /** @param draft describes the object to come; its size, digests and file mean nothing yet */
    Upload begin(StoredObject draft) {
        Upload upload = new Upload(UUID.randomUUID().toString().replace("-", ""), draft);
        uploads.put(upload.id(), upload);
        return upload;
    }

    Upload need(CosRequest request) {
        Upload upload = uploads.get(request.query().first("uploadId").orElse(""));
        if (upload == null || !upload.name().equals(request.name())) {
            throw noSuchUpload();
        }
        return upload;
    }

    /** Ends the upload and deletes its parts. */
    void end(Upload upload) throws IOException {
        uploads.remove(upload.id());
        upload.close();
    }

    /** Of one bucket, by key and then by age. */
    List<Upload> of(String bucket) {
        return uploads.values().stream()
                .filter(upload -> upload.name().bucket().equals(bucket))
                .sorted(Comparator.comparing(Upload::name)
                        .thenComparing(upload -> upload.draft().modified())
                        .thenComparing(Upload::id))
                .toList();
    }

    private static Refusal noSuchUpload() {
        return new Refusal(ErrorCode.NO_SUCH_UPLOAD, "The upload does not exist, or is completed or aborted.");
    }
}
