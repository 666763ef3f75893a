package io.sealgate.bench.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the ladder's requests in COS's manner. Confined to its channel's event loop. */
// A write that fails closes the connection, and that is noticed: its future has nothing to add.
@SuppressWarnings("FutureReturnValueIgnored")
final class OriginHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final Map<String, StoredObject> objects;

    private @Nullable HttpRequest request;
    private long received;

    OriginHandler(Map<String, StoredObject> objects) {
        this.objects = objects;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message instanceof HttpRequest head) {
            request = head;
            received = 0;
            if (HttpUtil.is100ContinueExpected(head)) {
                ctx.writeAndFlush(empty(HttpResponseStatus.CONTINUE));
            }
        }
        if (message instanceof HttpContent content) {
            received += content.content().readableBytes();
            if (content instanceof LastHttpContent && request != null) {
                answer(ctx, request);
            }
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest asked) {
        String path = asked.uri();
        int query = path.indexOf('?');
        StoredObject stored = objects.get(query < 0 ? path : path.substring(0, query));
        if (stored == null) {
            ctx.write(sized(HttpResponseStatus.NOT_FOUND, 0));
        } else if (asked.method().equals(HttpMethod.GET)) {
            ctx.write(described(HttpResponseStatus.OK, stored, stored.object().length()));
            ctx.write(stored.body());
        } else if (asked.method().equals(HttpMethod.PUT)) {
            boolean whole = received == stored.object().length();
            ctx.write(described(whole ? HttpResponseStatus.OK : HttpResponseStatus.BAD_REQUEST, stored, 0));
        } else {
            ctx.write(sized(HttpResponseStatus.METHOD_NOT_ALLOWED, 0));
        }
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static HttpResponse described(HttpResponseStatus status, StoredObject stored, long length) {
        HttpResponse response = sized(status, length);
        response.headers().set(HttpHeaderNames.SERVER, "tencent-cos");
        response.headers().set(HttpHeaderNames.ETAG, stored.object().digests().etag());
        response.headers().set("x-cos-hash-crc64ecma", stored.object().digests().crc64());
        response.headers().set("x-cos-request-id", "YmVuY2g=");
        return response;
    }

    private static HttpResponse sized(HttpResponseStatus status, long length) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        return response;
    }

    private static HttpResponse empty(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A proxy may reset the connections it no longer needs; one it still needs fails the load at the client.
        ctx.close();
    }
}
