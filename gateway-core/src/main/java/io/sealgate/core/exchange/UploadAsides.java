package io.sealgate.core.exchange;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.load.ClientLoad;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.rewrite.TargetEncoder;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.Recovery;
import io.sealgate.core.spi.Recovery.Kind;
import io.sealgate.core.spi.Recovery.Outcome;
import io.sealgate.core.upstream.UpstreamPool;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway asks of an origin for the sake of an upload's verdict: what there was before, and what has come of it. One thing at a time,
 * for a bounded time, and the upload goes on whatever the answer. Only where the gateway signs. Confined to the exchange's event loop.
 */
final class UploadAsides {

    /** Nobody's upload is held up for longer by a question that it could do without. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final UpstreamRequest request;
    private final UploadVerdict upload;
    private final UpstreamPool pool;
    private final ClientLoad client;
    private final Deadlines deadlines;
    private final List<Recovery> made = new ArrayList<>(0);
    private @Nullable Aside current;

    /** @param request the client's, as it is sent to the origin */
    UploadAsides(
            UpstreamRequest request, UploadVerdict upload, UpstreamPool pool, ClientLoad client, Deadlines deadlines) {
        this.request = request;
        this.upload = upload;
        this.pool = pool;
        this.client = client;
        this.deadlines = deadlines;
    }

    /** Learns what the verdict will need to know of the object as it is, then runs {@code then}. */
    void look(Runnable then) {
        if (!request.origin().signs() || !upload.wantsHead()) {
            then.run();
            return;
        }
        ask(own(CosOperation.HEAD_OBJECT, HttpMethod.HEAD, EmptyHttpHeaders.INSTANCE), null, answer -> {
            boolean isTold = answer != null && answer.status().equals(HttpResponseStatus.OK);
            made.add(new Recovery(Kind.HEAD, isTold ? Outcome.SUCCEEDED : Outcome.FAILED));
            upload.learned(answer);
            then.run();
        });
    }

    /** Reads back what is in doubt, and judges again if that can be had, then runs {@code then}. */
    void readBack(Doubt doubt, Runnable then) {
        if (!request.origin().signs()) {
            then.run();
            return;
        }
        long last = doubt.first() + doubt.bytes() - 1;
        HttpHeaders range = DefaultHttpHeadersFactory.headersFactory()
                .newHeaders()
                .set(HttpHeaderNames.RANGE, "bytes=" + doubt.first() + '-' + last);
        ask(own(CosOperation.GET_OBJECT, HttpMethod.GET, range), doubt.tap(), answer -> {
            boolean isRead = answer != null && isPart(answer, doubt.first(), last);
            made.add(new Recovery(Kind.READ_BACK, isRead ? Outcome.SUCCEEDED : Outcome.FAILED));
            if (isRead) {
                upload.learned(doubt.tap().finish());
            }
            then.run();
        });
    }

    private static boolean isPart(HttpResponse answer, long first, long last) {
        ContentRange range = ContentRange.parse(answer.headers().get(HttpHeaderNames.CONTENT_RANGE));
        return answer.status().equals(HttpResponseStatus.PARTIAL_CONTENT)
                && range != null
                && range.first() == first
                && range.last() == last;
    }

    private UpstreamRequest own(CosOperation operation, HttpMethod method, HttpHeaders headers) {
        String target = TargetEncoder.path(request.object().key());
        return request.own(operation, method, target, List.of(), headers);
    }

    private void ask(UpstreamRequest asked, @Nullable BodyTap tap, Aside.Listener listener) {
        deadlines.enter(Phase.ASKING, PATIENCE);
        Aside aside = new Aside(pool, asked, client, tap, listener);
        current = aside;
        aside.begin();
    }

    /** What is being asked takes too long: the upload goes on without. */
    void giveUp() {
        if (current != null) {
            current.giveUp();
        }
    }

    /** Nobody wants to know any more. Idempotent. */
    void close() {
        if (current != null) {
            current.close();
        }
    }

    /** What was asked, and whether it was told. */
    List<Recovery> made() {
        return List.copyOf(made);
    }
}
