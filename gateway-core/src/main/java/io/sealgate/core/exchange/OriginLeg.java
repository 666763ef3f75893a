package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.load.ClientLoad;
import io.sealgate.core.loop.FlushBatch;
import io.sealgate.core.upstream.UpstreamConnection;
import io.sealgate.core.upstream.UpstreamLease;
import io.sealgate.core.upstream.UpstreamListener;
import io.sealgate.core.upstream.UpstreamPool;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The origin's side of one exchange: gets a connection, sends the head, and starts over once, on a fresh connection, if a
 * reused one dies before any response byte, the operation is idempotent and no byte of a body that cannot be sent again has
 * left. Confined to the exchange's event loop. Owns the connection from the lease until {@link #release()} or {@link #close()}.
 */
final class OriginLeg implements UpstreamLease, UpstreamListener {

    /** What an exchange wants to know of its origin. */
    interface Events {
        /** Connected: now is the time to send. Comes again if a dead connection was replaced. */
        void originReady();

        /** The connection died and is being replaced: nothing may be sent until {@link #originReady()}. */
        void originRetrying();

        /** A piece of the answer. Takes {@code message}. */
        void originSent(HttpObject message);

        void originReadComplete();

        void originWritable(boolean writable);

        /** There is no connection, or no longer. Nothing more will come. */
        void originLost(GatewayError error);
    }

    private final UpstreamPool pool;
    private final UpstreamRequest request;
    private final ClientLoad client;
    private final Events events;
    private @Nullable UpstreamConnection connection;
    private @Nullable ReadGate gate;
    private boolean bodyLeft;
    private boolean answered;
    private boolean retried;
    private boolean closedEarly;
    private boolean over;

    OriginLeg(UpstreamPool pool, UpstreamRequest request, ClientLoad client, Events events) {
        this.pool = pool;
        this.request = request;
        this.client = client;
        this.events = events;
    }

    void open() {
        pool.acquire(this);
    }

    /** The same after {@code pause}, unless this has been closed by then. */
    void openLater(Duration pause) {
        if (pause.isZero()) {
            open();
        } else {
            pool.acquireLater(this, pause);
        }
    }

    /** Signs and sends the head. */
    void sendHead() {
        connected().write(request.toHttp());
    }

    /** Signs and sends a request that is known as a whole: with the body that the planner holds, or with none. */
    void sendAll() {
        connected().write(request.toWholeHttp());
        flush();
    }

    /** The same, to leave with the others of {@code flushes}. */
    void sendAll(FlushBatch flushes) {
        connected().write(request.toWholeHttp());
        flushes.add(connected().channel());
    }

    /** Sends a piece of a body that will be there again if this connection turns out to be dead. Takes it. */
    void sendKept(HttpContent chunk) {
        if (connection == null) {
            chunk.release();
        } else {
            connection.write(chunk);
        }
    }

    /** Sends a piece of the client's body. Takes it. */
    void send(HttpContent chunk) {
        UpstreamConnection c = connection;
        if (c == null) {
            chunk.release();
            return;
        }
        bodyLeft |= chunk.content().isReadable() || !(chunk instanceof LastHttpContent);
        c.write(chunk);
    }

    void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    boolean isConnected() {
        return connection != null;
    }

    boolean isWritable() {
        return connection != null && connection.isWritable();
    }

    /** Stops reading the answer. */
    void pauseReading(ReadGate.Pause reason) {
        if (gate != null) {
            gate.pause(reason);
        }
    }

    /** Reads the answer on, if nothing else is in the way. */
    void resumeReading(ReadGate.Pause reason) {
        if (gate != null && !over) {
            gate.resume(reason);
            if (closedEarly && gate.isDrained() && !over) {
                lost(false);
            }
        }
    }

    /** Runs {@code action} after {@code delay}, if there still is an exchange by then. */
    void later(Duration delay, Runnable action) {
        UpstreamConnection c = connection;
        if (c != null) {
            c.channel().eventLoop().schedule(() -> unlessOver(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void unlessOver(Runnable action) {
        if (!over) {
            action.run();
        }
    }

    /** Gives the connection back: request and answer were complete. */
    void release() {
        over = true;
        UpstreamConnection c = connection;
        connection = null;
        if (c != null && gate != null && gate.isDrained()) {
            c.release();
        } else if (c != null) {
            discardUnread();
            c.close();
        }
    }

    /** Ends it, whatever state it is in. The origin sees a short body, if one was under way. */
    void close() {
        over = true;
        discardUnread();
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    @Override
    public ClientLoad client() {
        return client;
    }

    @Override
    public boolean isCancelled() {
        return over;
    }

    @Override
    public void connected(UpstreamConnection leased) {
        connection = leased;
        gate = new ReadGate(leased.channel()::read, this::deliver);
        leased.attach(this);
        events.originReady();
        leased.channel().read();
    }

    @Override
    public void failed(GatewayError error) {
        over = true;
        events.originLost(error);
    }

    @Override
    public void received(HttpObject message) {
        answered = true;
        if (gate == null) {
            ReferenceCountUtil.release(message);
        } else {
            gate.received(message);
        }
    }

    @Override
    public void readComplete() {
        events.originReadComplete();
        if (gate != null && !over) {
            gate.readComplete();
        }
    }

    @Override
    public void writabilityChanged(boolean writable) {
        events.originWritable(writable);
    }

    @Override
    public void closed() {
        boolean wasReused = connected().isReused();
        connection = null;
        if (gate != null && !gate.isDrained()) {
            closedEarly = true; // the whole answer may be here already, waiting for a slow client
        } else {
            lost(wasReused);
        }
    }

    private void lost(boolean wasReused) {
        if (wasReused && !retried && !answered && !bodyLeft && request.isIdempotent()) {
            retried = true;
            events.originRetrying();
            pool.acquireFresh(this);
        } else {
            over = true;
            events.originLost(
                    answered
                            ? new GatewayError.Broken("The storage service broke off its answer")
                            : new GatewayError.Unreachable(
                                    "The storage service closed the connection without an answer"));
        }
    }

    private void deliver(HttpObject message) {
        if (over) {
            ReferenceCountUtil.release(message);
        } else {
            events.originSent(message);
        }
    }

    private void discardUnread() {
        if (gate != null) {
            gate.discard();
        }
    }

    private UpstreamConnection connected() {
        if (connection == null) {
            throw new IllegalStateException("connection: none (expected: only used between connected and closed)");
        }
        return connection;
    }
}
