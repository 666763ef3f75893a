package io.sealgate.core.planning;

import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.DecimalText;
import io.sealgate.core.spi.BodyTapFactory;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How large a body may be, and what came before it of the same object: a route's limit is one of objects, and many
 * small requests make a large one. Of the parts of a multipart upload those count here that this process has sent;
 * what counts in the end is {@link CompletionSize}. How large a copy becomes the origin is asked by
 * {@link SourceQuestion}.
 *
 * @param signs whether the gateway has a key to ask the origin with
 */
record UploadSize(Errand errand, BodyTapFactory taps, boolean signs) {

    /** Why the request is refused whatever its body, or {@code null} if it is not. */
    @Nullable
    GatewayError error() {
        UploadsConfig config = errand.route().config().uploads();
        if (config.maxSize() == null) {
            return null;
        }
        return switch (errand.operation()) {
            case UPLOAD_PART_COPY -> ofUnknownLength();
            case COPY_OBJECT -> signs ? null : ofUnknownLength();
            case UPLOAD_PART -> partNumber() > 0 ? null : malformed("partNumber");
            case APPEND_OBJECT -> position().isPresent() ? null : malformed("position");
            default -> null;
        };
    }

    private static GatewayError ofUnknownLength() {
        return new GatewayError.Denied("Access Denied.", "max-size");
    }

    /** The most bytes that the body may have, if there is no {@link #error()}. */
    long most() {
        if (errand.operation().is(CosOperation.Trait.CHECKS_CONTROL_BODY)) {
            return DocumentForm.of(errand.operation()).mostBytes();
        }
        UploadsConfig config = errand.route().config().uploads();
        long most = config.maxSizeOrDefault().bytes();
        if (config.maxSize() == null) {
            return most;
        }
        return switch (errand.operation()) {
            case UPLOAD_PART -> Math.max(0, most - parts(partNumber()));
            case APPEND_OBJECT -> Math.max(0, most - position().orElseThrow());
            default -> most;
        };
    }

    private long parts(int except) {
        return taps.partBytes(errand.resource(), errand.target().value("uploadId"), except);
    }

    /** Read here and by COS, and nobody knows how COS reads what is not plain. */
    private static GatewayError malformed(String name) {
        return new GatewayError.Rejected(
                CosErrorCode.INVALID_ARGUMENT, name + ": malformed (expected: a decimal number)");
    }

    private int partNumber() {
        return DecimalText.partNumber(errand.target().value("partNumber"));
    }

    private OptionalLong position() {
        return DecimalText.plain(errand.target().value("position"));
    }
}
