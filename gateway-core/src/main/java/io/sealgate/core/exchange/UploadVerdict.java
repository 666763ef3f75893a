package io.sealgate.core.exchange;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.BodyTapFactory.Head;
import io.sealgate.core.spi.BodyTapFactory.Verdicts;
import io.sealgate.core.spi.TapResult;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an upload's bytes: what the taps said, and in the end what the origin says. Confined to the exchange's event loop. */
final class UploadVerdict {

    private static final ByteBuffer NO_DOCUMENT = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Plan.Forward plan;
    private final BodyTapFactory taps;
    private final @Nullable RequestPump request;
    private final ClientKey client;
    private @Nullable Head before;
    private @Nullable List<TapResult> judged;
    private @Nullable Doubt doubt;
    private boolean isPremature;
    private boolean wasSentBefore;

    /**
     * @param request absent if the planner already holds the body
     * @param client  out of whose share the upload is remembered
     */
    UploadVerdict(Plan.Forward plan, BodyTapFactory taps, @Nullable RequestPump request, ClientKey client) {
        this.plan = plan;
        this.taps = taps;
        this.request = request;
        this.client = client;
    }

    /** Whether {@link #learned(HttpResponse)} should be told, before the upload is sent, how the origin answers HEAD. */
    boolean wantsHead() {
        return request != null && request.hasBody() && taps.wantsHead(storing());
    }

    /** What the origin says of the object before the upload; {@code null} if it says nothing. Borrows {@code answer}. */
    void learned(@Nullable HttpResponse answer) {
        before = answer == null ? new Head(0, EmptyHttpHeaders.INSTANCE) : head(answer);
    }

    /** Why the last of the {@code bytes} of the body must not be sent, or {@code null} if it may. */
    @Nullable
    GatewayError lastByteObjection(long bytes) {
        if (!plan.operation().is(CosOperation.Trait.STORES_BODY)) {
            return null;
        }
        ByteSize most = plan.route().config().uploads().maxSize();
        return taps.reserve(storing(), bytes, most == null ? Long.MAX_VALUE : most.bytes())
                ? null
                : new GatewayError.Rejected(
                        CosErrorCode.ENTITY_TOO_LARGE,
                        "Body: makes the object larger than allowed (expected: at most " + most + " with all parts)");
    }

    /** The body is sent again: the first attempt may be stored, whatever the response to the second says. */
    void originRetrying() {
        wasSentBefore |= request != null && request.isComplete();
    }

    /** Compares what the origin says with what it was sent. Borrows {@code answer}. */
    void judge(HttpResponse answer) {
        boolean isSuccess = answer.status().codeClass() == HttpStatusClass.SUCCESS;
        if (wasSentBefore && !isSuccess) {
            return;
        }
        isPremature = isSuccess && request != null && !request.isComplete();
        byte[] document = plan.request().body();
        List<TapResult> sent = results();
        // every body that was seen whole has a result: of a check that is off, too
        boolean isUpload = !sent.isEmpty() || document != null || plan.operation() == CosOperation.ABORT_MULTIPART;
        if (isPremature || !isUpload) {
            return;
        }
        Verdicts verdicts = taps.judge(new BodyTapFactory.Stored(
                storing(),
                before,
                request == null ? 0 : request.bytes(),
                sent,
                document == null ? NO_DOCUMENT : ByteBuffer.wrap(document).asReadOnlyBuffer(),
                head(answer)));
        judged = verdicts.results();
        doubt = verdicts.doubt();
    }

    private BodyTapFactory.Storing storing() {
        return new BodyTapFactory.Storing(
                plan.operation(),
                plan.route().config().integrity(),
                plan.request().object(),
                plan.request().query(),
                client);
    }

    private static Head head(HttpResponse answer) {
        return new Head(answer.status().code(), answer.headers());
    }

    /** What the verdict hangs on, or {@code null} if it is certain or nothing can be done about it. */
    @Nullable
    Doubt doubt() {
        return doubt;
    }

    /** What was read back says {@code better} than what was judged before. */
    void learned(TapResult better) {
        judged = results().stream()
                .map(result -> result.algorithm().equals(better.algorithm()) ? better : result)
                .toList();
    }

    /** Why the client must not take it for success, or {@code null}. */
    @Nullable
    GatewayError error() {
        if (isPremature) {
            return new GatewayError.Broken("The storage service said that it has what it was not sent yet");
        }
        List<TapResult> results = results();
        // by index: the iterator that all lists share is compiled for none of them
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof TapResult.Mismatched mismatched) {
                return mismatched.error();
            }
        }
        return null;
    }

    /** The best that is known. */
    List<TapResult> results() {
        if (judged != null) {
            return judged;
        }
        return request == null ? List.of() : request.results();
    }
}
