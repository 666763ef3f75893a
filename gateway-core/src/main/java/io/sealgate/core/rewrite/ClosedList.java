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
    private static final String TRAFFIC_LIMIT = "x-cos-traffic-limit";

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

    private static final List<String> RESPONSE = List.of(
            "response-content-type",
            "response-content-language",
            "response-expires",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding");

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

    /**
     * Whether {@code name}, lower case, is a header of a Put on a request of a multipart upload on which COS ignores
     * it: SDKs copy what was said of the object to every request of its upload. What a route refuses where the upload
     * begins, it refuses on all of these.
     */
    static boolean ignores(CosOperation operation, String name, Set<CosOperation> served) {
        return (operation == CosOperation.INITIATE_MULTIPART && name.equals(TRAFFIC_LIMIT))
                || (operation.is(CosOperation.Trait.CONTINUES_UPLOAD)
                        && (name.equals(TRAFFIC_LIMIT)
                                || of(CosOperation.INITIATE_MULTIPART).admits(name, served)));
    }

    private static Map<CosOperation, ClosedList> lists() {
        Map<CosOperation, ClosedList> lists = new EnumMap<>(CosOperation.class);
        for (CosOperation operation : CosOperation.values()) {
            lists.put(operation, extend(new Builder(operation)).list());
        }
        return lists;
    }

    /** What an operation takes beside what its form and its document need. */
    private static Builder extend(Builder list) {
        return switch (list.operation) {
            case HEAD_OBJECT -> list.headers(PRECONDITIONS).headers("range").parameters("versionId");
            case GET_OBJECT ->
                list.headers(PRECONDITIONS)
                        .headers("range", "if-range", TRAFFIC_LIMIT)
                        .parameters("versionId", TRAFFIC_LIMIT)
                        .parameters(RESPONSE);
            case OPTIONS_OBJECT ->
                list.headers("origin", "access-control-request-method", "access-control-request-headers")
                        .parameters("versionId", "acl", "tagging", "uploads", "uploadId", "partNumber", "append")
                        .parameters("position", TRAFFIC_LIMIT)
                        .parameters(RESPONSE);
            case PUT_OBJECT ->
                list.object()
                        .headers(PRECONDITIONS)
                        .headers(DIGESTS)
                        .headers("x-cos-forbid-overwrite", TRAFFIC_LIMIT)
                        .parameters(TRAFFIC_LIMIT);
            case APPEND_OBJECT ->
                list.object().headers(DIGESTS).headers(TRAFFIC_LIMIT).parameters("position", TRAFFIC_LIMIT);
            case INITIATE_MULTIPART -> list.object().headers("content-md5", "x-cos-forbid-overwrite");
            case UPLOAD_PART ->
                list.headers(DIGESTS).headers("content-type", TRAFFIC_LIMIT).parameters(TRAFFIC_LIMIT);
            case LIST_PARTS -> list.parameters("encoding-type", "max-parts", "part-number-marker");
            case LIST_MULTIPART_UPLOADS ->
                list.parameters("prefix", "delimiter", "encoding-type")
                        .parameters("key-marker", "upload-id-marker", "max-uploads");
            case COMPLETE_MULTIPART -> list.headers(PRECONDITIONS).headers("x-cos-forbid-overwrite");
            case COPY_OBJECT ->
                list.object()
                        .headers(COPY_SOURCE)
                        .headers("x-cos-metadata-directive", "x-cos-forbid-overwrite")
                        .gated(CosOperation.PUT_OBJECT_TAGGING, "x-cos-tagging-directive");
            case UPLOAD_PART_COPY -> list.headers(COPY_SOURCE).headers("x-cos-copy-source-range");
            case DELETE_OBJECT -> list.headers(PRECONDITIONS).parameters("versionId");
            case LIST_OBJECTS -> list.parameters("prefix", "delimiter", "marker", "max-keys", "encoding-type");
            case LIST_OBJECT_VERSIONS ->
                list.parameters("prefix", "delimiter", "max-keys", "encoding-type")
                        .parameters("key-marker", "version-id-marker");
            case GET_OBJECT_TAGGING,
                    PUT_OBJECT_TAGGING,
                    DELETE_OBJECT_TAGGING,
                    GET_OBJECT_ACL,
                    POST_OBJECT_RESTORE,
                    GET_OBJECT_RETENTION,
                    PUT_OBJECT_RETENTION,
                    GET_OBJECT_LEGAL_HOLD,
                    PUT_OBJECT_LEGAL_HOLD -> list.parameters("versionId");
            case PUT_OBJECT_ACL -> list.access(CosOperation.PUT_OBJECT_ACL).parameters("versionId");
            case PUT_BUCKET ->
                list.access(CosOperation.PUT_BUCKET_ACL).gated(CosOperation.PUT_BUCKET_TAGGING, "x-cos-tagging");
            case PUT_BUCKET_ACL -> list.access(CosOperation.PUT_BUCKET_ACL);
            case LIST_BUCKET_INVENTORY -> list.parameters("continuation-token");
            case GET_BUCKET_DOMAIN_CERTIFICATE, DELETE_BUCKET_DOMAIN_CERTIFICATE -> list.parameters("domainname");
            default -> list;
        };
    }

    /** Puts one list together. */
    private static final class Builder {
        private final CosOperation operation;
        private final Set<String> headers = new HashSet<>();
        private final Set<String> parameters = new HashSet<>();
        private final Map<String, CosOperation> gated = new HashMap<>();
        private boolean metadata;

        Builder(CosOperation operation) {
            this.operation = operation;
            parameters.addAll(operation.form().subresources());
            if (operation.is(CosOperation.Trait.CHECKS_CONTROL_BODY)) {
                headers.addAll(DOCUMENT);
            }
        }

        /** Everything that describes an object at its birth. */
        Builder object() {
            metadata = true;
            return headers(CONTENT)
                    .gated(CosOperation.PUT_OBJECT_TAGGING, "x-cos-tagging")
                    .access(CosOperation.PUT_OBJECT_ACL);
        }

        Builder access(CosOperation gate) {
            return gated(gate, ACCESS.toArray(String[]::new));
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

        Builder parameters(List<String> names) {
            parameters.addAll(names);
            return this;
        }

        Builder parameters(String... names) {
            return parameters(List.of(names));
        }

        ClosedList list() {
            return new ClosedList(Set.copyOf(headers), metadata, Map.copyOf(gated), Set.copyOf(parameters));
        }
    }
}
