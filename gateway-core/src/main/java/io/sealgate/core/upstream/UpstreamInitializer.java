package io.sealgate.core.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.sealgate.core.spi.UpstreamSecurity;

/** Builds the pipeline of an origin connection: TLS if configured, codec, {@link UpstreamHandler}. Shared by all connections to one origin. */
final class UpstreamInitializer extends ChannelInitializer<Channel> {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private final Origin origin;

    UpstreamInitializer(Origin origin) {
        this.origin = origin;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        UpstreamSecurity security = origin.security();
        if (security != null) {
            security.secure(pipeline, origin.dialHost(), origin.dialPort())
                    .setHandshakeTimeoutMillis(origin.timeouts().connect().toMillis());
        }
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES);
        pipeline.addLast(new StrictHttpClientCodec(decoding));
        pipeline.addLast(new UpstreamHandler());
    }
}
