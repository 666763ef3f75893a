package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelOption;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.load.ClientLoads;
import io.sealgate.core.load.ExchangeMemory;
import io.sealgate.core.loop.Deadline;
import io.sealgate.core.model.ConnectionContext;

/** Sets up one connection for the protocol that was agreed on. What comes out at the end is the same stream of HTTP objects for both. */
final class ProtocolPipelines {

    private final ListenerScope scope;
    private final ConnectionSlot slot;
    private final ConnectionContext context;
    private final Tenure tenure;

    ProtocolPipelines(ListenerScope scope, ConnectionSlot slot, ConnectionContext context, Tenure tenure) {
        this.scope = scope;
        this.slot = slot;
        this.context = context;
        this.tenure = tenure;
    }

    void http1(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        LimitsConfig limits = limits();
        ConnectionScope connection = connection(channel);
        Deadline deadline =
                new Deadline(channel.eventLoop(), connection.services().clock());
        HeadTimer timer = new HeadTimer(deadline, limits, channel::close);
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.headerSize().toIntBytes())
                .setMaxHeaderSize(limits.headerSize().toIntBytes())
                .setMaxChunkSize(ExchangeMemory.CHUNK)
                .setValidateHeaders(false); // the parser judges every name and value anyway
        StrictHttpServerCodec codec = new StrictHttpServerCodec(decoding, limits.headerCount(), timer::begun);
        pipeline.addLast(codec);
        pipeline.addLast(new ProxyHandler(connection, codec.requests(), Http1Downstream::new, false, deadline, timer));
    }

    void http2(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        LimitsConfig limits = limits();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(limits.http2Streams())
                        .initialWindowSize(limits.http2StreamWindow().toIntBytes())
                        .maxHeaderListSize(decodedHeadBytes(limits)))
                .gracefulShutdownTimeoutMillis(0)
                .build();
        pipeline.addLast(codec);
        pipeline.addLast(new Http2MultiplexHandler(new StreamInitializer(connection(channel))));
        pipeline.addLast(new Http2ConnectionHandler(codec, limits));
    }

    /**
     * More than is accepted, which RFC 9113 §6.5.2 allows for: a head that the parser refuses is answered in COS's manner, one that
     * the codec refuses without a word, and a much larger one ends the connection and every other stream with it.
     */
    private static long decodedHeadBytes(LimitsConfig limits) {
        return limits.headerListSize() + limits.headerSize().bytes();
    }

    /** From now on the connection is its client's. */
    private ConnectionScope connection(Channel channel) {
        ClientLoads clients = scope.load().clients();
        ConnectionScope connection = new ConnectionScope(
                scope.services().apply(channel.eventLoop()),
                context,
                clients.enter(context),
                tenure,
                slot,
                scope.parser());
        channel.closeFuture().addListener(closed -> clients.leave(context));
        return connection;
    }

    private LimitsConfig limits() {
        return scope.listener().limits();
    }

    /** Each stream of an HTTP/2 connection: frames become HTTP objects, the rest is as on HTTP/1.1. */
    private static final class StreamInitializer extends ChannelInitializer<Channel> {

        private final ConnectionScope connection;

        StreamInitializer(ConnectionScope connection) {
            this.connection = connection;
        }

        @Override
        protected void initChannel(Channel stream) {
            stream.config().setOption(Http2StreamChannelOption.AUTO_STREAM_FLOW_CONTROL, false);
            stream.config().setWriteBufferWaterMark(WaterMarks.DOWNSTREAM);
            StreamObjectCodec codec = new StreamObjectCodec();
            Deadline deadline =
                    new Deadline(stream.eventLoop(), connection.services().clock());
            stream.pipeline().addLast(codec);
            stream.pipeline().addLast(new ProxyHandler(connection, codec, Http2Downstream::new, true, deadline, null));
            closeWithConnection(stream);
        }

        /** A stream with undelivered frames does not notice that its connection is gone. */
        private void closeWithConnection(Channel stream) {
            ChannelFutureListener close = closed -> stream.close();
            Channel connection = stream.parent();
            connection.closeFuture().addListener(close);
            stream.closeFuture().addListener(ended -> connection.closeFuture().removeListener(close));
        }
    }
}
