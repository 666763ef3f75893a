package io.sealgate.core.request;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import java.nio.charset.StandardCharsets;

/** Brings request heads to the parser the way they come in production: as bytes, through Netty's codec. */
public final class Heads {

    private Heads() {}

    /** What becomes of raw bytes, each given as a Latin-1 character. */
    public static ParsedHead parse(String raw) {
        HttpDecoderConfig config =
                new HttpDecoderConfig().setMaxInitialLineLength(32 << 10).setMaxHeaderSize(32 << 10);
        EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(config));
        try {
            channel.writeInbound(Unpooled.copiedBuffer(raw, StandardCharsets.ISO_8859_1));
            HttpRequest request = channel.readInbound();
            try {
                return new RequestHeadParser(LimitsConfig.defaults(), true).parse(request, RequestId.next(), false);
            } finally {
                ReferenceCountUtil.release(request);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    /** A head that must be accepted. */
    public static RequestHead good(String raw) {
        ParsedHead parsed = parse(raw);
        if (parsed instanceof ParsedHead.Good good) {
            return good.head();
        }
        throw new AssertionError(raw + " gave " + parsed);
    }

    /** The bytes of a head: request line, then headers. */
    public static String raw(String requestLine, String... headers) {
        StringBuilder raw = new StringBuilder(requestLine).append("\r\n");
        for (String header : headers) {
            raw.append(header).append("\r\n");
        }
        return raw.append("\r\n").toString();
    }
}
