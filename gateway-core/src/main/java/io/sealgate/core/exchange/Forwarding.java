package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Source;
import io.sealgate.core.error.GatewayError.TimedOut;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.rewrite.ResponseHeaderRules;
import io.sealgate.core.rewrite.S3Answers;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.Recovery;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.upstream.UpstreamPool;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage in which an origin is talked to: two pumps, one for each body, with backpressure between the two connections.
 * Confined to the exchange's event loop; owns the origin connection.
 */
final class Forwarding implements Stage, OriginLeg.Events, AnswerSide.Events {

    private final Exchange exchange;
    private final ExchangeServices services;
    private final ExchangeLoad load;
    private final Plan.Forward plan;
    private final Downstream downstream;
    private final UpstreamPool pool;
    private final Deadlines deadlines;
    private final UploadVerdict upload;
    private final AnswerSide answer;
    private final UploadAsides asides;
    /** Absent if the planner already holds the body. */
    private final @Nullable RequestPump request;

    private OriginLeg origin;
    private Brake brake;
    private boolean askedAgain;
    private boolean uploadAbandoned;

    Forwarding(
            Exchange exchange,
            ExchangeServices services,
            ExchangeLoad load,
            RequestHead head,
            Plan.Forward plan,
            Downstream downstream,
            Deadlines deadlines) {
        this.exchange = exchange;
        this.services = services;
        this.load = load;
        this.plan = plan;
        this.downstream = downstream;
        pool = services.pools().of(plan.request().origin());
        this.deadlines = deadlines;
        origin = leg(plan.request());
        brake = new Brake(load, downstream, origin);
        request = plan.request().body() == null
                ? new RequestPump(
                        head,
                        plan,
                        downstream,
                        () -> origin,
                        services.flushes(),
                        HeldUpload.of(plan, services.taps(), load),
                        this::lastByteObjection)
                : null;
        upload = new UploadVerdict(plan, services.taps(), request, exchange.client());
        answer = new AnswerSide(plan, services.taps(), load, upload, this);
        asides = new UploadAsides(plan, upload, pool, load, deadlines);
    }

    private @Nullable GatewayError lastByteObjection(long bytes) {
        return upload.lastByteObjection(bytes);
    }

    private OriginLeg leg(UpstreamRequest asked) {
        return new OriginLeg(pool, asked, load.client(), this);
    }

    /** Asks for a connection; everything else follows from it. What the client sends until then has to be kept. */
    void begin() {
        if (request != null && request.hasBody() && !load.takeBody()) {
            exchange.fail(tooManyBodies());
            return;
        }
        if (request != null && request.isHeld()) {
            deadlines.enter(Phase.UPLOADING, services.limits().idleTimeout());
            request.sendContinue();
        } else {
            open();
        }
    }

    private void open() {
        asides.look(exchange::fail, this::connect);
    }

    private void connect() {
        UpstreamRequest matched = asides.matched();
        if (matched != null) {
            ask(matched);
        }
        deadlines.enter(Phase.CONNECTING, plan.request().firstByteTimeout());
        origin.open();
    }

    /** All of a held body is here: its digest goes into the head. */
    private void openForHeld(RequestPump held) {
        ask(held.digested(plan.request()));
        open();
    }

    private void ask(UpstreamRequest asked) {
        origin = leg(asked);
        brake = new Brake(load, downstream, origin);
    }

    // ---- the client's side ----

    @Override
    public void received(HttpContent chunk) {
        if (uploadAbandoned || request == null) {
            exchange.drain(chunk);
            return;
        }
        GatewayError error = request.pass(chunk);
        if (error != null) {
            exchange.fail(error);
        } else if (request.hasLeft()) {
            awaitAnswer();
        } else if (request.isHeld() && request.isComplete()) {
            openForHeld(request);
        } else if (request.isUnderWay() && !origin.isWritable()) {
            downstream.gate().pause(ReadGate.Pause.PEER_UNWRITABLE);
            origin.flush();
        }
    }

    @Override
    public void readComplete() {
        if (request != null && request.isUnderWay()) {
            origin.flush();
        }
    }

    @Override
    public void downstreamWritable() {
        origin.resumeReading(ReadGate.Pause.PEER_UNWRITABLE);
        originReadComplete(); // what waited came with a read that is long over
    }

    // ---- the origin's side ----

    @Override
    public void originReady() {
        if (!load.takeBody()) {
            origin.release(); // as good as before
            exchange.fail(tooManyBodies());
            return;
        }
        if (askedAgain || request == null) {
            origin.sendAll();
            awaitAnswer();
            return;
        }
        deadlines.enter(Phase.UPLOADING, services.limits().idleTimeout());
        request.originReady();
        if (request.hasLeft()) {
            awaitAnswer();
        }
    }

    private static GatewayError tooManyBodies() {
        return new GatewayError.Overloaded("Too many uploads and downloads at the same time");
    }

    private void awaitAnswer() {
        if (!answer.hasHead()) {
            deadlines.enter(Phase.AWAITING, plan.request().firstByteTimeout());
        }
    }

    @Override
    public void originRetrying() {
        if (request != null) {
            request.originRetrying();
            upload.originRetrying();
        }
        deadlines.enter(Phase.CONNECTING, plan.request().firstByteTimeout());
    }

