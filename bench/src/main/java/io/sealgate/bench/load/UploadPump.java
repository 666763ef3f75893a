package io.sealgate.bench.load;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/** Writes a payload as fast as the channel takes it and no faster. Confined to the channel's event loop. */
// A write that fails closes the connection, and that is noticed: its future has nothing to add.
@SuppressWarnings("FutureReturnValueIgnored")
final class UploadPump {
    private static final int CHUNK = 64 << 10;

    private final Payload payload;
    private long offset;
    private boolean finished;
    private boolean pumping;

    UploadPump(Payload payload) {
        this.payload = payload;
    }

    boolean finished() {
        return finished;
    }

    void pump(Channel channel) {
        // A flush may report writability from inside write(): the loop below already continues then.
        if (finished || pumping) {
            return;
        }
        pumping = true;
        while (!finished && channel.isWritable()) {
            var chunk = payload.chunk(offset, CHUNK);
            offset += chunk.readableBytes();
            channel.write(new DefaultHttpContent(chunk));
            if (offset == payload.length()) {
                // Flushed together with the last bytes: a lone small segment would wait for a delayed ACK.
                channel.write(LastHttpContent.EMPTY_LAST_CONTENT);
                finished = true;
            }
            if (finished || !channel.isWritable()) {
                channel.flush();
            }
        }
        pumping = false;
    }
}
