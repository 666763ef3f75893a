package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.spi.BodyTapFactory;
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
    private @Nullable List<TapResult> judged;

    /** @param request absent if the planner already holds the body */
    UploadVerdict(Plan.Forward plan, BodyTapFactory taps, @Nullable RequestPump request) {
        this.plan = plan;
        this.taps = taps;
        this.request = request;
    }

    /**
     * Compares what the origin says with what it was sent. Borrows {@code answer}.
     *
     * @return why the client must not take it for success, or {@code null}
     */
    @Nullable
    GatewayError judge(HttpResponse answer) {
        boolean isSuccess = answer.status().codeClass() == HttpStatusClass.SUCCESS;
        if (isSuccess && request != null && !request.isComplete()) {
            return new GatewayError.Broken("The storage service said that it has what it was not sent yet");
        }
        byte[] document = plan.request().body();
        List<TapResult> sent = results();
        if (sent.isEmpty() && document == null) {
            return null; // nothing was uploaded
        }
        judged = taps.judge(new BodyTapFactory.Stored(
                plan.operation(),
                plan.route().config().integrity(),
                plan.route().bucket(),
                plan.request().query(),
                request == null ? 0 : request.bytes(),
                sent,
                document == null ? NO_DOCUMENT : ByteBuffer.wrap(document).asReadOnlyBuffer(),
                answer.status().code(),
                answer.headers()));
        for (TapResult result : judged) {
            if (result instanceof TapResult.Mismatched mismatched) {
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
