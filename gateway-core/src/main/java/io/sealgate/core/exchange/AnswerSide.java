package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Broken;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.planning.AnswerEdit;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.core.spi.Recovery;
import io.sealgate.core.spi.Recovery.Kind;
import io.sealgate.core.spi.Recovery.Outcome;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The origin's half of forwarding: its answer, judged, on its way to the client. What goes wrong before the client has seen any
 * of it is fetched again; what goes wrong later is resumed where the origin stopped. Confined to the exchange's event loop.
 */
final class AnswerSide implements OriginAnswer.Sink {

    /** What the exchange has to do about an answer. */
    interface Events {
        /** The origin's final answer has begun. Borrows {@code head}. */
        void answerBegins(HttpResponse head);

        /** Holds the answer back until what is in doubt has been read back, as far as it can be, then runs {@code then}. */
        void readBack(Doubt doubt, Runnable then);

        /** It is acceptable so far, and its body comes next. */
        void bodyFollows();

        /**
         * Sends {@code head} on to the client. Takes it.
         *
         * @param verdicts what the taps say once the whole body has been seen
         */
        Delivery begin(HttpResponse head, BodyFraming framing, BodyGuard guard, Supplier<List<TapResult>> verdicts);

        /** Whether the client still has the right to what would be asked for. */
        boolean mayAskAgain();

        /** Gives this origin connection up and asks again, after {@code pause}. */
        void askAgain(UpstreamRequest request, Duration pause);

        /** What {@code head} says was stored is not what was sent. Borrows {@code head}. */
        void storedOtherwise(HttpResponse head, GatewayError error);

        /** Nothing can be made of the answer, or no longer. */
        void answerFailed(GatewayError error);

        /** The client has been sent all of it. */
        void answerComplete(boolean originKeepsAlive);
    }

    private static final int MOST_REFETCHES = 3;

    private final Plan.Forward plan;
    private final BodyTapFactory taps;
    private final ExchangeLoad load;
    private final UploadVerdict upload;
    private final Events events;
    private final List<TapResult> earlierResults = new ArrayList<>(0);
    private final List<Recovery> recoveries = new ArrayList<>(0);

    private OriginAnswer answer = new OriginAnswer(this);
    private @Nullable Delivery delivery;
    private @Nullable Resumption resumption;
    private boolean hasHead;
    private boolean originKeepsAlive;
    private int refetches;
    private boolean refetching;

    AnswerSide(Plan.Forward plan, BodyTapFactory taps, ExchangeLoad load, UploadVerdict upload, Events events) {
        this.plan = plan;
        this.taps = taps;
        this.load = load;
        this.upload = upload;
        this.events = events;
    }

    /** The next object from the origin. Takes {@code message}. */
    void received(HttpObject message) {
        answer.received(message);
    }

    /** Whether the origin's final answer to the last request has begun. */
    boolean hasHead() {
        return hasHead;
    }

    /** Whether the client has been sent any of it. */
    boolean hasBegun() {
        return delivery != null && delivery.hasBegun();
    }

    boolean isComplete() {
        return delivery != null && delivery.isComplete();
    }

    long bytes() {
        return delivery == null ? 0 : delivery.bytes();
    }

    List<TapResult> results() {
        List<TapResult> last = delivery == null ? List.of() : delivery.results();
        if (earlierResults.isEmpty()) {
            return last;
        }
        List<TapResult> results = new ArrayList<>(earlierResults);
        results.addAll(last);
        return results;
    }

    List<Recovery> recoveries() {
        return List.copyOf(recoveries);
    }

    /** Releases what is withheld. */
    void discard() {
        if (delivery != null) {
            delivery.discard();
        }
    }

    // ---- what the origin says ----

    @Override
    public void answerBegins(HttpResponse head) {
        hasHead = true;
        originKeepsAlive = HttpUtil.isKeepAlive(head);
        if (resumption != null && hasBegun()) {
            goesOn(head, resumption);
            return;
        }
        events.answerBegins(head);
        GatewayError fault = AnswerRules.judge(plan.request().method(), plan.request()::range, head);
        upload.judge(head);
        Doubt doubt = upload.doubt();
        if (fault != null) {
            failed(fault);
        } else if (doubt != null) {
            events.readBack(doubt, () -> passIfGood(head));
        } else {
            passIfGood(head);
        }
    }

    private void passIfGood(HttpResponse head) {
        GatewayError error = upload.error();
        BodyTaps chosen = taps(head);
        if (error != null) {
            events.storedOtherwise(head, error);
        } else if (chosen instanceof BodyTaps.Refuse refusal) {
            failed(refusal.error());
        } else if (chosen instanceof BodyTaps.Watch watch) {
            pass(head, watch.taps());
        }
    }

    private BodyTaps taps(HttpResponse head) {
        return taps.forDownload(new BodyTapFactory.Download(
                plan.operation(),
                plan.route().config().integrity(),
                plan.request().query(),
                head.status().code(),
                head.headers()));
    }

