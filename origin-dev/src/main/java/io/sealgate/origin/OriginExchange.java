package io.sealgate.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, faults included. It is over when the answer is written and the request's body was read to
 * its end: an early answer has the rest of the body read and dropped. Confined to the connection's event loop, but for
 * the work of slow operations.
 */
final class OriginExchange implements BodyPump.Listener {
    /** What an exchange can do to its connection. */
    interface Connection {
        /** The next request may come. */
        void next();

        void close();

        /** Closes with a TCP reset, past everything buffered and past TLS. */
        void reset();

        void stopReading();
    }

    private final ChannelHandlerContext ctx;
    private final Connection connection;
    private final OriginRuntime runtime;
    private final IncomingRequest request;
    private final RequestTrace trace;
    private final FaultPlan faults;
    private final RequestIds ids = RequestIds.next();
    private final RequestBody body;
    private @Nullable Answer delayed;
    private @Nullable BodyPump pump;
    private boolean answered;
    private boolean written;
    private boolean closing;
    private boolean draining = true;
    private boolean over;

    OriginExchange(ChannelHandlerContext ctx, Connection connection, OriginRuntime runtime, IncomingRequest request) {
        this.ctx = ctx;
        this.connection = connection;
        this.runtime = runtime;
        this.request = request;
        this.trace = runtime.log().arrived(request.head());
        this.body = new RequestBody(trace);
        this.faults = FaultPlan.of(runtime.faults().take(request.head()));
        this.closing = !request.keepAlive();
    }

    void start() {
        if (faults.closingReused() && request.head().position() > 1) {
            connection.close();
        } else if (faults.resetAt() == 0) {
            connection.reset();
        } else {
            faults.interims().forEach(status -> ctx.writeAndFlush(AnswerHead.interim(status)));
            serve();
        }
    }

    private void serve() {
        Fault.EarlyAnswer early = faults.early();
        try {
            if (early != null) {
                answerEarly(early);
            } else if (request.malformed()) {
                throw new Refusal(ErrorCode.INVALID_REQUEST, "The request is not well-formed HTTP.");
            } else {
                take(runtime.service().handle(request.head()));
            }
        } catch (IOException | RuntimeException failure) {
            answerByHead(Errors.of(failure, request.head(), ids));
        }
    }

    private void take(Step step) {
        if (step instanceof Step.Reply reply) {
            answerByHead(reply.answer());
        } else if (step instanceof Step.Receive receive) {
            receive.receiver().spoil(faults.flipStoredAt());
            body.giveTo(receive.receiver());
            if (request.expectsContinue()) {
                ctx.writeAndFlush(AnswerHead.interim(100));
            }
        }
    }

    /** A client that waits for leave to send its body may never send it, so the connection ends with this answer. */
    private void answerByHead(Answer answer) {
        if (request.expectsContinue() || request.malformed()) {
            closing = true;
            draining = false;
        }
        answer(answer);
    }

    private void answerEarly(Fault.EarlyAnswer early) {
        if (early.then() == Fault.EarlyAnswer.Then.CLOSE) {
            closing = true;
            draining = false;
        } else if (early.then() == Fault.EarlyAnswer.Then.STOP_READING) {
            connection.stopReading();
        }
        answer(Errors.of(early.status(), early.code(), request.head(), ids));
    }

    /** Borrows {@code content}. */
    void content(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            body.abandon();
            connection.close();
            return;
        }
        body.count(content);
        if (body.received() >= faults.resetAt()) {
            connection.reset();
            return;
        }
        try {
            body.write(content);
        } catch (IOException | RuntimeException failure) {
            body.abandon();
            answer(Errors.of(failure, request.head(), ids));
        }
        if (body.complete()) {
            finishBody();
            endIfDone();
        }
    }

    private void finishBody() {
        Step.Receiver whole = body.takeReceiver();
        if (whole == null) {
            return;
        }
        if (whole.slow()) {
            runtime.workers().execute(() -> {
                Answer answer = finish(whole);
                ctx.executor().execute(() -> answer(answer));
            });
        } else {
            answer(finish(whole));
        }
    }

    private Answer finish(Step.Receiver whole) {
        try {
            return whole.finish();
        } catch (IOException | RuntimeException failure) {
            return Errors.of(failure, request.head(), ids);
        }
    }

    private void answer(Answer answer) {
        if (answer.committed()) {
            trace.committed();
        }
        if (over || answered) {
            answer.close();
            return;
        }
        answered = true;
        delayed = answer;
        if (faults.droppingResponse()) {
            connection.close();
        } else if (faults.delay().isZero() && !faults.stalling()) {
            send();
        } else if (!faults.stalling()) {
            ctx.executor().schedule(this::send, faults.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void send() {
        Answer answer = delayed;
        delayed = null;
        if (over || answer == null) {
            return;
        }
        Answer sent = request.withhold(faults.disturb(answer, request.head(), ids));
        boolean chunked = faults.chunked() && request.takesChunks() && sent.status() == 200;
        HttpResponse head = AnswerHead.of(sent, ids, runtime.clock().instant(), chunked);
        if (closing || !request.keepsAliveByDefault()) {
            head.headers().set("Connection", closing ? "close" : "keep-alive");
        }
        trace.answered(sent.status());
        pump = new BodyPump(ctx, sent, faults, runtime.zeroCopy(), this);
        ctx.write(head);
        pump.pump();
    }

    void writable() {
        if (pump != null) {
            pump.pump();
        }
    }

    @Override
    public void written() {
        written = true;
        endIfDone();
    }

    @Override
    public void cut(FaultPlan.Cut how) {
        switch (how) {
            case STALL -> {}
            case RESET -> connection.reset();
            case CLOSE -> connection.close();
        }
    }

    private void endIfDone() {
        if (!over && written && (body.complete() || !draining)) {
            end();
            if (closing) {
                connection.close();
            } else {
                connection.next();
            }
        }
    }

    /** The connection is gone; nothing of an unfinished body is kept. */
    void aborted() {
        body.abandon();
        end();
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        if (delayed != null) {
            delayed.close();
        }
        if (pump != null) {
            pump.abort();
        }
        trace.finished();
    }
}
