package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Source;
import io.sealgate.core.error.GatewayError.TimedOut;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage in which an origin is talked to: two pumps, one for each body, with backpressure between the two connections.
 * Confined to the exchange's event loop; owns the origin connection.
 */
final class Forwarding implements Stage, OriginLeg.Events, OriginAnswer.Sink {

    private final Exchange exchange;
    private final ExchangeServices services;
    private final ExchangeLoad load;
    private final Plan.Forward plan;
    private final Downstream downstream;
    private final Deadlines deadlines;
    private final OriginLeg origin;
    private final Brake brake;
    private final OriginAnswer answer = new OriginAnswer(this);
    /** Absent if the planner already holds the body. */
    private final @Nullable RequestPump request;

    private @Nullable ResponsePump response;
    private boolean uploadAbandoned;
    private boolean originKeepsAlive;

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
        this.deadlines = deadlines;
        origin = new OriginLeg(services.pools().of(plan.request().origin()), plan.request(), load.client(), this);
        brake = new Brake(load, downstream, origin);
        request = plan.request().body() == null
                ? new RequestPump(
                        head,
                        downstream,
                        origin,
                        plan.uploadTaps(),
                        plan.route().config().uploads().maxSizeOrDefault())
                : null;
    }

    /** Asks for a connection; everything else follows from it. What the client sends until then has to be kept. */
    void begin() {
        if (request != null && request.hasBody() && !load.takeBody()) {
            exchange.fail(tooManyBodies());
            return;
        }
        deadlines.enter(Phase.CONNECTING, plan.request().firstByteTimeout());
        origin.open();
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
        } else if (request.isUnderWay() && !origin.isWritable()) {
            downstream.gate().pause(ReadGate.Pause.PEER_UNWRITABLE);
            origin.flush();
        }
    }

    @Override
    public void readComplete() {
        origin.flush();
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
        if (request == null) {
            origin.sendHead();
            origin.flush();
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
        if (response == null) {
            deadlines.enter(Phase.AWAITING, plan.request().firstByteTimeout());
        }
    }

    @Override
    public void originRetrying() {
        if (request != null) {
            request.originRetrying();
        }
        deadlines.enter(Phase.CONNECTING, plan.request().firstByteTimeout());
    }

    @Override
    public void originSent(HttpObject message) {
        if (response != null) {
            deadlines.progress(); // before that only the answer itself counts, not the interim ones that promise it
        }
        answer.received(message);
    }

    @Override
    public void answerBegins(HttpResponse head) {
        exchange.originAnswered(head);
        GatewayError fault =
                AnswerRules.judge(plan.request().method(), plan.request().isRanged(), head);
        BodyTaps taps = taps(head);
        if (fault != null) {
            exchange.fail(fault);
        } else if (taps instanceof BodyTaps.Refuse refusal) {
            exchange.fail(refusal.error());
        } else if (taps instanceof BodyTaps.Watch watch) {
            pass(head, watch.taps());
        }
    }

    private void pass(HttpResponse head, List<BodyTap> taps) {
        originKeepsAlive = HttpUtil.isKeepAlive(head);
        deadlines.enter(Phase.DOWNLOADING, plan.request().origin().timeouts().idle());
        BodyFraming framing = ResponseFraming.of(plan.request().method(), head);
        response = ResponsePump.begin(downstream, head, framing, taps, exchange.endsConnection(), exchange::answerSent);
        abandonUnfinishedUpload();
    }

    private BodyTaps taps(HttpResponse head) {
        return services.taps()
                .forDownload(new BodyTapFactory.Download(
                        plan.operation(),
                        plan.route().config().integrity(),
                        plan.request().query(),
                        head.status().code(),
                        head.headers()));
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
    public void answerBody(HttpContent chunk) {
        if (response == null) {
            chunk.release();
            return;
        }
        GatewayError error = response.pass(chunk);
        if (error != null) {
            exchange.fail(error);
        } else if (response.isComplete()) {
            returnOrigin();
            exchange.answered();
        } else if (!downstream.isWritable()) {
            origin.pauseReading(ReadGate.Pause.PEER_UNWRITABLE);
            downstream.flush();
        }
    }

    private void returnOrigin() {
        if (originKeepsAlive && !uploadAbandoned) {
            origin.release();
        } else {
            origin.close();
        }
    }

    @Override
    public void answerBroken(GatewayError error) {
        exchange.fail(error);
    }

    @Override
    public void originReadComplete() {
        if (response != null && !response.isComplete()) {
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
        exchange.fail(error);
    }

    // ---- how it ends ----

    @Override
    public GatewayError blame(Phase phase) {
        return switch (phase) {
            case CONNECTING -> new GatewayError.Overloaded("No connection to the storage service became free in time");
            case UPLOADING ->
                origin.isWritable()
                        ? new TimedOut(Source.REQUEST, "Body: no bytes for too long")
                        : new TimedOut(Source.ORIGIN, "The storage service stopped taking the body");
            case AWAITING -> new TimedOut(Source.ORIGIN, "The storage service did not answer in time");
            case DOWNLOADING, DRAINING ->
                downstream.isWritable()
                        ? new TimedOut(Source.ORIGIN, "The storage service stopped in its answer")
                        : new TimedOut(Source.REQUEST, "The client stopped taking the answer");
        };
    }

    @Override
    public boolean hasAnswered() {
        return response != null;
    }

    @Override
    public void close() {
        if (request != null) {
            request.discard();
        }
        if (response != null) {
            response.discard();
        }
        origin.close();
    }

    @Override
    public long responseBytes() {
        return response == null ? 0 : response.bytes();
    }

    @Override
    public List<TapResult> uploadChecks() {
        return request == null ? List.of() : request.results();
    }

    @Override
    public List<TapResult> downloadChecks() {
        return response == null ? List.of() : response.results();
    }
}
