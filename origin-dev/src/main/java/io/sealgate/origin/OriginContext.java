package io.sealgate.origin;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What every operation needs, and the few decisions they share. */
record OriginContext(OriginOptions options, ObjectStore store, EncryptionHeaders encryption) {
    private static final long LARGEST_UPLOAD = 5L << 30;
    private static final Set<String> OBJECT_ACLS = Set.of("default", "private", "public-read");

    static final String CRC64 = "x-cos-hash-crc64ecma";
    static final String VERSION_ID = "x-cos-version-id";

    Instant now() {
        return options.clock().instant();
    }

    StoredObject need(CosRequest request) {
        return store.find(request.name()).orElseThrow(Refusal::noSuchKey);
    }

    /** Receives the request's body into a file; whatever can be refused by the head alone is refused here. */
    Step receive(CosRequest request, boolean slow, SpoolReceiver.Operation operation) throws IOException {
        if (request.contentLength().isEmpty() && !request.chunked()) {
            throw new Refusal(ErrorCode.MISSING_CONTENT_LENGTH, "The request has no Content-Length.");
        }
        if (request.contentLength().orElse(0) > LARGEST_UPLOAD) {
            throw new Refusal(ErrorCode.ENTITY_TOO_LARGE, "The body is larger than " + LARGEST_UPLOAD + " bytes.");
        }
        ContentMd5 md5 = ContentMd5.of(request);
        Spool spool = store.spool(md5.present() || !options.skipDigests());
        return new Step.Receive(new SpoolReceiver(spool, md5, slow, operation));
    }

    /** What an answer about {@code object} says of its version: nothing, if its bucket has none. */
    Headers version(StoredObject object) {
        return store.versionId(object)
                .map(id -> Headers.none().and(VERSION_ID, id))
                .orElse(Headers.none());
    }

    void refuseOverwriteEarly(CosRequest request) {
        if (forbidsOverwrite(request)
                && !options.versioning()
                && store.find(request.name()).isPresent()) {
            throw new Refusal(ErrorCode.FILE_ALREADY_EXISTS, "The object exists and must not be overwritten.");
        }
    }

    static boolean forbidsOverwrite(CosRequest request) {
        return request.flag("x-cos-forbid-overwrite");
    }

    static String aclOf(CosRequest request) {
        String acl = request.header("x-cos-acl").orElse("default");
        if (!OBJECT_ACLS.contains(acl)) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "The x-cos-acl of an object is one of " + OBJECT_ACLS);
        }
        return acl;
    }

    /** The tags that an upload brings along. */
    static Map<String, String> tagsOf(CosRequest request) {
        Map<String, String> tags = new HashMap<>();
        QueryString.parse(request.header("x-cos-tagging").orElse(""))
                .parameters()
                .forEach(tag -> tags.put(tag.name(), tag.value()));
        return tags;
    }
}
