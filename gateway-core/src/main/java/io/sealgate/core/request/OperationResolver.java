package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells operations apart by method, bucket or object, sub-resources in the query, and {@code x-cos-copy-source}. A request is never
 * filed under an operation that ignores something it says: a sub-resource of COS's that the gateway does not serve is 501, a method that
 * does not go with what is asked is 405, sub-resources that contradict each other are 400. Parameters that are none of these
 * are for the operation's closed list to judge.
 */
public final class OperationResolver {

    /** Parameters that choose the operation. */
    private static final Set<String> DISCRIMINATORS =
            Set.of("acl", "tagging", "uploads", "uploadId", "partNumber", "append", "delete");

    /** Sub-resources that COS knows and the gateway does not serve: configuration of buckets, mostly. */
    private static final Set<String> UNSERVED = Set.of(
            "accelerate",
            "asyncfetch",
            "cors",
            "domain",
            "domaincertificate",
            "encryption",
            "intelligenttiering",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "notification",
            "object-lock",
            "origin",
            "policy",
            "referer",
            "rename",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "select-type",
            "symlink",
            "torrent",
            "versioning",
            "versions",
            "website");

    /** Asks S3 for a listing that COS does not know, with other parameters and other elements. */
    private static final String SECOND_LISTING = "list-type";

    /** Sub-resources that the gateway serves on objects only. */
    private static final Set<String> BUCKET_CONFIGURATION = Set.of("acl", "tagging");

    private OperationResolver() {}

    /** The operation, or why there is none. */
    public static Judged<CosOperation> resolve(HttpMethod method, CosTarget target, HttpHeaders headers) {
        for (QueryParameter parameter : target.query()) {
            if (parameter.name().equals(SECOND_LISTING)) {
                return Judged.bad(Rejections.of(
                        CosErrorCode.NOT_IMPLEMENTED,
                        SECOND_LISTING + ": S3's second kind of listing (expected: the first, ListObjects)"));
            }
            if (UNSERVED.contains(parameter.name())) {
                return unserved(parameter.name());
            }
        }
        String asked = asked(target.query());
        boolean isCopy = headers.contains(CopySource.HEADER) || headers.contains(CopySource.S3_HEADER);
        if (isForm(method, asked, headers)) {
            return Judged.bad(
                    Rejections.of(CosErrorCode.NOT_IMPLEMENTED, "POST Object: form upload (expected: PUT Object)"));
        }
        CosOperation operation = target.isBucket() ? onBucket(method, asked) : onObject(method, asked, isCopy);
        if (operation != null) {
            return Judged.good(operation);
        }
        if (target.isBucket() && BUCKET_CONFIGURATION.contains(asked)) {
            return unserved(asked);
        }
        return Judged.bad(
                isCoherent(asked, target.isBucket())
                        ? Rejections.of(
                                CosErrorCode.METHOD_NOT_ALLOWED,
                                "method: " + method + " (expected: one that this resource takes)")
                        : Rejections.of(
                                CosErrorCode.INVALID_ARGUMENT, "query: " + asked + " (expected: one operation)"));
    }

    /** The discriminators in alphabetical order, joined by {@code &}. */
    private static String asked(List<QueryParameter> query) {
        return query.isEmpty()
                ? ""
                : query.stream()
                        .map(QueryParameter::name)
                        .filter(DISCRIMINATORS::contains)
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static Judged<CosOperation> unserved(String name) {
        return Judged.bad(Rejections.of(
                CosErrorCode.NOT_IMPLEMENTED, "sub-resource: " + name + " (expected: one that the gateway serves)"));
    }

    private static @Nullable CosOperation onBucket(HttpMethod method, String asked) {
        return switch (method.name() + " " + asked) {
            case "GET " -> CosOperation.LIST_OBJECTS;
            case "HEAD " -> CosOperation.HEAD_BUCKET;
            case "GET uploads" -> CosOperation.LIST_MULTIPART_UPLOADS;
            case "POST delete" -> CosOperation.DELETE_MULTIPLE_OBJECTS;
            default -> null;
        };
    }

    private static @Nullable CosOperation onObject(HttpMethod method, String asked, boolean isCopy) {
        return switch (method.name() + " " + asked) {
            case "HEAD " -> CosOperation.HEAD_OBJECT;
            case "GET " -> CosOperation.GET_OBJECT;
            case "PUT " -> isCopy ? CosOperation.COPY_OBJECT : CosOperation.PUT_OBJECT;
            case "DELETE " -> CosOperation.DELETE_OBJECT;
            case "POST append" -> CosOperation.APPEND_OBJECT;
            case "POST uploads" -> CosOperation.INITIATE_MULTIPART;
            case "PUT partNumber&uploadId" -> isCopy ? CosOperation.UPLOAD_PART_COPY : CosOperation.UPLOAD_PART;
            case "GET uploadId" -> CosOperation.LIST_PARTS;
            case "POST uploadId" -> CosOperation.COMPLETE_MULTIPART;
            case "DELETE uploadId" -> CosOperation.ABORT_MULTIPART;
            case "GET tagging" -> CosOperation.GET_OBJECT_TAGGING;
            case "PUT tagging" -> CosOperation.PUT_OBJECT_TAGGING;
            case "DELETE tagging" -> CosOperation.DELETE_OBJECT_TAGGING;
            case "GET acl" -> CosOperation.GET_OBJECT_ACL;
            case "PUT acl" -> CosOperation.PUT_OBJECT_ACL;
            default -> null;
        };
    }

    /** Whether some method would make this one operation, so that the method is what is wrong. */
    private static boolean isCoherent(String asked, boolean onBucket) {
        return Set.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST).stream()
                .anyMatch(method -> (onBucket ? onBucket(method, asked) : onObject(method, asked, false)) != null);
    }

    /** POST Object carries key and policy inside a form, so nothing of it is known before the body. */
    private static boolean isForm(HttpMethod method, String asked, HttpHeaders headers) {
        return method.equals(HttpMethod.POST)
                && asked.isEmpty()
                && headers.get(HttpHeaderNames.CONTENT_TYPE, "")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("multipart/form-data");
    }
}
