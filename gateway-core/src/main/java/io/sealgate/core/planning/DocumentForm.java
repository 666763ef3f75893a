package io.sealgate.core.planning;

import static java.util.Map.entry;

import io.sealgate.core.model.CosOperation;
import java.util.Map;
import java.util.Set;

/**
 * What the control document of an operation looks like from outside.
 *
 * @param roots      names that its root may have; none if it is JSON
 * @param isOptional whether the request may come without one
 * @param mostBytes  what the largest one that COS takes needs, spelled generously; all of it is kept in memory, so no more than that
 */
record DocumentForm(Set<String> roots, boolean isOptional, int mostBytes) {

    private static final int KIB = 1024;

    private static final Map<CosOperation, DocumentForm> FORMS = Map.ofEntries(
            entry(
                    CosOperation.COMPLETE_MULTIPART,
                    xml(1536, "CompleteMultipartUpload")), // 10,000 parts of up to 157 bytes
            entry(
                    CosOperation.DELETE_MULTIPLE_OBJECTS,
                    xml(2048, "Delete")), // 1,000 keys of up to 850 bytes, with versions
            entry(CosOperation.SELECT_OBJECT_CONTENT, xml(512, "SelectRequest", "SelectObjectContentRequest")),
            entry(CosOperation.PUT_OBJECT_TAGGING, xml(32, "Tagging")), // 10 tags of 127 and 255 characters
            entry(CosOperation.PUT_OBJECT_ACL, optional(64, "AccessControlPolicy")), // 100 grants
            entry(CosOperation.POST_OBJECT_RESTORE, xml(16, "RestoreRequest")),
            entry(CosOperation.PUT_OBJECT_RETENTION, xml(16, "Retention")),
            entry(CosOperation.PUT_OBJECT_LEGAL_HOLD, xml(16, "LegalHold")),
            entry(CosOperation.PUT_BUCKET_OBJECT_LOCK, xml(16, "ObjectLockConfiguration")),
            entry(CosOperation.PUT_BUCKET, optional(16, "CreateBucketConfiguration")),
            entry(CosOperation.PUT_BUCKET_ACL, optional(64, "AccessControlPolicy")),
            entry(CosOperation.PUT_BUCKET_CORS, xml(256, "CORSConfiguration")), // 100 rules
            entry(CosOperation.PUT_BUCKET_POLICY, json(64)),
            entry(CosOperation.PUT_BUCKET_TAGGING, xml(64, "Tagging")), // 50 tags
            entry(CosOperation.PUT_BUCKET_LIFECYCLE, xml(2048, "LifecycleConfiguration")), // 1,000 rules
            entry(CosOperation.PUT_BUCKET_WEBSITE, xml(256, "WebsiteConfiguration")), // 100 rules
            entry(CosOperation.PUT_BUCKET_DOMAIN, xml(64, "DomainConfiguration")),
            entry(CosOperation.PUT_BUCKET_DOMAIN_CERTIFICATE, xml(128, "DomainCertificate")), // a chain and a key
            entry(CosOperation.PUT_BUCKET_ORIGIN, xml(128, "OriginConfiguration")),
            entry(CosOperation.PUT_BUCKET_REPLICATION, xml(2048, "ReplicationConfiguration")), // 1,000 rules
            entry(CosOperation.PUT_BUCKET_ENCRYPTION, xml(16, "ServerSideEncryptionConfiguration")),
            entry(CosOperation.PUT_BUCKET_INVENTORY, xml(32, "InventoryConfiguration")),
            entry(CosOperation.PUT_BUCKET_VERSIONING, xml(16, "VersioningConfiguration")),
            entry(CosOperation.PUT_BUCKET_REFERER, xml(64, "RefererConfiguration")),
            entry(CosOperation.PUT_BUCKET_LOGGING, xml(16, "BucketLoggingStatus")),
            entry(CosOperation.PUT_BUCKET_ACCELERATE, xml(16, "AccelerateConfiguration")),
            entry(CosOperation.PUT_BUCKET_NOTIFICATION, xml(128, "NotificationConfiguration")),
            entry(CosOperation.PUT_BUCKET_INTELLIGENT_TIERING, xml(32, "IntelligentTieringConfiguration")));

    /** @throws IllegalArgumentException if the operation has no control document */
    static DocumentForm of(CosOperation operation) {
        DocumentForm form = FORMS.get(operation);
        if (form == null) {
            throw new IllegalArgumentException(operation + " (expected: an operation with a control document)");
        }
        return form;
    }

    private static DocumentForm xml(int mostKib, String... roots) {
        return new DocumentForm(Set.of(roots), false, mostKib * KIB);
    }

    private static DocumentForm optional(int mostKib, String root) {
        return new DocumentForm(Set.of(root), true, mostKib * KIB);
    }

    private static DocumentForm json(int mostKib) {
        return new DocumentForm(Set.of(), false, mostKib * KIB);
    }

    boolean isJson() {
        return roots.isEmpty();
    }
}
