package io.sealgate.core.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.DelegatingHandle;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.util.UncheckedBooleanSupplier;
import io.sealgate.core.load.MemoryGuard;

/**
 * How much one read of a socket may bring: what recent reads suggest, and no more is in memory before the gate is asked again. While
 * memory is short only little at a time, so that thousands of sockets cannot use up what is left. Thread-safe; its handles are
 * confined to their channel's event loop.
 */
final class ReceiveBuffers extends AdaptiveRecvByteBufAllocator {

    private static final int LEAST_BYTES = 1024;
    private static final int FIRST_BYTES = 16 * 1024;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int BYTES_WHEN_SHORT = 4 * 1024;

    private final MemoryGuard memory;

    ReceiveBuffers(MemoryGuard memory) {
        super(LEAST_BYTES, FIRST_BYTES, MOST_BYTES);
        this.memory = memory;
        maxMessagesPerRead(1);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates the type, and has nothing else to return
    public Handle newHandle() {
        return new ThriftyHandle((ExtendedHandle) super.newHandle(), memory);
    }

    private static final class ThriftyHandle extends DelegatingHandle implements ExtendedHandle {

        private final ExtendedHandle adaptive;
        private final MemoryGuard memory;

        ThriftyHandle(ExtendedHandle adaptive, MemoryGuard memory) {
            super(adaptive);
            this.adaptive = adaptive;
            this.memory = memory;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public int guess() {
            int guess = adaptive.guess();
            return guess > BYTES_WHEN_SHORT && memory.isShort() ? BYTES_WHEN_SHORT : guess;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return adaptive.continueReading(maybeMoreData);
        }
    }
}
