package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpObject;
import java.util.EnumSet;
import java.util.Set;

/**
 * Decides when a peer is read, and hands what was read to its consumer only while nobody has a reason to pause.
 *
 * <p>Reasons to pause are a set, so that two causes cannot un-pause each other. One read may bring several messages: what
 * arrives while the gate is shut waits here, bounded by what the {@link Source} still delivers after it was told to pause, and
 * is handed over by a loop, never by recursion (thousands of one-byte chunks would overflow the stack).
 *
 * <p>Confined to the channel's event loop. Owns queued messages until they are delivered or {@link #discard()} is called.
 */
public final class ReadGate {

    /** Why a channel is not read. */
    public enum Pause {
        /** The other side cannot take more. */
        PEER_UNWRITABLE,
        /** The origin is not connected yet. */
        CONNECTING,
        /** The message is complete; what follows belongs to the next exchange. It is read, but not delivered. */
        COMPLETE,
        /** Whether the answer may be passed on hangs on another one. */
        VERIFYING,
        /** Memory is short, and what was read before is not sent yet. */
        SHORTAGE
    }

    /** Where messages come from. */
    @FunctionalInterface
    public interface Source {
        /** Wants more: what there is already, which may be delivered before this returns, or what the next read brings. */
        void resume();

        /** Wants no more for now; whatever can be kept back without being decoded should be. */
        default void pause() {}

        /** Wants to know whether the peer leaves, but no more messages than there is room for. */
        default void watch() {
            resume();
        }
    }

    /** Takes what passes the gate. */
    @FunctionalInterface
    public interface Consumer {
        /** Takes {@code message}. May pause the gate. */
        void deliver(HttpObject message);
    }

    private static final Set<Pause> BETWEEN_MESSAGES = Set.of(Pause.COMPLETE);

    private final Source source;
    private final Consumer consumer;
    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
    private final WaitingMessages waiting = new WaitingMessages();
    private boolean delivering;

    public ReadGate(Source source, Consumer consumer) {
        this.source = source;
        this.consumer = consumer;
    }

    /** Adds a reason; nothing is delivered until it is gone. */
    public void pause(Pause reason) {
        pauses.add(reason);
        source.pause();
    }

    /** Takes a reason away; if it was the last, delivers what waits and reads on. */
    public void resume(Pause reason) {
        if (pauses.remove(reason)) {
            deliverAndRead();
        }
    }

    /** Forgets every reason, as between two exchanges on one connection. */
    public void open() {
        pauses.clear();
        deliverAndRead();
    }

    public boolean isOpen() {
        return pauses.isEmpty();
    }

    /** True if nothing that was read is still undelivered. */
    public boolean isDrained() {
        return waiting.isEmpty();
    }

    /** Takes a message from the pipeline. */
    public void received(HttpObject message) {
        if (isOpen() && waiting.isEmpty() && !delivering) {
            delivering = true;
            try {
                consumer.deliver(message);
            } finally {
                delivering = false;
            }
            deliverWaiting();
        } else {
            waiting.add(message);
        }
    }

    /** The channel has nothing more for now: read on if the gate is open, and between two messages, to learn if the peer leaves. */
    public void readComplete() {
        if (!waiting.isEmpty()) {
            return;
        }
        if (isOpen()) {
            source.resume();
        } else if (pauses.equals(BETWEEN_MESSAGES)) {
            source.watch();
        }
    }

    /** Releases everything that waits. */
    public void discard() {
        waiting.discard();
    }

    private void deliverAndRead() {
        deliverWaiting();
        readComplete();
    }

    private void deliverWaiting() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (isOpen() && !waiting.isEmpty()) {
                consumer.deliver(waiting.remove());
            }
        } finally {
            delivering = false;
        }
    }
}
