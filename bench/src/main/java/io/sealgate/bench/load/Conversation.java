package io.sealgate.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection's calls, one after the other, until the supplier has no more: sends each, counts and discards the
 * answer's bytes, and fails the whole run at the first answer that is not a 200 of the expected length. Confined to the
 * channel's event loop; the supplier may be shared by the connections of one loop.
 */
// A write that fails closes the connection, and that is noticed: its future has nothing to add.
@SuppressWarnings("FutureReturnValueIgnored")
final class Conversation extends SimpleChannelInboundHandler<HttpObject> {
    private final Supplier<@Nullable Call> calls;
    private final Outcome outcome;

    private @Nullable Call call;
    private @Nullable UploadPump upload;
    private long received;
    private boolean headSeen;

    Conversation(Supplier<@Nullable Call> calls, Outcome outcome) {
        this.calls = calls;
        this.outcome = outcome;
    }

    /** Sends the first call; to be called on the event loop when the connection, and its TLS, stand. */
    void start(Channel channel) {
        next(channel);
    }

    private void next(Channel channel) {
        Call following = calls.get();
        call = following;
        received = 0;
        headSeen = false;
        if (following == null) {
            channel.close().addListener(closed -> outcome.succeeded());
            return;
        }
        channel.write(following.head());
        if (following instanceof Call.Put put) {
            upload = new UploadPump(put.object().payload());
            upload.pump(channel);
        } else {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (upload != null) {
            upload.pump(ctx.channel());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) throws IOException {
        if (message instanceof HttpResponse response) {
            judgeHead(response);
        }
        if (message instanceof HttpContent content && headSeen) {
            received += content.content().readableBytes();
            if (content instanceof LastHttpContent) {
                judgeLength();
                upload = null;
                next(ctx.channel());
            }
        }
    }

    private void judgeHead(HttpResponse response) throws IOException {
        if (response.decoderResult().isFailure()) {
            throw new IOException(
                    call + ": unreadable answer", response.decoderResult().cause());
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        if (call == null || !response.status().equals(HttpResponseStatus.OK)) {
            throw new IOException(describe() + ": status " + response.status() + " (expected: 200)");
        }
        headSeen = true;
    }

    private void judgeLength() throws IOException {
        if (call == null || received != call.answerLength()) {
            throw new IOException(describe() + ": " + received + " bytes"
                    + (call == null ? "" : " (expected: " + call.answerLength() + ")"));
        }
        if (upload != null && !upload.finished()) {
            throw new IOException(describe() + ": answered before the upload was complete");
        }
    }

    private String describe() {
        return call == null
                ? "unasked answer"
                : call.getClass().getSimpleName() + ' ' + call.object().path();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (call != null) {
            outcome.failed(new IOException(describe() + ": connection closed before the answer's end"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        outcome.failed(cause);
        ctx.close();
    }
}
