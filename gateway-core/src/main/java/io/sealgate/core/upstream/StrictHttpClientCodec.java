package io.sealgate.core.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 client codec of a connection that carries one request at a time. Like Netty's own it remembers what was asked, for
 * an answer to HEAD has no body whatever it announces. Unlike it, it reads bytes as an answer only while a request is
 * unanswered: what an answer has in excess of its length, or what comes while nothing was asked, would otherwise wait in the
 * decoder and become the beginning of the answer to somebody else. Such a byte ends the connection. It also refuses
 * heads that Netty's codec would mend, see {@link AnswerScanner}.
 *
 * <p>Confined to its connection's event loop; keeps no byte that nobody asked for.
 */
final class StrictHttpClientCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

    private static final Logger LOG = LogManager.getLogger(StrictHttpClientCodec.class);

    private @Nullable HttpMethod unanswered;
    private boolean outOfStep;

    StrictHttpClientCodec(HttpDecoderConfig config) {
        init(new AnswerDecoder(config), new RequestEncoder());
    }

    /** Whether the next request may be sent: the last one is answered to its end, and nothing else has come. */
    boolean isInStep() {
        return unanswered == null && !outOfStep;
    }

    private final class RequestEncoder extends HttpRequestEncoder {
        @Override
        protected void encode(ChannelHandlerContext ctx, Object message, List<Object> out) throws Exception {
            if (message instanceof HttpRequest request) {
                unanswered = request.method();
            }
            super.encode(ctx, message, out);
        }
    }

    private final class AnswerDecoder extends HttpResponseDecoder {

        private final AnswerScanner scanner = new AnswerScanner();
        private boolean isInterim;
        private boolean inHead = true;

        AnswerDecoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
            if (unanswered == null || outOfStep) {
                leave(ctx, in);
                return;
            }
            String problem = inHead ? scanner.scan(in) : null;
            if (problem != null) {
                refuse(in, out, problem);
                return;
            }
            super.decode(ctx, in, out);
            for (int i = 0; i < out.size(); i++) {
                decoded(out.get(i));
            }
        }

        private void decoded(Object message) {
            if (message instanceof HttpResponse response) {
                isInterim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
                inHead = false;
            }
            if (message instanceof LastHttpContent) {
                inHead = true;
                scanner.reset();
                unanswered = isInterim ? unanswered : null;
            }
        }

        /** As the codec does it: an answer that says it failed, then silence. */
        private void refuse(ByteBuf in, List<Object> out, String problem) {
            outOfStep = true;
            in.skipBytes(in.readableBytes());
            HttpResponse failed = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_GATEWAY, Unpooled.EMPTY_BUFFER);
            failed.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(problem)));
            out.add(failed);
        }

        /** Once out of step always out of step: a request that is sent nevertheless does not make the rest its answer. */
        private void leave(ChannelHandlerContext ctx, ByteBuf in) {
            if (in.isReadable() && !outOfStep) {
                outOfStep = true;
                LOG.debug("origin sent bytes that nobody asked for: {}", in.readableBytes());
                ctx.close();
            }
            in.skipBytes(in.readableBytes());
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            // an interim answer to HEAD may be a switch of protocols, which has its own rule
            boolean isFinal = message instanceof HttpResponse response
                    && response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
            return (isFinal && HttpMethod.HEAD.equals(unanswered)) || super.isContentAlwaysEmpty(message);
        }
    }
}
