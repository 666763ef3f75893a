package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sealgate.core.error.GatewayError.Broken;
import io.sealgate.core.model.BodyFraming;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the head of an origin's final answer must be like before any of it is passed on: a client is told by the gateway where the
 * body ends, so the origin must have said it, and not merely have stopped (docs/decisions/0009). Pure. What the codec refuses
 * never gets here.
 */
final class AnswerRules {

    private AnswerRules() {}

    /**
     * Why {@code head} may not be passed on, or {@code null} if it may.
     *
     * @param range tells the part that was asked for, or {@code null} if it was all
     */
    static @Nullable Broken judge(HttpMethod method, Supplier<@Nullable String> range, HttpResponse head) {
        boolean isCoded = head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        boolean isChunked = isCoded && isChunkedOnly(head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING));
        if (isCoded && !isChunked) {
            // the codec undoes chunks and nothing else: what is left would not be the object's bytes
            return new Broken("The storage service sent its answer in a transfer coding that nobody asked for");
        }
        if (!isChunked && ResponseFraming.of(method, head) instanceof BodyFraming.Streamed) {
            return new Broken("The storage service did not say where its answer ends");
        }
        if (method.equals(HttpMethod.GET) && head.status().equals(HttpResponseStatus.NO_CONTENT)) {
            return new Broken("The storage service sent nothing where something was asked for");
        }
        return head.status().equals(HttpResponseStatus.PARTIAL_CONTENT) ? judgePart(method, range.get(), head) : null;
    }

    private static boolean isChunkedOnly(List<String> codings) {
        return codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0));
    }

    private static @Nullable Broken judgePart(HttpMethod method, @Nullable String range, HttpResponse head) {
        if (range == null) {
            return new Broken("The storage service sent a part where the whole was asked for");
        }
        ContentRange sent = ContentRange.parse(head.headers().get(HttpHeaderNames.CONTENT_RANGE));
        boolean isSeveral = range.indexOf(',') >= 0; // each is described in the body
        boolean isAnother = sent == null
                || (ResponseFraming.of(method, head) instanceof BodyFraming.Fixed fixed
                        && fixed.bytes() != sent.length())
                || !sent.answers(range);
        return !isSeveral && isAnother
                ? new Broken("The storage service sent another part than the one that was asked for")
                : null;
    }
}
