package io.sealgate.core.server;

import io.netty.channel.ChannelFutureListener;

/** What becomes of the last write of an answer. */
final class SendListener {

    private SendListener() {}

    /** Runs {@code whenSent} once it has left; if it cannot, closes the channel, which is how an exchange learns that its client is gone. */
    static ChannelFutureListener of(Runnable whenSent) {
        return write -> {
            if (write.isSuccess()) {
                whenSent.run();
            } else {
                write.channel().close();
            }
        };
    }
}
