package io.sealgate.core.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.function.Consumer;

/**
 * Netty's request decoder behind a {@link HeadScanner}. Also tells when the first byte of a head arrives, which is where the
 * time for sending it begins. Confined to its connection's event loop.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {

    private final HeadScanner scanner = new HeadScanner();
    private final Runnable onHeadBegun;
    private final Consumer<HttpRequest> onHead;
    private boolean inHead = true;
    private boolean begun;
    private boolean refused;

    /**
     * @param onHeadBegun runs when the first byte of each head has arrived
     * @param onHead      sees each head before anything else does
     */
    StrictRequestDecoder(HttpDecoderConfig config, Runnable onHeadBegun, Consumer<HttpRequest> onHead) {
        super(config);
        this.onHeadBegun = onHeadBegun;
        this.onHead = onHead;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (inHead && in.isReadable()) {
            if (!begun) {
                begun = true;
                onHeadBegun.run();
            }
            String problem = scanner.scan(in);
            if (problem != null) {
                refuse(in, out, problem);
                return;
            }
        }
        super.decode(ctx, in, out);
        out.forEach(this::decoded);
    }

    private void decoded(Object message) {
        if (message instanceof HttpRequest request) {
            inHead = false;
            onHead.accept(request);
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
            begun = false;
            scanner.reset();
        }
    }

    /** As the codec does it: a request that says it failed, then silence. */
    private void refuse(ByteBuf in, List<Object> out, String problem) {
        refused = true;
        in.skipBytes(in.readableBytes());
        FullHttpRequest failed = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
        failed.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(problem)));
        onHead.accept(failed);
        out.add(failed);
    }
}
