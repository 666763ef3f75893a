package io.sealgate.integrity.crc64;

import static java.lang.invoke.MethodType.methodType;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;

/**
 * The kernel of a shared library, which uses the processor's carry-less multiplication. It reads direct memory where it is; what
 * is on the heap, which the collector may move, is left to the Java kernel. Immutable; thread-safe.
 */
final class NativeCrc64 implements Crc64Kernel {

    private final String name;
    private final MethodHandle function;
    private final MethodHandle addressOfBuffer;
    private final JavaCrc64 heap = new JavaCrc64();

    private NativeCrc64(String name, MethodHandle function, MethodHandle addressOfBuffer) {
        this.name = name;
        this.function = function;
        this.addressOfBuffer = addressOfBuffer;
    }

    /**
     * Links the library's function. Whether it computes the right thing is not known yet.
     *
     * @throws KernelUnavailableException if it cannot be linked here
     */
    static NativeCrc64 link(NativeLibrary library) throws KernelUnavailableException {
        MethodHandle function = ForeignFunctions.threeLongs(library.soname(), library.symbol());
        MethodHandle checksumFirst = library.checksumFirst()
                ? function
                : MethodHandles.permuteArguments(
                        function, methodType(long.class, long.class, long.class, long.class), 1, 2, 0);
        return new NativeCrc64(library.kernel(), checksumFirst, ForeignFunctions.addressOfBuffer());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long update(long checksum, ByteBuf chunk) {
        if (chunk.hasMemoryAddress()) {
            return update(checksum, chunk.memoryAddress() + chunk.readerIndex(), chunk.readableBytes());
        }
        if (chunk.nioBufferCount() == 1) {
            return update(checksum, chunk.nioBuffer());
        }
        long sum = checksum;
        for (ByteBuffer part : chunk.nioBuffers()) {
            sum = update(sum, part);
        }
        return sum;
    }

    private long update(long checksum, ByteBuffer part) {
        return part.isDirect() ? update(checksum, address(part), part.remaining()) : heap.update(checksum, part);
    }

    /** The memory stays there meanwhile: it belongs to a chunk that whoever lent it will release. */
    private long update(long checksum, long address, long length) {
        try {
            return (long) function.invokeExact(checksum, address, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private long address(ByteBuffer direct) {
        try {
            return (long) addressOfBuffer.invokeExact(direct);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Neither function throws; only errors of the JVM itself can come this way. */
    private static IllegalStateException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("native crc64: failed", failure);
    }
}
