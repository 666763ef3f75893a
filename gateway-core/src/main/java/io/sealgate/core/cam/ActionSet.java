package io.sealgate.core.cam;

import io.sealgate.core.model.CosOperation;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Some of the gateway's operations.
 *
 * @param operations each once
 */
record ActionSet(Set<CosOperation> operations) {

    private static final ActionSet NONE = new ActionSet(EnumSet.noneOf(CosOperation.class));

    /** Actions of COS that the gateway does not serve: a policy may speak of them, and nothing comes of it. */
    private static final Set<String> UNSERVED = Set.of(
            "GetService",
            "PostObject",
            "RenameObject",
            "GetSymlink",
            "PutSymlink",
            "GetObjectSymlink",
            "PutObjectSymlink",
            "PostBucketInventory",
            "DeleteBucketReferer",
            "DeleteBucketNotification",
            "ListBucketIntelligentTiering",
            "DeleteBucketIntelligentTiering",
            "DeleteBucketObjectLockConfiguration");

    private static final String EXPECTED = "an action of COS such as name/cos:GetObject or name/cos:*";

    ActionSet {
        // of an enum's own kind, which answers faster than any other
        operations = Collections.unmodifiableSet(
                operations.isEmpty() ? EnumSet.noneOf(CosOperation.class) : EnumSet.copyOf(operations));
    }

    /**
     * The operations that an action stands for: {@code name/cos:GetObject}, {@code cos:GetObject} or {@code GetObject}, with {@code *} for
     * any letters.
     *
     * @throws IllegalArgumentException with a complete message if COS has no such action
     */
    static ActionSet parse(String text) {
        String bare = text.startsWith("name/") ? text.substring("name/".length()) : text;
        String name = bare.startsWith("cos:") ? bare.substring("cos:".length()) : bare;
        if (name.contains("${")) {
            throw unknown(text);
        }
        TextPattern pattern = TextPattern.parse(name, true, letters -> letters);
        Set<CosOperation> actions = EnumSet.noneOf(CosOperation.class);
        for (CosOperation operation : CosOperation.values()) {
            if (names(operation).stream().anyMatch(action -> fits(pattern, action))) {
                actions.add(operation);
            }
        }
        if (actions.isEmpty() && UNSERVED.stream().noneMatch(action -> fits(pattern, action))) {
            throw unknown(text);
        }
        return new ActionSet(actions);
    }

    private static boolean fits(TextPattern pattern, String action) {
        return pattern.fits(action, false, Question.NOBODY) == Truth.YES;
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("action: " + text + " (expected: " + EXPECTED + ")");
    }

    /** What policies call an operation. Any of the names allows it, and any denies it. */
    private static List<String> names(CosOperation operation) {
        return switch (operation) {
            case COPY_OBJECT -> List.of("PutObject", "PutObjectCopy");
            case UPLOAD_PART_COPY -> List.of("UploadPart", "UploadPartCopy");
            case DELETE_MULTIPLE_OBJECTS -> List.of("DeleteMultipleObjects", "DeleteObject");
            case SELECT_OBJECT_CONTENT -> List.of("GetObject", "SelectObjectContent");
            case POST_OBJECT_RESTORE -> List.of("PostObjectRestore", "RestoreObject");
            case GET_BUCKET_OBJECT_LOCK -> List.of("GetBucketObjectLockConfiguration", "GetBucketObjectLock");
            case PUT_BUCKET_OBJECT_LOCK -> List.of("PutBucketObjectLockConfiguration", "PutBucketObjectLock");
            default -> List.of(operation.action());
        };
    }

    static ActionSet none() {
        return NONE;
    }

    boolean has(CosOperation operation) {
        return operations.contains(operation);
    }

    ActionSet and(ActionSet other) {
        Set<CosOperation> both = EnumSet.noneOf(CosOperation.class);
        both.addAll(operations);
        both.addAll(other.operations);
        return new ActionSet(both);
    }
}
