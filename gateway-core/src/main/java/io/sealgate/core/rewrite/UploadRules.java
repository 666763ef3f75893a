package io.sealgate.core.rewrite;

import static io.sealgate.core.model.CosOperation.Trait.BEGINS_OBJECT;
import static io.sealgate.core.model.CosOperation.Trait.STORES_BODY;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.ForbidOverwrite;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Denied;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.spi.ContentTypeDetector;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of uploads beyond permission, judged by their heads, and what it adds to them on the way to the origin. Immutable and
 * thread-safe.
 */
public final class UploadRules {

    private static final String FORBID_OVERWRITE = "x-cos-forbid-overwrite";
    private static final String STORAGE_CLASS = "x-cos-storage-class";
    private static final String TRAFFIC_LIMIT = "x-cos-traffic-limit";

    /** An upload that is all in one request. A part has any length, and so has what is appended to something. */
    private static final Set<CosOperation> WHOLE = Set.of(CosOperation.PUT_OBJECT);

    /** Where COS looks whether the object exists already (COS document 436/7749); appending does so by its position. */
    private static final Set<CosOperation> MAY_OVERWRITE = Set.of(
            CosOperation.PUT_OBJECT,
            CosOperation.COPY_OBJECT,
            CosOperation.INITIATE_MULTIPART,
            CosOperation.COMPLETE_MULTIPART);

    private final UploadsConfig config;
    private final ContentTypeRule types;
    private final boolean reveals;

    /**
     * @param detector asked if {@code config} wants to know what objects are
     * @param reveals  whether clients learn why they are denied something
     */
    public UploadRules(UploadsConfig config, ContentTypeDetector detector, boolean reveals) {
        this.config = config;
        this.types = new ContentTypeRule(config, detector);
        this.reveals = reveals;
    }

    /**
     * Why an upload is refused, or {@code null} if it is not.
     *
     * @param headers in COS's words; read only
     */
    public @Nullable GatewayError judge(
            CosOperation operation, CosTarget target, HttpHeaders headers, BodyFraming framing) {
        if (config.trafficLimit() != null && operation.is(STORES_BODY) && target.has(TRAFFIC_LIMIT)) {
            return denied("traffic-limit"); // COS would have two
        }
        if (types.isUnseen(operation, target, headers)) {
            return denied("content-type");
        }
        if (types.isTooShort(operation, target, framing)) {
            return tooSmall(ContentTypeScreen.ENOUGH);
        }
        if (!operation.is(BEGINS_OBJECT)) {
            return null;
        }
        if (!hasAllowedExtension(target.key())) {
            return denied("extension");
        }
        if (!types.allows(operation, headers)) {
            return denied("content-type");
        }
        if (isOther(headers, STORAGE_CLASS, config.storageClass())) {
            return denied("storage-class");
        }
        return WHOLE.contains(operation) ? sizeError(framing) : null;
    }

    private @Nullable GatewayError sizeError(BodyFraming framing) {
        if (config.minSize() == null || config.minSize().bytes() == 0) {
            return null;
        }
        if (framing instanceof BodyFraming.Streamed) {
            return new Rejected(
                    CosErrorCode.MISSING_CONTENT_LENGTH, "Content-Length: missing (expected: the body's length)");
        }
        long bytes = framing instanceof BodyFraming.Fixed fixed ? fixed.bytes() : 0;
        return bytes >= config.minSize().bytes()
                ? null
                : tooSmall(config.minSize().bytes());
    }

    private static Rejected tooSmall(long least) {
        return new Rejected(CosErrorCode.ENTITY_TOO_SMALL, "body: too small (expected: at least " + least + " bytes)");
    }

    private boolean hasAllowedExtension(String key) {
        if (config.extensions().isEmpty()) {
            return true;
        }
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1);
        // ASCII only: the long s folds to an s, but to other readers ".cſſ" is not ".css"
        return dot > 0
                && config.extensions().stream().anyMatch(each -> AsciiString.contentEqualsIgnoreCase(each, extension));
    }

    /** An object that is silently stored otherwise than it was asked for would surprise somebody later. */
    private static boolean isOther(HttpHeaders headers, String name, @Nullable String only) {
        String said = headers.get(name);
        return only != null && said != null && !said.isEmpty() && !said.equals(only);
    }

    private Denied denied(String reason) {
        return new Denied(reveals ? "Access Denied: " + reason + '.' : "Access Denied.", reason);
    }

    /**
     * Looks at the body of an upload, {@code null} if nobody asks what it is.
     *
     * @param listener hears of it if the body is denied
     */
    public @Nullable ContentTypeScreen screen(
            CosOperation operation, CosTarget target, HttpHeaders headers, Consumer<Denied> listener) {
        return types.screen(operation, target, headers, () -> {
            Denied denial = denied("detected-type");
            listener.accept(denial);
            return denial;
        });
    }

    /** Whether the origin is to be asked for the object before the upload, which is refused unless there is none. */
    public static boolean asksFirst(UploadsConfig config, CosOperation operation) {
        return config.forbidOverwrite() == ForbidOverwrite.HEAD_FIRST && MAY_OVERWRITE.contains(operation);
    }

    /**
     * Whether {@code config} limits the media types of new objects, and a copy gets its source's: whatever its head
     * declares, COS goes by it only where the source's metadata are replaced.
     */
    public static boolean inheritsType(UploadsConfig config, CosOperation operation, HttpHeaders headers) {
        return operation == CosOperation.COPY_OBJECT
                && !config.contentTypes().isEmpty()
                && ContentTypeRule.keepsMetadata(headers);
    }

    /** Whether a download asks for another media type or content coding than the stored ones. */
    public static boolean overridesType(CosTarget target) {
        return target.has(ContentTypeRule.RESPONSE_TYPE) || target.has(ContentTypeRule.RESPONSE_ENCODING);
    }

    /** Whether {@code config} verifies types, and would not take of an upload what a download asks for. */
    public static boolean forbidsOverride(UploadsConfig config, CosTarget target) {
        return ContentTypeRule.forbidsOverride(config, target);
    }

    /** Adds what the route adds to an upload to {@code headers}, those for the origin. What the client says of the same is replaced. */
    public void addTo(CosOperation operation, HttpHeaders headers) {
        if (config.forbidOverwrite() != ForbidOverwrite.FALSE && MAY_OVERWRITE.contains(operation)) {
            headers.set(FORBID_OVERWRITE, "true");
        }
        if (config.storageClass() != null && operation.is(BEGINS_OBJECT)) {
            headers.set(STORAGE_CLASS, config.storageClass());
        }
        if (config.trafficLimit() != null && operation.is(STORES_BODY)) {
            headers.set(TRAFFIC_LIMIT, config.trafficLimit().toString());
        }
    }
}
