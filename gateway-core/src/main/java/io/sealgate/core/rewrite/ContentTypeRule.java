package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.DecimalText;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.spi.ContentTypeDetector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which media types a route lets new objects have, and whether their bytes have to agree. Immutable and thread-safe. */
final class ContentTypeRule {

    /**
     * One media type (RFC 9110 §8.3.1), with neither a comma nor an asterisk anywhere: of a list browsers take the last, and the others are
     * what would be looked at here.
     */
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            "([\\w!#$&^.+-]+/[\\w!#$&^.+-]+)(?:[ \\t]*;[ \\t]*[\\w!#$&^.+-]+=(?:[\\w!#$&^.+-]+|\"[^\",*\\\\]*\"))*[ \\t]*");

    static final String RESPONSE_TYPE = "response-content-type";
    static final String RESPONSE_ENCODING = "response-content-encoding";
    private static final String METADATA_DIRECTIVE = "x-cos-metadata-directive";

    private final List<String> allowed;
    private final boolean isVerified;
    private final ContentTypeDetector detector;

    /** @param detector asked if {@code config} wants that */
    ContentTypeRule(UploadsConfig config, ContentTypeDetector detector) {
        allowed = config.contentTypes();
        isVerified = config.detectContentType() == DetectContentType.VERIFY;
        this.detector = detector;
    }

    /**
     * Whether what is declared of a new object is one of the route's types. A copy has its source's type, unless it
     * says another one or that nothing of the source's metadata is to be kept.
     */
    boolean allows(CosOperation operation, HttpHeaders headers) {
        if (isVerified && isCoded(headers)) {
            return false; // what would be looked at is not what readers get
        }
        if (allowed.isEmpty() && !isVerified) {
            return true;
        }
        if (!headers.contains(HttpHeaderNames.CONTENT_TYPE)) {
            return allowed.isEmpty() || (operation == CosOperation.COPY_OBJECT && keepsMetadata(headers));
        }
        return declared(headers)
                .filter(type -> allowed.isEmpty() || isOneOf(allowed, type))
                .isPresent();
    }

    /**
     * Whether a download asks for a media type or a content coding that {@code config}, which verifies types, does not
     * take of an upload: readers would get another type than the one that has been verified.
     */
    static boolean forbidsOverride(UploadsConfig config, CosTarget target) {
        String type = target.value(RESPONSE_TYPE);
        boolean isOther = !type.isEmpty()
                && mediaType(type)
                        .filter(each -> isOneOf(config.contentTypes(), each))
                        .isEmpty();
        return config.detectContentType() == DetectContentType.VERIFY
                && (isOther || isCoded(target.value(RESPONSE_ENCODING)));
    }

    private static boolean isCoded(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.CONTENT_ENCODING).stream().anyMatch(ContentTypeRule::isCoded);
    }

    private static boolean isCoded(String encoding) {
        String coding = encoding.strip();
        return !coding.isEmpty() && !AsciiString.contentEqualsIgnoreCase(coding, "identity");
    }

    private static boolean isOneOf(List<String> allowed, String type) {
        for (String each : allowed) {
            boolean matches =
                    each.endsWith("/*") ? type.startsWith(each.substring(0, each.length() - 1)) : type.equals(each);
            if (matches) {
                return true;
            }
        }
        return false;
    }

    /** The one type that is declared, lower case and without its parameters; empty if it is none, or several. */
    private static Optional<String> declared(HttpHeaders headers) {
        List<String> declared = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        return declared.size() == 1 ? mediaType(declared.get(0)) : Optional.empty();
    }

    private static Optional<String> mediaType(String text) {
        Matcher mediaType = MEDIA_TYPE.matcher(text);
        // folded when it is known to be ASCII: the Kelvin sign folds to a k, and is none to a browser
        return mediaType.matches() ? Optional.of(mediaType.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /**
     * Whether bytes that are not looked at here would get a type of the client's choice, or become part of an object's
     * beginning.
     */
    boolean isUnseen(CosOperation operation, CosTarget target, HttpHeaders headers) {
        return isVerified
                && switch (operation) {
                    case UPLOAD_PART_COPY -> true;
                    case APPEND_OBJECT -> {
                        long position = position(target);
                        yield position != 0 && position < ContentTypeScreen.ENOUGH;
                    }
                    case COPY_OBJECT -> !keepsMetadata(headers);
                    default -> false;
                };
    }

    /** Whether a copy keeps its source's metadata, and its type with them: any directive but {@code Copy} may not. */
    static boolean keepsMetadata(HttpHeaders headers) {
        return headers.getAll(METADATA_DIRECTIVE).stream()
                .allMatch(directive -> directive.strip().equalsIgnoreCase("copy"));
    }

    /**
     * Whether the body may be only the beginning of an object and is too short to be judged: later bytes would be part
     * of what has to be looked at. A body without an announced length is refused elsewhere.
     */
    boolean isTooShort(CosOperation operation, CosTarget target, BodyFraming framing) {
        return isVerified
                && operation != CosOperation.PUT_OBJECT
                && isBeginning(operation, target)
                && (framing.isEmpty()
                        || (framing instanceof BodyFraming.Fixed fixed && fixed.bytes() < ContentTypeScreen.ENOUGH));
    }

    /**
     * Looks at a body that an object begins with, {@code null} if the body is none or nothing is known of what it should be. What a multipart upload was
     * declared to be is not known any more when its first part comes; the route's types are.
     *
     * @param denial what is said of bytes that are something else
     */
    @Nullable
    ContentTypeScreen screen(
            CosOperation operation, CosTarget target, HttpHeaders headers, Supplier<? extends GatewayError> denial) {
        if (!isVerified || !isBeginning(operation, target)) {
            return null;
        }
        List<String> expected = operation == CosOperation.UPLOAD_PART
                ? allowed
                : declared(headers).map(List::of).orElse(List.of());
        return expected.isEmpty() ? null : new ContentTypeScreen(detector, expected, denial);
    }

    /** Whatever another reader might take for the beginning is one. */
    private static boolean isBeginning(CosOperation operation, CosTarget target) {
        return switch (operation) {
            case PUT_OBJECT -> true;
            case APPEND_OBJECT -> position(target) < ContentTypeScreen.ENOUGH;
            // a number that COS does not have could be truncated by its reader, and then be that of the first part
            case UPLOAD_PART -> DecimalText.partNumber(target.value("partNumber")) < 2;
            default -> false;
        };
    }

    /** Where an append begins, or -1 if that is not said plainly. */
    private static long position(CosTarget target) {
        return DecimalText.plain(target.value("position")).orElse(-1);
    }
}
