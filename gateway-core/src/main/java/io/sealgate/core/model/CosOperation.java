package io.sealgate.core.model;

import static io.sealgate.core.model.CosOperation.Trait.BEGINS_OBJECT;
import static io.sealgate.core.model.CosOperation.Trait.CHECKS_CONTROL_BODY;
import static io.sealgate.core.model.CosOperation.Trait.SLOW;
import static io.sealgate.core.model.CosOperation.Trait.STORES_BODY;
import static io.sealgate.core.model.OperationGroup.ACL;
import static io.sealgate.core.model.OperationGroup.CONFIGURATION;
import static io.sealgate.core.model.OperationGroup.COPY;
import static io.sealgate.core.model.OperationGroup.DELETE;
import static io.sealgate.core.model.OperationGroup.LIST;
import static io.sealgate.core.model.OperationGroup.LOCK;
import static io.sealgate.core.model.OperationGroup.READ;
import static io.sealgate.core.model.OperationGroup.RESTORE;
import static io.sealgate.core.model.OperationGroup.TAGGING;
import static io.sealgate.core.model.OperationGroup.WRITE;

import io.netty.handler.codec.http.HttpMethod;
import java.util.EnumSet;
import java.util.Set;

/**
 * The COS operations that the gateway knows, each with its name, its group and the form of request that asks for it. What is not here is not
 * forwarded: an unknown sub-resource could be a bucket configuration write in the clothes of a Put Object.
 */
