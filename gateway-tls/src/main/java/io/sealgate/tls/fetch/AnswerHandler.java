package io.sealgate.tls.fetch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.spi.RevocationListener.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks as soon as there is a connection, and collects the answer as long as it is one that was asked for. */
final class AnswerHandler extends SimpleChannelInboundHandler<HttpObject> {

    private static final int BLOCK = 1 << 14;

    private final Fetch fetch;
    private final long maxSize;
    private final List<byte[]> blocks = new ArrayList<>();
    private byte[] block = {};
    private int filled;
    private long size;

    AnswerHandler(Fetch fetch, long maxSize) {
        this.fetch = fetch;
        this.maxSize = maxSize;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // Behind TLS this waits for the handshake, and fails with it.
        ctx.writeAndFlush(fetch.request()).addListener(written -> {
            if (!written.isSuccess()) {
                fetch.fail(Outcome.UNREACHABLE, "connection broken: " + Fetch.root(written.cause()));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        DecoderResult decoded = message.decoderResult();
        if (decoded.isFailure()) {
            fetch.fail(Outcome.MALFORMED, "no HTTP answer (expected: HTTP/1.1)");
            return;
        }
        if (message instanceof HttpResponse head && !isWelcome(head)) {
            return;
        }
        if (message instanceof HttpContent content) {
            collect(content);
        }
    }

    private boolean isWelcome(HttpResponse head) {
        HttpResponseStatus status = head.status();
        if (status.codeClass() == HttpStatusClass.REDIRECTION) {
            fetch.fail(Outcome.REDIRECT, "status: " + status.code() + " (expected: 200, redirects are not followed)");
        } else if (!status.equals(HttpResponseStatus.OK)) {
            fetch.fail(Outcome.STATUS, "status: " + status.code() + " (expected: 200)");
        } else if (head.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
            fetch.fail(Outcome.MALFORMED, "content-encoding: present (expected: none, as none was asked for)");
        } else if (HttpUtil.getContentLength(head, 0L) > maxSize) {
            tooLarge();
        } else {
            return true;
        }
        return false;
    }

    private void collect(HttpContent content) {
        size += content.content().readableBytes();
        if (size > maxSize) {
            tooLarge();
            return;
        }
        keep(content.content());
        if (content instanceof LastHttpContent) {
            if (!blocks.isEmpty()) {
                blocks.set(blocks.size() - 1, Arrays.copyOf(block, filled));
            }
            fetch.succeed(blocks);
        }
    }

    /** In blocks, for a body may come in pieces of one byte, and an array for each would take many times its size. */
    private void keep(ByteBuf content) {
        while (content.isReadable()) {
            if (filled == block.length) {
                block = new byte[BLOCK];
                blocks.add(block);
                filled = 0;
            }
            int count = Math.min(content.readableBytes(), block.length - filled);
            content.readBytes(block, filled, count);
            filled += count;
        }
    }

    private void tooLarge() {
        fetch.fail(Outcome.TOO_LARGE, "body: larger than " + maxSize + " bytes (expected: at most fetch.max-size)");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fetch.fail(Outcome.UNREACHABLE, "connection ended before the answer did");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fetch.fail(Outcome.UNREACHABLE, "connection broken: " + Fetch.root(cause));
    }
}
