package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.sealgate.core.load.ExchangeMemory;

/** How much may wait in a channel's outbound buffer before the other side is no longer read: half of what bounds the memory of an exchange. */
final class WaterMarks {

    static final WriteBufferWaterMark DOWNSTREAM = new WriteBufferWaterMark(64 * 1024, ExchangeMemory.HIGH_WATERMARK);
    static final WriteBufferWaterMark UPSTREAM = new WriteBufferWaterMark(64 * 1024, ExchangeMemory.HIGH_WATERMARK);

    private WaterMarks() {}

    /** Whether anything waits in the outbound buffer of {@code channel}. */
    static boolean hasUnsent(Channel channel) {
        return channel.bytesBeforeUnwritable() <= channel.config().getWriteBufferHighWaterMark();
    }
}
