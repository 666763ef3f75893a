package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.ObjectQuery;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a download goes on after its origin has died: with a request for the bytes that are missing, of the same version of the
 * object, which the client never hears of. Only where the gateway signs, for a client's signature may cover {@code Range}; and only
 * where the bytes are certainly the object's own. Confined to the exchange's event loop.
 */
final class Resumption {

    /** What an answer to a request for the rest means. */
    enum Verdict {
        /** Its body is the rest. */
        GO_ON,
        /** The origin cannot just now. */
        LATER,
        /** The object is another one now. */
        CHANGED,
        /** Asking again would not help. */
        NEVER
    }

    private static final String VERSION_ID = "x-cos-version-id";
    private static final int MOST_FRUITLESS = 3;
    private static final int MOST = 16;
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final UpstreamRequest request;
    private final String etag;
    private final List<String> versionId;
    private final ContentRange wanted;
    private long position;
    private long reached = -1;
    private int fruitless;
    private int attempts;

    private Resumption(UpstreamRequest request, String etag, List<String> versionId, ContentRange wanted) {
        this.request = request;
        this.etag = etag;
        this.versionId = versionId;
        this.wanted = wanted;
    }

    /** For a download that begins with {@code head}; {@code null} if it could not be resumed safely. */
    static @Nullable Resumption of(Plan.Forward plan, HttpResponse head, BodyFraming framing) {
        String etag = head.headers().get(HttpHeaderNames.ETAG);
        ContentRange sent = sent(head, framing);
        boolean isObject = plan.operation() == CosOperation.GET_OBJECT
                && plan.request().method().equals(HttpMethod.GET)
                && !ObjectQuery.mayProcess(plan.request().query())
                && !isEncoded(head.headers());
        boolean isStrong = etag != null && etag.length() > 2 && etag.startsWith("\"") && etag.endsWith("\"");
        return plan.request().origin().signs() && isObject && isStrong && sent != null
                ? new Resumption(plan.request(), etag, head.headers().getAll(VERSION_ID), sent)
                : null;
    }

    private static @Nullable ContentRange sent(HttpResponse head, BodyFraming framing) {
        if (!(framing instanceof BodyFraming.Fixed fixed) || fixed.bytes() == 0) {
            return null;
        }
        if (head.status().equals(HttpResponseStatus.OK)) {
            return new ContentRange(0, fixed.bytes() - 1, fixed.bytes());
        }
        ContentRange range = ContentRange.parse(head.headers().get(HttpHeaderNames.CONTENT_RANGE));
        boolean isPart = head.status().equals(HttpResponseStatus.PARTIAL_CONTENT);
        return isPart && range != null && range.length() == fixed.bytes() ? range : null;
    }

    /** An origin that encodes for one client may not do so for the next request, nor count ranges in encoded bytes. */
    private static boolean isEncoded(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.CONTENT_ENCODING)
                && !headers.containsValue(HttpHeaderNames.CONTENT_ENCODING, "identity", true);
    }

    /**
     * The request for what is missing after {@code received} bytes of the body; {@code null} if it has been tried often enough. Bytes
     * that came since the last time make it worth trying again.
     */
    @Nullable
    UpstreamRequest next(long received) {
        fruitless = received > reached ? 1 : fruitless + 1;
        reached = received;
        attempts++;
        position = wanted.first() + received;
        boolean isWorthIt = fruitless <= MOST_FRUITLESS && attempts <= MOST && position <= wanted.last();
        return isWorthIt ? request.forRange(position, wanted.last(), etag) : null;
    }

    /** How long to wait with it: longer each time, and not all exchanges of a dead origin for equally long. */
    Duration pause() {
        long longest = FIRST_PAUSE_MILLIS << (2 * (fruitless - 1));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    /** Judges the answer to the last {@link #next}. */
    Verdict judge(HttpResponse head) {
        HttpResponseStatus status = head.status();
        if (status.equals(HttpResponseStatus.PRECONDITION_FAILED)) {
            return Verdict.CHANGED;
        }
        if (status.codeClass() == HttpStatusClass.SERVER_ERROR || status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
            return Verdict.LATER;
        }
        return isTheRest(head) ? Verdict.GO_ON : Verdict.NEVER;
    }

    private boolean isTheRest(HttpResponse head) {
        HttpHeaders headers = head.headers();
        ContentRange missing = new ContentRange(position, wanted.last(), wanted.total());
        return head.status().equals(HttpResponseStatus.PARTIAL_CONTENT)
                && headers.getAll(HttpHeaderNames.CONTENT_RANGE).size() == 1
                && missing.equals(ContentRange.parse(headers.get(HttpHeaderNames.CONTENT_RANGE)))
                && ResponseFraming.of(request.method(), head) instanceof BodyFraming.Fixed fixed
                && fixed.bytes() == missing.length()
                && headers.getAll(HttpHeaderNames.ETAG).equals(List.of(etag))
                && headers.getAll(VERSION_ID).equals(versionId)
                && !isEncoded(headers);
    }
}
