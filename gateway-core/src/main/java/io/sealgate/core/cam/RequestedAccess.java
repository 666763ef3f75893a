package io.sealgate.core.cam;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.CosOperation;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What requests order beside what they are: an upload with an ACL in its headers is a write of that ACL as well. */
public final class RequestedAccess {

    private static final String ACL = "x-cos-acl";
    private static final String PUBLIC_WRITE = "public-read-write";

    private static final List<String> ACCESS = List.of(
            ACL,
            "x-cos-grant-read",
            "x-cos-grant-write",
            "x-cos-grant-read-acp",
            "x-cos-grant-write-acp",
            "x-cos-grant-full-control");

    /** Canned ACLs by which nobody but the owner writes (COS document 436/30752), and those of S3's. */
    private static final Set<String> HARMLESS = Set.of(
            "",
            "default",
            "private",
            "public-read",
            "authenticated-read",
            "bucket-owner-read",
            "bucket-owner-full-control");

    /** These give more than to read. */
    private static final List<String> WRITES =
            List.of("x-cos-grant-write", "x-cos-grant-write-acp", "x-cos-grant-full-control");

    private static final List<String> TAGS = List.of("x-cos-tagging", "x-cos-tagging-directive");

    private RequestedAccess() {}

    /**
     * Whether {@code operation} makes an object or a bucket, and may order an ACL and tags for it; or continues a
     * multipart upload, on which the same may be said once more.
     */
    public static boolean isOrderedWith(CosOperation operation) {
        return switch (operation) {
            case PUT_OBJECT, APPEND_OBJECT, INITIATE_MULTIPART, COPY_OBJECT, PUT_BUCKET -> true;
            default -> operation.is(CosOperation.Trait.CONTINUES_UPLOAD);
        };
    }

    /** Whether {@code operation} writes an ACL and nothing else. */
    public static boolean isAclWrite(CosOperation operation) {
        return operation == CosOperation.PUT_OBJECT_ACL || operation == CosOperation.PUT_BUCKET_ACL;
    }

    /** Whether {@code operation} writes tags and nothing else. */
    static boolean isTagWrite(CosOperation operation) {
        return operation == CosOperation.PUT_OBJECT_TAGGING || operation == CosOperation.PUT_BUCKET_TAGGING;
    }

    /** Whether {@code operation} writes how long something is kept, and nothing else. */
    static boolean isLockWrite(CosOperation operation) {
        return operation == CosOperation.PUT_OBJECT_RETENTION || operation == CosOperation.PUT_BUCKET_OBJECT_LOCK;
    }

    /** What it takes to order an ACL with {@code maker}. */
    public static CosOperation aclWriteWith(CosOperation maker) {
        return maker == CosOperation.PUT_BUCKET ? CosOperation.PUT_BUCKET_ACL : CosOperation.PUT_OBJECT_ACL;
    }

    /** What it takes to order tags with {@code maker}. */
    public static CosOperation tagWriteWith(CosOperation maker) {
        return maker == CosOperation.PUT_BUCKET ? CosOperation.PUT_BUCKET_TAGGING : CosOperation.PUT_OBJECT_TAGGING;
    }

    /** Whether the headers order an ACL. */
    public static boolean setsAcl(HttpHeaders headers) {
        return says(headers, ACCESS);
    }

    /** Whether the headers order tags. */
    public static boolean setsTags(HttpHeaders headers) {
        return says(headers, TAGS);
    }

    /** Whether the headers let everybody write the object, or its ACL. */
    public static boolean isPublicWrite(HttpHeaders headers) {
        if (!headers.getAll(ACL).stream().allMatch(RequestedAccess::isHarmless)) {
            return true;
        }
        for (String grant : WRITES) {
            if (headers.contains(grant) && !headers.getAll(grant).stream().allMatch(Grantees::areAccounts)) {
                return true;
            }
        }
        return false;
    }

    /** Of what is none of COS's words for an ACL nobody knows what COS makes of it. */
    private static boolean isHarmless(String acl) {
        return HARMLESS.contains(acl.strip().toLowerCase(Locale.ROOT));
    }

    /** The headers of a request that lets everybody write, whatever way it says so. */
    public static HttpHeaders withPublicWrite(HttpHeaders headers) {
        return headers.copy().set(ACL, PUBLIC_WRITE);
    }

    private static boolean says(HttpHeaders headers, List<String> names) {
        for (String name : names) {
            if (headers.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
