package io.sealgate.core.exchange;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.ErrorMapper;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.error.GatewayError.Source;
import io.sealgate.core.error.GatewayError.TimedOut;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.rewrite.S3Answers;
import io.sealgate.core.rewrite.S3Dialect;
import io.sealgate.core.spi.ExchangeReport.Outcome;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, whatever protocol the client speaks: asks the planner, lets a {@link Stage} do the work, and
 * sees to it that the story has exactly one answer and exactly one end, from which the report is written.
 *
 * <pre>
 *            Examine                 Forward
 *  start ──▶ Examining ──────────▶ Forwarding ──▶ answered ─┐
 *    │           │                      │                   ├─▶ settled ─▶ (rest of the upload drained) ─▶ finished
 *    └─ Reply ───┴──────── fail ────────┴───────▶ answer ───┘
 *                                       └ answer already begun ─▶ broken off ─────────────────────────────▶ finished
 * </pre>
 *
 * <p>Confined to the downstream connection's event loop, which is the origin connection's too.
 */
public final class Exchange {

    private static final Logger LOG = LogManager.getLogger(Exchange.class);

    /** So much of a refused body is read without giving the connection up: cheaper than a new handshake. */
    private static final long WORTH_READING = 64 * 1024;

    private final ExchangeServices services;
    private final ConnectionContext connection;
    private final ExchangeLoad load;
    private final RequestHead head;
    private final Downstream downstream;
    private final Runnable whenAnswered;
    private final Runnable whenDone;
    private final Deadlines deadlines;
    private final ExchangeJournal journal;
    private final UploadDrain drain;

    private @Nullable Stage stage;
    private long requestBytes;
    private boolean requestEnded;
    private boolean settled;
    private boolean answerSent;
    private boolean finished;

    /**
     * @param load     ended with the exchange
     * @param protocol the downstream protocol's name, for the report
     * @param whenAnswered runs at most once, when the whole answer is sent and only the rest of the request is drained
     * @param whenDone runs once, when nothing of this exchange will be read or sent any more
     */
    public Exchange(
            ExchangeServices services,
            ConnectionContext connection,
            ExchangeLoad load,
            RequestHead head,
            Downstream downstream,
            String protocol,
            Runnable whenAnswered,
            Runnable whenDone) {
        this.services = services;
        this.connection = connection;
        this.load = load;
        this.head = head;
        this.downstream = downstream;
        this.whenAnswered = whenAnswered;
        this.whenDone = whenDone;
        deadlines = new Deadlines(downstream.deadline(), this::expired);
        journal = new ExchangeJournal(connection, head, protocol, services.clock());
        drain = new UploadDrain(services.limits().drainSize());
    }

    /** Begins. Call once. */
    public void start() {
        follow(services.planner().plan(connection, head));
    }

    /** Begins and ends with {@code error}: there is nothing to plan. Call once, instead of {@link #start()}. */
    public void refuse(GatewayError error) {
        answer(error);
    }

    /** Whose exchange it is. */
    ClientKey client() {
        return connection.client();
    }

    void follow(Plan plan) {
        journal.planned(plan);
        if (plan instanceof Plan.Forward forward) {
            Forwarding forwarding = new Forwarding(this, services, load, head, forward, downstream, deadlines);
            stage = forwarding;
            forwarding.begin();
        } else if (plan instanceof Plan.Examine examine) {
            stage = new Examining(this, examine, load);
            deadlines.enter(Phase.UPLOADING, services.limits().idleTimeout());
            if (head.expectContinue()) {
                downstream.sendContinue();
            }
        } else if (plan instanceof Plan.Reply reply) {
            answer(reply);
        }
    }

    // ---- what the channel tells ----

    /** The next piece of the client's body. Takes {@code chunk}. */
    public void received(HttpContent chunk) {
        deadlines.progress();
        requestBytes += chunk.content().readableBytes();
        requestEnded |= chunk instanceof LastHttpContent;
        if (chunk.decoderResult().isFailure()) {
            chunk.release();
            fail(new Rejected(CosErrorCode.INVALID_REQUEST, "Body: malformed (expected: as RFC 9112 has it)", true));
        } else if (settled || stage == null) {
            drain(chunk);
        } else {
            stage.received(chunk);
        }
    }

    /** The client has nothing more for now. */
    public void readComplete() {
        if (stage != null && !settled) {
            stage.readComplete();
        }
    }

    /** The client can, or can no longer, take more. */
    public void downstreamWritable(boolean writable) {
        if (!writable) {
            return;
        }
        deadlines.progress();
        if (stage != null && !settled) {
            stage.downstreamWritable();
        }
    }

    /** The client is gone; nothing can be said to it any more. */
    public void clientGone() {
        if (settled && !answerSent) {
            journal.ends(Outcome.ABORTED, null);
        }
        finish();
    }

    /** Something threw. Says so in the log, and to the client in general terms. */
    public void failed(Throwable cause) {
        LOG.error("exchange {} failed", head.id(), cause);
        fail(ErrorMapper.whileExchanging(cause));
    }

