package io.sealgate.core.planning;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.model.QueryParameter;
import java.util.List;

/**
 * What the origin has to say before a multipart upload may be completed: how large these parts are. Immutable.
 *
 * @param uploadId as the origin gave it
 * @param parts    at least one, in ascending order of their numbers
 * @param room     bytes that they may have together
 * @param most     bytes that the whole object may have
 */
public record PartsQuestion(String uploadId, List<NamedPart> parts, long room, long most) implements OriginQuestion {

    private static final int PARTS_PER_PAGE = 1000;
    private static final int BYTES_PER_PART = 160;

    public PartsQuestion {
        parts = List.copyOf(parts);
    }

    /**
     * The query of ListParts for the parts behind number {@code marker}. The key is asked for encoded, because XML
     * cannot say every key.
     */
    public List<QueryParameter> query(int marker) {
        return List.of(
                new QueryParameter("encoding-type", "url"),
                new QueryParameter("max-parts", Integer.toString(PARTS_PER_PAGE)),
                new QueryParameter("part-number-marker", Integer.toString(marker)),
                new QueryParameter("uploadId", uploadId));
    }

    /** Why the upload is not completed if the origin does not say it, or cannot be asked. */
    public static GatewayError unanswered() {
        return new GatewayError.Unreachable("The storage service did not say how large the parts are");
    }

    /** Why it is not completed if the origin knows no such upload. */
    public static GatewayError noUpload() {
        return new GatewayError.Rejected(
                CosErrorCode.NO_SUCH_UPLOAD, "uploadId: not known (expected: an upload that is under way)");
    }

    @Override
    public int weight() {
        return parts.size() * BYTES_PER_PART;
    }
}
