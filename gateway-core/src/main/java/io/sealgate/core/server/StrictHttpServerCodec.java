package io.sealgate.core.server;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.exchange.ReadGate;
import java.util.ArrayDeque;

/**
 * The HTTP/1.1 server codec with a {@link StrictRequestDecoder}. Like Netty's own it remembers request methods, for an answer
 * to HEAD has no body whatever it announces. Confined to its connection's event loop.
 */
final class StrictHttpServerCodec extends CombinedChannelDuplexHandler<StrictRequestDecoder, HttpResponseEncoder> {

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
