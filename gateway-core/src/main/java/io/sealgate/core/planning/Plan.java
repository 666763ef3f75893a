package io.sealgate.core.planning;

import io.netty.buffer.ByteBufUtil;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Route;
import io.sealgate.core.rewrite.ContentTypeScreen;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.upstream.UpstreamRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is to be done about a request. */
public sealed interface Plan {

    /** The route that matched, or {@code null} if none did. */
    @Nullable
    Route route();

    /** The operation, or {@code null} if it was not recognised. */
    @Nullable
    CosOperation operation();

    /**
     * Bytes of a document that the planner has made in place of the client's, at times more than that.
     *
     * @param own the client's document
     */
    default int madeBytes(byte[] own) {
        return 0;
    }

    /**
     * Send it on.
     *
     * @param uploadDecoder unwraps the client's body, or {@code null} if it is the object's own bytes
     * @param uploadTaps    watch what comes of it; empty if {@link UpstreamRequest#body()} is already there
     * @param screen        looks at how the object's own bytes begin, or {@code null} if nobody asks
     * @param isS3          whether the client expects answers in S3's words too
     * @param edit          what is changed in the answer, or {@code null} if nothing
     * @param question      what the origin has to say before the request may be sent, or {@code null} if nothing
     */
    record Forward(
            Route route,
            CosOperation operation,
            UpstreamRequest request,
            @Nullable BodyDecoder uploadDecoder,
            List<BodyTap> uploadTaps,
            @Nullable ContentTypeScreen screen,
            boolean isS3,
            @Nullable AnswerEdit edit,
            @Nullable OriginQuestion question)
            implements Plan {
        public Forward {
            uploadTaps = List.copyOf(uploadTaps);
        }

        /** The same, to be sent when the origin has said what is asked. */
        Forward after(OriginQuestion asked) {
            return new Forward(route, operation, request, uploadDecoder, uploadTaps, screen, isS3, edit, asked);
        }

        @Override
        public int madeBytes(byte[] own) {
            byte[] body = request.body();
            int made = body == null || body == own ? 0 : body.length;
            return question == null ? made : made + question.weight();
        }
    }

    /**
     * Permitted so far, but the body decides: read it whole, it is a small control document, then ask {@code then}.
     *
     * @param maxBytes a larger body is refused with {@code EntityTooLarge}
     * @param then     pure; may be called once with the complete body; never answers another {@code Examine}
     */
    record Examine(Route route, CosOperation operation, int maxBytes, Function<byte[], Plan> then) implements Plan {}

    /**
     * Answer at once; no origin hears of it.
     *
     * @param document XML, told with 200 in place of the error if the answer is about several things that are each refused, or {@code null}
     */
    record Reply(
            @Nullable Route route,
            @Nullable CosOperation operation,
            GatewayError error,
            @Nullable String document) implements Plan {
        public Reply(@Nullable Route route, @Nullable CosOperation operation, GatewayError error) {
            this(route, operation, error, null);
        }

        @Override
        public int madeBytes(byte[] own) {
            return document == null ? 0 : ByteBufUtil.utf8Bytes(document);
        }
    }
}