    private void expired(Phase phase) {
        if (settled && !answerSent) {
            journal.ends(Outcome.ABORTED, new TimedOut(Source.REQUEST, "The client stopped taking the answer"));
            giveUpOnClient();
        } else if (settled || stage == null) {
            giveUpOnUpload();
        } else if (!stage.recovers(phase)) {
            fail(stage.blame(phase));
        }
    }

    // ---- how it ends ----

    /** The origin's final answer has begun. Borrows {@code answer}. */
    void originAnswered(HttpResponse answer) {
        journal.originAnswered(answer.status().code(), answer.headers());
    }

    /** The origin's answer has been passed on whole. */
    void answered() {
        settle(Outcome.COMPLETED, null);
    }

    /** It cannot be completed: the client is told by an answer of the gateway's own, or by breaking off the one that has begun. */
    void fail(GatewayError error) {
        if (settled) {
            finish();
        } else if (stage != null && stage.hasAnswered()) {
            journal.ends(Outcome.BROKEN, error);
            stage.close();
            downstream.breakOff();
            finish();
        } else {
            answer(error);
        }
    }

    private void answer(Plan.Reply reply) {
        if (reply.document() == null) {
            answer(reply.error());
        } else {
            answer(reply.error(), LocalAnswer.of(reply.document(), reply.error().source(), head.id()));
        }
    }

    private void answer(GatewayError error) {
        boolean withBody = !head.method().equals(HttpMethod.HEAD);
        answer(error, LocalAnswer.of(error, head.path(), head.id(), withBody));
    }

    /** Takes {@code answer}. */
    private void answer(GatewayError error, FullHttpResponse answer) {
        if (stage != null) {
            stage.close();
        }
        if (S3Dialect.isSpokenIn(head)) {
            S3Answers.addTwins(answer.headers());
        }
        addNotice(answer.headers());
        journal.answered(answer.status().code(), answer.content().readableBytes());
        downstream.answer(answer, error.closesConnection() || endsConnection(), this::answerSent);
        settle(outcomeOf(error), error);
    }

    /** Of a client's certificate that ends, to an answer from wherever. */
    void addNotice(HttpHeaders headers) {
        services.notice().apply(connection.identity(), headers);
    }

    private static Outcome outcomeOf(GatewayError error) {
        return switch (error.source()) {
            case REQUEST, POLICY, INTEGRITY -> Outcome.REFUSED;
            case ORIGIN, GATEWAY -> Outcome.FAILED;
        };
    }

    /**
     * The last byte of the answer is on its way to the client. Only now may a next exchange begin: a client that asks and never
     * reads would have its answers pile up here.
     */
    void answerSent() {
        answerSent = true;
        finishIfDone();
        if (settled && !finished) {
            whenAnswered.run();
        }
    }

    private void finishIfDone() {
        if (settled && answerSent && requestEnded) {
            finish();
        }
    }

    /** The client's whole answer is queued; what is left of its upload is read and thrown away. */
    private void settle(Outcome outcome, @Nullable GatewayError error) {
        journal.ends(outcome, error);
        settled = true;
        if (requestEnded && answerSent) {
            finish();
            return;
        }
        if (requestEnded) {
            deadlines.enter(Phase.DOWNLOADING, services.limits().idleTimeout());
            return;
        }
        deadlines.enter(Phase.DRAINING, services.limits().drainTimeout());
        if (endsConnection()) {
            downstream.endOutput();
        }
        if (answerSent) {
            whenAnswered.run();
        }
        downstream.gate().open();
    }

    /** Whether an answer given now is the connection's last: more of the upload is to come than is worth reading for the next exchange. */
    boolean endsConnection() {
        if (requestEnded || head.framing().isEmpty()) {
            return false;
        }
        if (head.expectContinue() && requestBytes == 0) {
            return true; // the client may or may not send its body now: where the next request begins is unknowable
        }
        return !(head.framing() instanceof BodyFraming.Fixed fixed && fixed.bytes() - requestBytes <= WORTH_READING);
    }

    /** Throws a piece of an unwanted upload away. Takes {@code chunk}. */
    void drain(HttpContent chunk) {
        if (drain.discard(chunk)) {
            giveUpOnUpload();
        } else {
            finishIfDone();
        }
    }

    private void giveUpOnUpload() {
        if (!settled) {
            fail(new Rejected(CosErrorCode.ENTITY_TOO_LARGE, "Body: not wanted any more, and not ending", true));
        } else {
            giveUpOnClient();
        }
    }

    private void giveUpOnClient() {
        if (!finished) {
            downstream.breakOff();
            finish();
        }
    }

    /** The one terminal transition: whatever leads here, it has an effect once. */
    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        settled = true;
        deadlines.end();
        if (stage != null) {
            stage.close();
        }
        load.end();
        try {
            report();
        } finally {
            whenDone.run();
        }
    }

    private void report() {
        services.listener()
                .finished(journal.report(
                        requestBytes,
                        stage == null ? 0 : stage.responseBytes(),
                        stage == null ? List.of() : stage.uploadChecks(),
                        stage == null ? List.of() : stage.downloadChecks(),
                        stage == null ? List.of() : stage.recoveries(),
                        stage == null ? null : stage.corruptVersion()));
    }
}