    private void pass(HttpResponse head, List<BodyTap> watching) {
        if (refetching && head.status().codeClass() == HttpStatusClass.SUCCESS && !anyJudges(watching)) {
            failed(new Broken("The storage service does not say the checksum any more of what came corrupt"));
            return;
        }
        BodyFraming framing = ResponseFraming.of(plan.request().method(), head);
        events.bodyFollows();
        BodyGuard guard = guard(framing, watching);
        AnswerEdit edit = bodyEdit(head);
        if (edit != null) {
            delivery = new EditedAnswer(guard, edit, load, length -> beginEdited(head, length));
        } else if (isWorthHolding(framing, watching)) {
            delivery =
                    new HeldAnswer(guard, () -> events.begin(head, framing, guard(framing, List.of()), guard::results));
        } else {
            resumption = Resumption.of(plan, head, framing);
            delivery = events.begin(head, framing, guard, guard::results);
        }
    }

    private @Nullable AnswerEdit bodyEdit(HttpResponse head) {
        AnswerEdit edit = plan.edit();
        boolean isEdited =
                edit != null && edit.longestBody() > 0 && head.status().codeClass() == HttpStatusClass.SUCCESS;
        return isEdited ? edit : null;
    }

    private Delivery beginEdited(HttpResponse head, int length) {
        BodyFraming framing = new BodyFraming.Fixed(length);
        HttpUtil.setTransferEncodingChunked(head, false);
        HttpUtil.setContentLength(head, length);
        return events.begin(head, framing, guard(framing, List.of()), List::of);
    }

    private boolean isWorthHolding(BodyFraming framing, List<BodyTap> watching) {
        return framing instanceof BodyFraming.Fixed fixed
                && fixed.bytes() > 0
                && plan.request().framing().isEmpty() // it can be asked again
                && anyJudges(watching)
                && load.takeHeldBody(
                        plan.route().name(), plan.route().config().integrity().verifyBuffer(), fixed.bytes());
    }

    private static boolean anyJudges(List<BodyTap> watching) {
        // by index: the iterator that all lists share is compiled for none of them
        for (int i = 0; i < watching.size(); i++) {
            if (watching.get(i).judges()) {
                return true;
            }
        }
        return false;
    }

    private static BodyGuard guard(BodyFraming framing, List<BodyTap> watching) {
        return new BodyGuard(framing, Long.MAX_VALUE, watching);
    }

    @Override
    public void answerBody(HttpContent chunk) {
        if (delivery == null) {
            chunk.release();
            return;
        }
        GatewayError error = delivery.pass(chunk);
        if (error != null) {
            failed(error);
        } else if (delivery.isComplete()) {
            refetched(Outcome.SUCCEEDED);
            events.answerComplete(originKeepsAlive);
        }
    }

    @Override
    public void answerBroken(GatewayError error) {
        failed(error);
    }

    // ---- when it goes wrong ----

    /** The answer is no good. */
    private void failed(GatewayError error) {
        if (hasBegun() || !fetchAgain()) {
            events.answerFailed(error);
        }
    }

    /**
     * The origin is gone, or as good as gone.
     *
     * @return whether it is asked again; otherwise it is over
     */
    boolean recover() {
        return hasBegun() ? resume() : fetchAgain();
    }

    private boolean fetchAgain() {
        boolean isHolding = delivery instanceof HeldAnswer || refetches > 0;
        refetched(Outcome.FAILED);
        if (!isHolding || refetches >= MOST_REFETCHES || !events.mayAskAgain()) {
            return false;
        }
        if (delivery != null) {
            earlierResults.addAll(delivery.results());
            delivery.discard();
            delivery = null;
        }
        refetches++;
        refetching = true;
        ask(plan.request(), Duration.ZERO);
        return true;
    }

    private void refetched(Outcome outcome) {
        if (refetching) {
            refetching = false;
            recoveries.add(new Recovery(Kind.REFETCH, outcome));
        }
    }

    private boolean resume() {
        if (delivery == null || resumption == null || delivery.isComplete()) {
            return false;
        }
        UpstreamRequest rest = resumption.next(delivery.received());
        if (rest == null || !events.mayAskAgain()) {
            recoveries.add(new Recovery(Kind.RESUME, Outcome.FAILED));
            return false;
        }
        ask(rest, resumption.pause());
        return true;
    }

    private void goesOn(HttpResponse head, Resumption download) {
        switch (download.judge(head)) {
            case GO_ON -> {
                recoveries.add(new Recovery(Kind.RESUME, Outcome.SUCCEEDED));
                events.bodyFollows();
            }
            case LATER -> {
                if (!resume()) {
                    events.answerFailed(new Broken("The storage service broke off its answer"));
                }
            }
            case CHANGED -> {
                recoveries.add(new Recovery(Kind.RESUME, Outcome.CHANGED));
                events.answerFailed(new Broken("The object was changed while it was being sent"));
            }
            case NEVER -> {
                recoveries.add(new Recovery(Kind.RESUME, Outcome.FAILED));
                events.answerFailed(new Broken("The storage service broke off its answer"));
            }
        }
    }

    private void ask(UpstreamRequest request, Duration pause) {
        hasHead = false;
        answer = new OriginAnswer(this);
        events.askAgain(request, pause);
    }
}
