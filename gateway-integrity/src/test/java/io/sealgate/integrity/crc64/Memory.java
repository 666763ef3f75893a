package io.sealgate.integrity.crc64;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;

/** The kinds of buffer that a body may come in. */
enum Memory {
    HEAP {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            return Unpooled.copiedBuffer(bytes);
        }
    },
    READ_ONLY_HEAP {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            return Unpooled.wrappedBuffer(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer());
        }
    },
    DIRECT {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            return Unpooled.directBuffer().writeBytes(bytes);
        }
    },
    POOLED {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            return PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
        }
    },
    READ_ONLY {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            return DIRECT.copyOf(bytes).asReadOnly();
        }
    },
    SLICE {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            return PooledByteBufAllocator.DEFAULT
                    .directBuffer()
                    .writeLong(1)
                    .writeBytes(bytes)
                    .writeLong(2)
                    .slice(Long.BYTES, bytes.length);
        }
    },
    COMPOSITE {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            int cut = bytes.length / 3;
            return UnpooledByteBufAllocator.DEFAULT
                    .compositeBuffer()
                    .addComponents(
                            true,
                            Unpooled.copiedBuffer(bytes, 0, cut),
                            Unpooled.directBuffer().writeBytes(bytes, cut, cut),
                            Unpooled.copiedBuffer(bytes, 2 * cut, bytes.length - 2 * cut));
        }
    },
    COMPOSITE_OF_ONE {
        @Override
        ByteBuf copyOf(byte[] bytes) {
            return UnpooledByteBufAllocator.DEFAULT.compositeBuffer().addComponent(true, SLICE.copyOf(bytes));
        }
    };

    private static final int BEFORE = 3;

    /** A buffer of this kind that holds the bytes behind a reader index that is not 0; the caller releases it. */
    ByteBuf hold(byte[] bytes) {
        ByteBuffer padded = ByteBuffer.allocate(BEFORE + bytes.length).put(BEFORE, bytes);
        return copyOf(padded.array()).skipBytes(BEFORE);
    }

    abstract ByteBuf copyOf(byte[] bytes);
}
