package io.sealgate.core.planning;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a body's announced length must be before a byte of it is read. A streamed body is counted by whoever reads it. */
final class BodyRules {

    /** COS wants to know in advance how long these are; only Put Object may be chunked. */
    private static final Set<CosOperation> NEEDS_LENGTH = Set.of(CosOperation.UPLOAD_PART, CosOperation.APPEND_OBJECT);

    /** The request is all in the head; a body would be a second meaning. */
    private static final Set<CosOperation> TAKES_NO_BODY =
            Set.of(CosOperation.INITIATE_MULTIPART, CosOperation.COPY_OBJECT, CosOperation.UPLOAD_PART_COPY);

    private BodyRules() {}

    static GatewayError.@Nullable Rejected judge(CosOperation operation, BodyFraming framing, long most) {
        if (NEEDS_LENGTH.contains(operation) && !(framing instanceof BodyFraming.Fixed)) {
            return new GatewayError.Rejected(
                    CosErrorCode.MISSING_CONTENT_LENGTH, "Content-Length: missing (expected: the body's length)");
        }
        if (TAKES_NO_BODY.contains(operation) && !framing.isEmpty()) {
            return new GatewayError.Rejected(
                    CosErrorCode.INVALID_REQUEST, "body: with " + operation.label() + " (expected: none)");
        }
        if (framing instanceof BodyFraming.Fixed fixed && fixed.bytes() > most) {
            return tooLarge(most);
        }
        return null;
    }

    static GatewayError.Rejected tooLarge(long most) {
        return new GatewayError.Rejected(
                CosErrorCode.ENTITY_TOO_LARGE, "body: too large (expected: at most " + most + " bytes)");
    }
}