public enum CosOperation {
    HEAD_OBJECT("HeadObject", READ, "HEAD /key"),
    GET_OBJECT("GetObject", READ, "GET /key"),
    SELECT_OBJECT_CONTENT("SelectObjectContent", READ, "POST /key?select&select-type", SLOW, CHECKS_CONTROL_BODY),
    OPTIONS_OBJECT("OptionsObject", READ, "OPTIONS /key"),
    PUT_OBJECT("PutObject", WRITE, "PUT /key", BEGINS_OBJECT, STORES_BODY),
    APPEND_OBJECT("AppendObject", WRITE, "POST /key?append", BEGINS_OBJECT, STORES_BODY),
    INITIATE_MULTIPART("InitiateMultipartUpload", WRITE, "POST /key?uploads", BEGINS_OBJECT),
    UPLOAD_PART("UploadPart", WRITE, "PUT /key?partNumber&uploadId", STORES_BODY),
    LIST_PARTS("ListParts", WRITE, "GET /key?uploadId"),
    LIST_MULTIPART_UPLOADS("ListMultipartUploads", WRITE, "GET /?uploads"),
    COMPLETE_MULTIPART("CompleteMultipartUpload", WRITE, "POST /key?uploadId", SLOW, CHECKS_CONTROL_BODY),
    ABORT_MULTIPART("AbortMultipartUpload", WRITE, "DELETE /key?uploadId"),
    COPY_OBJECT("CopyObject", COPY, "PUT /key from", SLOW, BEGINS_OBJECT),
    UPLOAD_PART_COPY("UploadPartCopy", COPY, "PUT /key?partNumber&uploadId from", SLOW),
    DELETE_OBJECT("DeleteObject", DELETE, "DELETE /key"),
    DELETE_MULTIPLE_OBJECTS("DeleteMultipleObjects", DELETE, "POST /?delete", CHECKS_CONTROL_BODY),
    LIST_OBJECTS("GetBucket", LIST, "GET /"),
    LIST_OBJECT_VERSIONS("GetBucketObjectVersions", LIST, "GET /?versions"),
    HEAD_BUCKET("HeadBucket", LIST, "HEAD /"),
    GET_BUCKET_LOCATION("GetBucketLocation", LIST, "GET /?location"),
    GET_OBJECT_TAGGING("GetObjectTagging", TAGGING, "GET /key?tagging"),
    PUT_OBJECT_TAGGING("PutObjectTagging", TAGGING, "PUT /key?tagging", CHECKS_CONTROL_BODY),
    DELETE_OBJECT_TAGGING("DeleteObjectTagging", TAGGING, "DELETE /key?tagging"),
    GET_OBJECT_ACL("GetObjectACL", ACL, "GET /key?acl"),
    PUT_OBJECT_ACL("PutObjectACL", ACL, "PUT /key?acl", CHECKS_CONTROL_BODY),
    POST_OBJECT_RESTORE("PostObjectRestore", RESTORE, "POST /key?restore", CHECKS_CONTROL_BODY),
    GET_OBJECT_RETENTION("GetObjectRetention", LOCK, "GET /key?retention"),
    PUT_OBJECT_RETENTION("PutObjectRetention", LOCK, "PUT /key?retention", CHECKS_CONTROL_BODY),
    GET_OBJECT_LEGAL_HOLD("GetObjectLegalHold", LOCK, "GET /key?legal-hold"),
    PUT_OBJECT_LEGAL_HOLD("PutObjectLegalHold", LOCK, "PUT /key?legal-hold", CHECKS_CONTROL_BODY),
    GET_BUCKET_OBJECT_LOCK("GetBucketObjectLockConfiguration", LOCK, "GET /?object-lock"),
    PUT_BUCKET_OBJECT_LOCK("PutBucketObjectLockConfiguration", LOCK, "PUT /?object-lock", CHECKS_CONTROL_BODY),
    PUT_BUCKET("PutBucket", CONFIGURATION, "PUT /", CHECKS_CONTROL_BODY),
    DELETE_BUCKET("DeleteBucket", CONFIGURATION, "DELETE /"),
    GET_BUCKET_ACL("GetBucketACL", CONFIGURATION, "GET /?acl"),
    PUT_BUCKET_ACL("PutBucketACL", CONFIGURATION, "PUT /?acl", CHECKS_CONTROL_BODY),
    GET_BUCKET_CORS("GetBucketCORS", CONFIGURATION, "GET /?cors"),
    PUT_BUCKET_CORS("PutBucketCORS", CONFIGURATION, "PUT /?cors", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_CORS("DeleteBucketCORS", CONFIGURATION, "DELETE /?cors"),
    GET_BUCKET_POLICY("GetBucketPolicy", CONFIGURATION, "GET /?policy"),
    PUT_BUCKET_POLICY("PutBucketPolicy", CONFIGURATION, "PUT /?policy", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_POLICY("DeleteBucketPolicy", CONFIGURATION, "DELETE /?policy"),
    GET_BUCKET_TAGGING("GetBucketTagging", CONFIGURATION, "GET /?tagging"),
    PUT_BUCKET_TAGGING("PutBucketTagging", CONFIGURATION, "PUT /?tagging", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_TAGGING("DeleteBucketTagging", CONFIGURATION, "DELETE /?tagging"),
    GET_BUCKET_LIFECYCLE("GetBucketLifecycle", CONFIGURATION, "GET /?lifecycle"),
    PUT_BUCKET_LIFECYCLE("PutBucketLifecycle", CONFIGURATION, "PUT /?lifecycle", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_LIFECYCLE("DeleteBucketLifecycle", CONFIGURATION, "DELETE /?lifecycle"),
    GET_BUCKET_WEBSITE("GetBucketWebsite", CONFIGURATION, "GET /?website"),
    PUT_BUCKET_WEBSITE("PutBucketWebsite", CONFIGURATION, "PUT /?website", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_WEBSITE("DeleteBucketWebsite", CONFIGURATION, "DELETE /?website"),
    GET_BUCKET_DOMAIN("GetBucketDomain", CONFIGURATION, "GET /?domain"),
    PUT_BUCKET_DOMAIN("PutBucketDomain", CONFIGURATION, "PUT /?domain", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_DOMAIN("DeleteBucketDomain", CONFIGURATION, "DELETE /?domain"),
    GET_BUCKET_DOMAIN_CERTIFICATE("GetBucketDomainCertificate", CONFIGURATION, "GET /?domaincertificate"),
    PUT_BUCKET_DOMAIN_CERTIFICATE(
            "PutBucketDomainCertificate", CONFIGURATION, "PUT /?domaincertificate", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_DOMAIN_CERTIFICATE("DeleteBucketDomainCertificate", CONFIGURATION, "DELETE /?domaincertificate"),
    GET_BUCKET_ORIGIN("GetBucketOrigin", CONFIGURATION, "GET /?origin"),
    PUT_BUCKET_ORIGIN("PutBucketOrigin", CONFIGURATION, "PUT /?origin", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_ORIGIN("DeleteBucketOrigin", CONFIGURATION, "DELETE /?origin"),
    GET_BUCKET_REPLICATION("GetBucketReplication", CONFIGURATION, "GET /?replication"),
    PUT_BUCKET_REPLICATION("PutBucketReplication", CONFIGURATION, "PUT /?replication", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_REPLICATION("DeleteBucketReplication", CONFIGURATION, "DELETE /?replication"),
    GET_BUCKET_ENCRYPTION("GetBucketEncryption", CONFIGURATION, "GET /?encryption"),
    PUT_BUCKET_ENCRYPTION("PutBucketEncryption", CONFIGURATION, "PUT /?encryption", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_ENCRYPTION("DeleteBucketEncryption", CONFIGURATION, "DELETE /?encryption"),
    GET_BUCKET_INVENTORY("GetBucketInventory", CONFIGURATION, "GET /?id&inventory"),
    PUT_BUCKET_INVENTORY("PutBucketInventory", CONFIGURATION, "PUT /?id&inventory", CHECKS_CONTROL_BODY),
    DELETE_BUCKET_INVENTORY("DeleteBucketInventory", CONFIGURATION, "DELETE /?id&inventory"),
    LIST_BUCKET_INVENTORY("ListBucketInventory", CONFIGURATION, "GET /?inventory"),
    GET_BUCKET_VERSIONING("GetBucketVersioning", CONFIGURATION, "GET /?versioning"),
    PUT_BUCKET_VERSIONING("PutBucketVersioning", CONFIGURATION, "PUT /?versioning", CHECKS_CONTROL_BODY),
    GET_BUCKET_REFERER("GetBucketReferer", CONFIGURATION, "GET /?referer"),
    PUT_BUCKET_REFERER("PutBucketReferer", CONFIGURATION, "PUT /?referer", CHECKS_CONTROL_BODY),
    GET_BUCKET_LOGGING("GetBucketLogging", CONFIGURATION, "GET /?logging"),
    PUT_BUCKET_LOGGING("PutBucketLogging", CONFIGURATION, "PUT /?logging", CHECKS_CONTROL_BODY),
    GET_BUCKET_ACCELERATE("GetBucketAccelerate", CONFIGURATION, "GET /?accelerate"),
    PUT_BUCKET_ACCELERATE("PutBucketAccelerate", CONFIGURATION, "PUT /?accelerate", CHECKS_CONTROL_BODY),
    GET_BUCKET_NOTIFICATION("GetBucketNotification", CONFIGURATION, "GET /?notification"),
    PUT_BUCKET_NOTIFICATION("PutBucketNotification", CONFIGURATION, "PUT /?notification", CHECKS_CONTROL_BODY),
    GET_BUCKET_INTELLIGENT_TIERING("GetBucketIntelligentTiering", CONFIGURATION, "GET /?intelligenttiering"),
    PUT_BUCKET_INTELLIGENT_TIERING(
            "PutBucketIntelligentTiering", CONFIGURATION, "PUT /?intelligenttiering", CHECKS_CONTROL_BODY);

    /** What the rest of the gateway needs to know of an operation. */
    public enum Trait {
        /** Acts on the bucket; the path is {@code /}. */
        ON_BUCKET,
        /** Sending it twice has the effect of sending it once (RFC 9110 §9.2.2). */
        IDEMPOTENT,
        /** COS may take minutes before the first response byte. */
        SLOW,
        /** An object comes from it, and what its head says stays with the object: metadata, tags, encryption. */
        BEGINS_OBJECT,
        /** Belongs to a multipart upload that has begun. COS ignores there what its beginning says of the object. */
        CONTINUES_UPLOAD,
        /** The body becomes bytes of an object. */
        STORES_BODY,
        /** The body is a small document that is read whole and checked before anything is sent. */
        CHECKS_CONTROL_BODY
    }

    private final String label;
    private final OperationGroup group;

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final RequestForm form;

    @SuppressWarnings("ImmutableEnumChecker") // never leaves this class and is not written after construction
    private final Set<Trait> traits;

    /**
     * What the form says already is not said again: the traits {@code ON_BUCKET}, {@code CONTINUES_UPLOAD} and {@code
     * IDEMPOTENT}.
     */
    CosOperation(String label, OperationGroup group, String form, Trait... traits) {
        this.label = label;
        this.group = group;
        this.form = RequestForm.parse(form);
        EnumSet<Trait> set = EnumSet.noneOf(Trait.class);
        set.addAll(Set.of(traits));
        if (this.form.isOnBucket()) {
            set.add(Trait.ON_BUCKET);
        }
        if (this.form.subresources().contains("uploadId")) {
            set.add(Trait.CONTINUES_UPLOAD);
        }
        if (!this.form.method().equals(HttpMethod.POST)) {
            set.add(Trait.IDEMPOTENT);
        }
        this.traits = set;
    }

    /** The operation's name in configuration, logs and metrics; unique. */
    public String label() {
        return label;
    }

    /** CAM action, without the prefix {@code name/cos:}. COS knows copies by the action on their target, and a selection as a read. */
    public String action() {
        return switch (this) {
            case COPY_OBJECT -> PUT_OBJECT.label;
            case UPLOAD_PART_COPY -> UPLOAD_PART.label;
            case SELECT_OBJECT_CONTENT -> GET_OBJECT.label;
            default -> label;
        };
    }

    public OperationGroup group() {
        return group;
    }

    /** What asks for it. */
    public RequestForm form() {
        return form;
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
