package io.sealgate.core.rewrite;

import io.sealgate.core.model.CosOperation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What each operation takes: a closed list of request headers and one of query parameters. Where the gateway signs, it lends clients a
 * key that may do more than they may, so whatever is not listed here is not signed and not sent. Encryption headers are not here: they are
 * {@link EncryptionRule}'s.
 *
 * @param headers    lower-case names that may pass
 * @param metadata   whether {@code x-cos-meta-*} may pass
 * @param gated      lower-case names that do what an operation of its own does, and pass only where the route serves that one too
 * @param parameters query parameters that the operation knows
 */
record ClosedList(Set<String> headers, boolean metadata, Map<String, CosOperation> gated, Set<String> parameters) {

    private static final String METADATA_PREFIX = "x-cos-meta-";

    private static final List<String> ACCESS = List.of(
            "x-cos-acl",
            "x-cos-grant-read",
            "x-cos-grant-write",
            "x-cos-grant-read-acp",
            "x-cos-grant-write-acp",
            "x-cos-grant-full-control");

    private static final List<String> PRECONDITIONS =
            List.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since");

    private static final List<String> CONTENT = List.of(
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-type",
            "expires",
            "x-cos-storage-class");

    private static final List<String> COPY_SOURCE = List.of(
            "x-cos-copy-source",
            "x-cos-copy-source-if-match",
            "x-cos-copy-source-if-none-match",
            "x-cos-copy-source-if-modified-since",
            "x-cos-copy-source-if-unmodified-since");

    private static final List<String> DIGESTS = List.of("content-md5", "x-cos-content-sha1");

    private static final List<String> DOCUMENT = List.of("content-md5", "content-type");

    private static final Map<CosOperation, ClosedList> LISTS = lists();

    /** The list of an operation. */
    static ClosedList of(CosOperation operation) {
        // every operation has one: see lists()
        return Objects.requireNonNull(LISTS.get(operation));
    }

    /** Whether {@code name}, lower case, may pass on a route that serves {@code served}. */
    boolean admits(String name, Set<CosOperation> served) {
        CosOperation gate = gated.get(name);
        return headers.contains(name)
                || (metadata && name.startsWith(METADATA_PREFIX) && name.length() > METADATA_PREFIX.length())
                || (gate != null && served.contains(gate));
    }

    private static Map<CosOperation, ClosedList> lists() {
        Map<CosOperation, ClosedList> lists = new EnumMap<>(CosOperation.class);
        for (CosOperation operation : CosOperation.values()) {
            lists.put(operation, build(operation));
        }
        return lists;
    }

    private static ClosedList build(CosOperation operation) {
        return switch (operation) {
            case HEAD_OBJECT ->
                new Builder()
                        .headers(PRECONDITIONS)
                        .headers("range")
                        .parameters("versionId")
                        .list();
            case GET_OBJECT ->
                new Builder()
                        .headers(PRECONDITIONS)
                        .headers("range", "if-range", "x-cos-traffic-limit")
                        .parameters("versionId", "x-cos-traffic-limit")
                        .parameters("response-content-type", "response-content-language", "response-expires")
                        .parameters(
                                "response-cache-control", "response-content-disposition", "response-content-encoding")
                        .list();
            case PUT_OBJECT ->
                new Builder()
                        .object()
                        .headers(PRECONDITIONS)
                        .headers(DIGESTS)
                        .headers("x-cos-forbid-overwrite", "x-cos-traffic-limit")
                        .parameters("x-cos-traffic-limit")
                        .list();
            case APPEND_OBJECT ->
                new Builder()
                        .object()
                        .headers(DIGESTS)
                        .headers("x-cos-traffic-limit")
                        .parameters("append", "position", "x-cos-traffic-limit")
                        .list();
            case INITIATE_MULTIPART ->
                new Builder()
                        .object()
                        .headers("content-md5", "x-cos-forbid-overwrite")
                        .parameters("uploads")
                        .list();
            case UPLOAD_PART ->
                new Builder()
                        .headers(DIGESTS)
                        .headers("content-type", "x-cos-traffic-limit")
                        .parameters("partNumber", "uploadId", "x-cos-traffic-limit")
                        .list();
            case LIST_PARTS ->
                new Builder()
                        .parameters("uploadId", "encoding-type", "max-parts", "part-number-marker")
                        .list();
            case LIST_MULTIPART_UPLOADS ->
                new Builder()
                        .parameters("uploads", "prefix", "delimiter", "encoding-type")
                        .parameters("key-marker", "upload-id-marker", "max-uploads")
                        .list();
            case COMPLETE_MULTIPART ->
                new Builder()
                        .headers(DOCUMENT)
                        .headers(PRECONDITIONS)
                        .headers("x-cos-forbid-overwrite")
                        .parameters("uploadId")
                        .list();
            case ABORT_MULTIPART -> new Builder().parameters("uploadId").list();
            case COPY_OBJECT ->
                new Builder()
                        .object()
                        .headers(COPY_SOURCE)
                        .headers("x-cos-metadata-directive", "x-cos-forbid-overwrite")
                        .gated(CosOperation.PUT_OBJECT_TAGGING, "x-cos-tagging-directive")
                        .list();
            case UPLOAD_PART_COPY ->
                new Builder()
                        .headers(COPY_SOURCE)
                        .headers("x-cos-copy-source-range")
                        .parameters("partNumber", "uploadId")
                        .list();
            case DELETE_OBJECT ->
                new Builder().headers(PRECONDITIONS).parameters("versionId").list();
            case DELETE_MULTIPLE_OBJECTS ->
                new Builder().headers(DOCUMENT).parameters("delete").list();
            case LIST_OBJECTS ->
                new Builder()
                        .parameters("prefix", "delimiter", "marker", "max-keys", "encoding-type")
                        .list();
            case HEAD_BUCKET -> new Builder().list();
            case GET_OBJECT_TAGGING, DELETE_OBJECT_TAGGING ->
                new Builder().parameters("tagging", "versionId").list();
            case PUT_OBJECT_TAGGING ->
                new Builder()
                        .headers(DOCUMENT)
                        .parameters("tagging", "versionId")
                        .list();
            case GET_OBJECT_ACL -> new Builder().parameters("acl", "versionId").list();
            case PUT_OBJECT_ACL ->
                new Builder()
                        .headers(DOCUMENT)
                        .access()
                        .parameters("acl", "versionId")
                        .list();
        };
    }

    /** Puts one list together. */
    private static final class Builder {
        private final Set<String> headers = new HashSet<>();
        private final Set<String> parameters = new HashSet<>();
        private final Map<String, CosOperation> gated = new HashMap<>();
        private boolean metadata;

        /** Everything that describes an object at its birth. */
        Builder object() {
            metadata = true;
            return headers(CONTENT)
                    .gated(CosOperation.PUT_OBJECT_TAGGING, "x-cos-tagging")
                    .access();
        }

        Builder access() {
            return gated(CosOperation.PUT_OBJECT_ACL, ACCESS.toArray(String[]::new));
        }

        Builder gated(CosOperation gate, String... names) {
            for (String name : names) {
                gated.put(name, gate);
            }
            return this;
        }

        Builder headers(List<String> names) {
            headers.addAll(names);
            return this;
        }

        Builder headers(String... names) {
            return headers(List.of(names));
        }

        Builder parameters(String... names) {
            parameters.addAll(List.of(names));
            return this;
        }

        ClosedList list() {
            return new ClosedList(Set.copyOf(headers), metadata, Map.copyOf(gated), Set.copyOf(parameters));
        }
    }
}
