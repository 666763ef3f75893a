package io.sealgate.core.planning;

import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.spi.BodyTapFactory;
import java.util.regex.Pattern;
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

    /** Read here and by COS, and nobody knows how COS reads what is not plain. */
    private static final Pattern PART_NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

    private static final Pattern POSITION = Pattern.compile("0|[1-9][0-9]{0,17}");

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
            case UPLOAD_PART -> malformed("partNumber", PART_NUMBER);
            case APPEND_OBJECT -> malformed("position", POSITION);
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
            case UPLOAD_PART -> Math.max(0, most - parts((int) number("partNumber")));
            case APPEND_OBJECT -> Math.max(0, most - number("position"));
            default -> most;
        };
    }

    private long parts(int except) {
        return taps.partBytes(errand.resource(), errand.target().value("uploadId"), except);
    }

    private @Nullable GatewayError malformed(String name, Pattern form) {
        String value = errand.target().value(name);
        return form.matcher(value).matches()
                ? null
                : new GatewayError.Rejected(
                        CosErrorCode.INVALID_ARGUMENT, name + ": malformed (expected: a decimal number)");
    }

    private long number(String name) {
        return Long.parseLong(errand.target().value(name));
    }
}
