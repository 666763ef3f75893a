package io.sealgate.core.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.exchange.ReadGate;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The HTTP/1.1 server codec with a {@link StrictRequestDecoder}. Like Netty's own it remembers request methods, for an answer
 * to HEAD has no body whatever it announces. Confined to its connection's event loop.
 */
final class StrictHttpServerCodec extends CombinedChannelDuplexHandler<StrictRequestDecoder, HttpResponseEncoder> {

    private static final int WORTH_COPYING = 4 * 1024;

    private final ArrayDeque<HttpMethod> unanswered = new ArrayDeque<>(2);

    /**
     * @param maxFields   header lines that a head may have
     * @param onHeadBegun runs when the first byte of each head is looked at
     */
    StrictHttpServerCodec(HttpDecoderConfig config, int maxFields, Runnable onHeadBegun) {
        init(
                new StrictRequestDecoder(config, maxFields, onHeadBegun, request -> unanswered.add(request.method())),
                new MethodAwareEncoder());
    }

    /** Where the connection's requests come from. */
    ReadGate.Source requests() {
        return inboundHandler();
    }

    private final class MethodAwareEncoder extends HttpResponseEncoder {

        /** A small body goes into its head's buffer: one write costs less than two, most of all where both become one TLS record. */
        @Override
        protected void encode(ChannelHandlerContext ctx, Object message, List<Object> out) throws Exception {
            super.encode(ctx, message, out);
            if (out.size() == 2
                    && out.get(0) instanceof ByteBuf head
                    && out.get(1) instanceof ByteBuf body
                    && body.readableBytes() <= WORTH_COPYING) {
                ByteBuf whole = ctx.alloc().directBuffer(head.readableBytes() + body.readableBytes());
                out.clear();
                out.add(whole.writeBytes(head).writeBytes(body));
                head.release();
                body.release();
            }
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                return super.isContentAlwaysEmpty(response);
            }
            HttpMethod method = unanswered.poll();
            return HttpMethod.HEAD.equals(method) || super.isContentAlwaysEmpty(response);
        }
    }
}
