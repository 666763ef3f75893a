package io.sealgate.core.server;

import io.netty.channel.WriteBufferWaterMark;

/** How much may wait in a channel's outbound buffer before the other side is no longer read: half of what bounds the memory of an exchange. */
final class WaterMarks {

    static final WriteBufferWaterMark DOWNSTREAM = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    static final WriteBufferWaterMark UPSTREAM = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private WaterMarks() {}
}
