package io.sealgate.core.loop;

import io.netty.channel.ChannelOutboundInvoker;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Channels with a whole message in their queues, to be flushed together when the event loop has dealt with all that was ready. Messages
 * sent one right after the other find the kernel's code still in the processor's caches and their receivers still awake; a lone one
 * leaves no later than it would have. Not for bodies that are streamed: what waits for its peer is flushed by who sends it.
 *
 * <p>Confined to its event loop.
 */
public final class FlushBatch {

    /** So many are not kept waiting for the rest of a long round of the loop. */
    private static final int MOST = 64;

    private final Executor loop;
    private final Runnable endOfRound = this::flush;
    private final ArrayDeque<ChannelOutboundInvoker> channels = new ArrayDeque<>(MOST);

    /** @param loop runs what it is given on its own thread, after what it is doing now */
    public FlushBatch(Executor loop) {
        this.loop = loop;
    }

    /** Flushes {@code channel} soon; earlier, if somebody else does. */
    public void add(ChannelOutboundInvoker channel) {
        channels.add(channel);
        if (channels.size() == 1) {
            loop.execute(endOfRound);
        } else if (channels.size() >= MOST) {
            flush();
        }
    }

    private void flush() {
        for (ChannelOutboundInvoker each = channels.poll(); each != null; each = channels.poll()) {
            each.flush();
        }
    }
}