    @Override
    public void originSent(HttpObject message) {
        if (answer.hasHead()) {
            deadlines.progress(); // before that only the answer itself counts, not the interim ones that promise it
        }
        answer.received(message);
        if (answer.hasBegun() && !answer.isComplete() && !downstream.isWritable()) {
            origin.pauseReading(ReadGate.Pause.PEER_UNWRITABLE);
            downstream.flush();
        }
    }

    @Override
    public void answerBegins(HttpResponse head) {
        exchange.originAnswered(head);
    }

    @Override
    public void readBack(Doubt doubt, Runnable then) {
        origin.pauseReading(ReadGate.Pause.VERIFYING);
        asides.readBack(doubt, () -> {
            then.run();
            origin.resumeReading(ReadGate.Pause.VERIFYING);
        });
    }

    @Override
    public void bodyFollows() {
        deadlines.enter(Phase.DOWNLOADING, plan.request().origin().timeouts().idle());
    }

    @Override
    public Delivery begin(HttpResponse head, BodyFraming framing, BodyGuard guard, Supplier<List<TapResult>> verdicts) {
        if (plan.isS3()) {
            S3Answers.addTwins(head.headers());
        }
        ResponseHeaderRules.apply(head.headers());
        exchange.addNotice(head.headers());
        if (plan.edit() != null && head.status().codeClass() == HttpStatusClass.SUCCESS) {
            plan.edit().editHead(head.headers());
        }
        Delivery response = ResponsePump.begin(
                downstream, head, framing, guard, verdicts, exchange.endsConnection(), exchange::answerSent);
        abandonUnfinishedUpload();
        return response;
    }

    /** An answer to an upload that is still under way: whatever it says, the origin has stopped listening. */
    private void abandonUnfinishedUpload() {
        if (request != null && !request.isComplete()) {
            uploadAbandoned = true;
            request.discard();
            downstream.gate().open();
        }
    }

    @Override
    public void answerComplete(boolean originKeepsAlive) {
        if (originKeepsAlive && !uploadAbandoned) {
            origin.release();
        } else {
            origin.close();
        }
        exchange.answered();
    }

    /** The client is told when it is known what has become of what was stored, and in any case soon. */
    @Override
    public void storedOtherwise(HttpResponse head, GatewayError error) {
        origin.close();
        asides.discard(head, () -> exchange.fail(error));
    }

    @Override
    public void answerFailed(GatewayError error) {
        exchange.fail(error);
    }

    @Override
    public boolean mayAskAgain() {
        return downstream.isWelcome();
    }

    /** Only of a request without a body, or with one that the planner holds: an object is being read. */
    @Override
    public void askAgain(UpstreamRequest again, Duration pause) {
        origin.close();
        askedAgain = true;
        ask(again);
        deadlines.enter(Phase.CONNECTING, again.firstByteTimeout().plus(pause));
        origin.openLater(pause);
    }

    @Override
    public void originReadComplete() {
        if (answer.hasBegun() && !answer.isComplete()) {
            downstream.flush();
            brake.check();
        }
    }

    @Override
    public void originWritable(boolean writable) {
        if (writable) {
            deadlines.progress();
            downstream.gate().resume(ReadGate.Pause.PEER_UNWRITABLE);
            origin.flush();
        }
    }

    @Override
    public void originLost(GatewayError error) {
        if (!answer.recover()) {
            exchange.fail(error);
        }
    }

    // ---- how it ends ----

    @Override
    public boolean recovers(Phase phase) {
        if (phase == Phase.ASKING) {
            asides.giveUp();
            return true;
        }
        return blame(phase).source() == Source.ORIGIN && answer.recover();
    }

    @Override
    public GatewayError blame(Phase phase) {
        return switch (phase) {
            case CONNECTING -> new GatewayError.Overloaded("No connection to the storage service became free in time");
            case UPLOADING ->
                origin.isWritable() || !origin.isConnected()
                        ? new TimedOut(Source.REQUEST, "Body: no bytes for too long")
                        : new TimedOut(Source.ORIGIN, "The storage service stopped taking the body");
            case ASKING, AWAITING -> new TimedOut(Source.ORIGIN, "The storage service did not answer in time");
            case DOWNLOADING, DRAINING ->
                downstream.isWritable()
                        ? new TimedOut(Source.ORIGIN, "The storage service stopped in its answer")
                        : new TimedOut(Source.REQUEST, "The client stopped taking the answer");
        };
    }

    @Override
    public boolean hasAnswered() {
        return answer.hasBegun();
    }

    @Override
    public void close() {
        if (request != null) {
            request.discard();
        }
        answer.discard();
        asides.close();
        origin.close();
    }

    @Override
    public long responseBytes() {
        return answer.bytes();
    }

    @Override
    public List<TapResult> uploadChecks() {
        return upload.results();
    }

    @Override
    public List<TapResult> downloadChecks() {
        return answer.results();
    }

    @Override
    public List<Recovery> recoveries() {
        List<Recovery> first = asides.made();
        List<Recovery> later = answer.recoveries();
        if (first.isEmpty()) {
            return later;
        }
        List<Recovery> all = new ArrayList<>(first);
        all.addAll(later);
        return all;
    }

    @Override
    public @Nullable CorruptVersion corruptVersion() {
        return asides.corruptVersion();
    }
}
