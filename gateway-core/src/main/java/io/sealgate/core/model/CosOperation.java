package io.sealgate.core.model;

import static io.sealgate.core.model.CosOperation.Trait.CHECKS_CONTROL_BODY;
import static io.sealgate.core.model.CosOperation.Trait.IDEMPOTENT;
import static io.sealgate.core.model.CosOperation.Trait.ON_BUCKET;
import static io.sealgate.core.model.CosOperation.Trait.SLOW;
import static io.sealgate.core.model.CosOperation.Trait.STORES_BODY;
import static io.sealgate.core.model.CosOperation.Trait.TAKES_ENCRYPTION;

import java.util.EnumSet;
import java.util.Set;

/**
 * The COS operations that the gateway knows. What is not here is not forwarded: an unknown sub-resource could be a bucket
 * configuration write in the clothes of a Put Object.
 */
public enum CosOperation {
    HEAD_OBJECT("HeadObject", OperationGroup.READ, IDEMPOTENT),
    GET_OBJECT("GetObject", OperationGroup.READ, IDEMPOTENT),
    PUT_OBJECT("PutObject", OperationGroup.WRITE, IDEMPOTENT, TAKES_ENCRYPTION, STORES_BODY),
    APPEND_OBJECT("AppendObject", OperationGroup.WRITE, TAKES_ENCRYPTION, STORES_BODY),
    INITIATE_MULTIPART("InitiateMultipartUpload", OperationGroup.WRITE, TAKES_ENCRYPTION),
    UPLOAD_PART("UploadPart", OperationGroup.WRITE, IDEMPOTENT, STORES_BODY),
    LIST_PARTS("ListParts", OperationGroup.WRITE, IDEMPOTENT),
    LIST_MULTIPART_UPLOADS("ListMultipartUploads", OperationGroup.WRITE, IDEMPOTENT, ON_BUCKET),
    COMPLETE_MULTIPART("CompleteMultipartUpload", OperationGroup.WRITE, SLOW, CHECKS_CONTROL_BODY),
    ABORT_MULTIPART("AbortMultipartUpload", OperationGroup.WRITE, IDEMPOTENT),
    COPY_OBJECT("CopyObject", OperationGroup.COPY, SLOW, IDEMPOTENT, TAKES_ENCRYPTION),
    UPLOAD_PART_COPY("UploadPartCopy", OperationGroup.COPY, SLOW, IDEMPOTENT),
    DELETE_OBJECT("DeleteObject", OperationGroup.DELETE, IDEMPOTENT),
    DELETE_MULTIPLE_OBJECTS("DeleteMultipleObjects", OperationGroup.DELETE, ON_BUCKET, CHECKS_CONTROL_BODY),
    LIST_OBJECTS("GetBucket", OperationGroup.LIST, IDEMPOTENT, ON_BUCKET),
    HEAD_BUCKET("HeadBucket", OperationGroup.LIST, IDEMPOTENT, ON_BUCKET),
    GET_OBJECT_TAGGING("GetObjectTagging", OperationGroup.TAGGING, IDEMPOTENT),
    PUT_OBJECT_TAGGING("PutObjectTagging", OperationGroup.TAGGING, IDEMPOTENT, CHECKS_CONTROL_BODY),
    DELETE_OBJECT_TAGGING("DeleteObjectTagging", OperationGroup.TAGGING, IDEMPOTENT),
    GET_OBJECT_ACL("GetObjectACL", OperationGroup.ACL, IDEMPOTENT),
    PUT_OBJECT_ACL("PutObjectACL", OperationGroup.ACL, IDEMPOTENT, CHECKS_CONTROL_BODY);

    /** What the rest of the gateway needs to know of an operation. */
    public enum Trait {
        /** Acts on the bucket; the path is {@code /}. */
        ON_BUCKET,
        /** Sending it twice has the effect of sending it once (RFC 9110 §9.2.2). */
        IDEMPOTENT,
        /** COS may take minutes before the first response byte. */
        SLOW,
        /** COS accepts {@code x-cos-server-side-encryption} on it. */
        TAKES_ENCRYPTION,
        /** The body becomes bytes of an object. */
        STORES_BODY,
        /** The body is a small XML document that is read whole and checked before anything is sent. */
        CHECKS_CONTROL_BODY
    }

    private final String label;
    private final OperationGroup group;

    @SuppressWarnings("ImmutableEnumChecker") // never leaves this class and is not written after construction
    private final Set<Trait> traits;

    CosOperation(String label, OperationGroup group, Trait... traits) {
        this.label = label;
        this.group = group;
        EnumSet<Trait> set = EnumSet.noneOf(Trait.class);
        set.addAll(Set.of(traits));
        this.traits = set;
    }

    /** The operation's name in configuration, logs and metrics; unique. */
    public String label() {
        return label;
    }

    /** CAM action, without the prefix {@code name/cos:}. COS knows copies by the action on their target. */
    public String action() {
        return switch (this) {
            case COPY_OBJECT -> PUT_OBJECT.label;
            case UPLOAD_PART_COPY -> UPLOAD_PART.label;
            default -> label;
        };
    }

    public OperationGroup group() {
        return group;
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
