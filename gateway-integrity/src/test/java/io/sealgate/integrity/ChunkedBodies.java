package io.sealgate.integrity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.BodyDecoder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes {@code aws-chunked} bodies and has them decoded. Each instance has an allocator of its own, so that leaks show: Netty's detector is slow on small reads. */
final class ChunkedBodies {

    static final String SIGNATURE = "0123456789abcdef".repeat(4);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    /**
     * What came of a body.
     *
     * @param error   the first failure, or {@code null}
     * @param bytes   what was decoded until then
     * @param pieces  in so many pieces
     */
    record Outcome(@Nullable GatewayError error, byte[] bytes, int pieces) {}

    /** Feeds {@code body} in parts of 1 to {@code most} bytes. */
    Outcome decode(BodyDecoder decoder, byte[] body, int most, Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<ByteBuf> decoded = new ArrayList<>();
        GatewayError error = null;
        int pieces = 0;
        for (int i = 0; i < body.length && error == null; ) {
            int length = Math.min(body.length - i, 1 + random.nextInt(most));
            ByteBuf part = random.nextBoolean() ? allocator.heapBuffer() : allocator.directBuffer();
            error = decoder.decode(part.writeBytes(body, i, length), decoded);
            i += length;
            for (ByteBuf piece : decoded) {
                pieces++;
                bytes.writeBytes(ByteBufUtil.getBytes(piece));
                piece.release();
            }
            decoded.clear();
        }
        return new Outcome(error == null ? decoder.finish() : error, bytes.toByteArray(), pieces);
    }

    Outcome decode(BodyDecoder decoder, String body) {
        return decode(decoder, body.getBytes(ISO_8859_1), Integer.MAX_VALUE - 1, new Random(1));
    }

    /** Bytes of buffers that nobody has released. */
    long leaked() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    /** {@code data} in chunks of 1 to {@code most} bytes, without the lines behind the last chunk's header. */
    static byte[] chunks(byte[] data, int most, boolean isSigned, Random random) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < data.length; ) {
            int length = Math.min(data.length - i, 1 + random.nextInt(most));
            body.writeBytes(header(length, isSigned));
            body.write(data, i, length);
            body.writeBytes("\r\n".getBytes(ISO_8859_1));
            i += length;
        }
        body.writeBytes(header(0, isSigned));
        return body.toByteArray();
    }

    private static byte[] header(int length, boolean isSigned) {
        String extension = isSigned ? ";chunk-signature=" + SIGNATURE : "";
        return (Integer.toHexString(length) + extension + "\r\n").getBytes(ISO_8859_1);
    }

    static byte[] joined(byte[] one, String other) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(one);
        all.writeBytes(other.getBytes(ISO_8859_1));
        return all.toByteArray();
    }
}
