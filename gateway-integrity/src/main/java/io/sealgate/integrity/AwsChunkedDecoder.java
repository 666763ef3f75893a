package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.ChunkSignatures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code aws-chunked} (Amazon S3 API, "Signature calculations for the Authorization header: transferring payload in multiple
 * chunks", with and without trailing headers): lines {@code size[;chunk-signature=…]}, each with so many bytes and a line end behind it,
 * up to a size of 0, then the trailer and an empty line. Everything that is not exactly that is refused, and so is another length than
 * the announced one, as soon as it shows. One more line end behind it all is let pass: minio-go writes one.
 *
 * <p>Keeps at most one line, never a buffer. Confined to the exchange's event loop.
 */
final class AwsChunkedDecoder implements BodyDecoder {

    private static final String LINE_END = "\r\n";

    private final ChunkLine line = new ChunkLine();
    private final boolean isSigned;
    private final ChunkTrailer trailer;
    private final @Nullable ChunkSignatures signatures;
    private State state = State.HEADER;
    private String signature = "";
    private long undecoded;
    private long inChunk;
    private int matched;

    private enum State {
        HEADER,
        DATA,
        /** In the line end behind a chunk's data. */
        DATA_END,
        TRAILER,
        /** Nothing may follow any more, or almost. */
        END
    }

    /**
     * @param isSigned     whether chunks carry signatures
     * @param decodedBytes length of the object, as announced
     * @param trailer      gets what follows the last chunk
     * @param signatures   checks the signatures, or {@code null} if the client's key is not known
     */
    AwsChunkedDecoder(boolean isSigned, long decodedBytes, ChunkTrailer trailer, @Nullable ChunkSignatures signatures) {
        this.isSigned = isSigned;
        this.undecoded = decodedBytes;
        this.trailer = trailer;
        this.signatures = signatures;
    }

    @Override
    public @Nullable GatewayError decode(ByteBuf encoded, List<ByteBuf> decoded) {
        PieceGatherer pieces = new PieceGatherer(decoded);
        try {
            GatewayError error = null;
            while (error == null && encoded.isReadable()) {
                error = step(encoded, pieces);
            }
            return error;
        } finally {
            pieces.end();
            encoded.release();
        }
    }

    private @Nullable GatewayError step(ByteBuf encoded, PieceGatherer pieces) {
        return switch (state) {
            case HEADER, TRAILER -> line(encoded);
            case DATA -> data(encoded, pieces);
            case DATA_END -> dataEnd(encoded);
            case END -> lineEnd(encoded) ? null : malformed("bytes behind its end");
        };
    }

    private @Nullable GatewayError line(ByteBuf encoded) {
        return switch (line.read(encoded)) {
            case PART -> null;
            case TOO_LONG -> malformed("a line of more than " + ChunkLine.MOST_BYTES + " bytes");
            case WHOLE -> state == State.HEADER ? header(line.take()) : trailer(line.take());
        };
    }

    private @Nullable GatewayError header(String text) {
        String bare = ChunkLine.withoutReturn(text);
        ChunkHeader header =
                bare == null ? null : ChunkHeader.parse(bare, isSigned).orElse(null);
        if (header == null) {
            return malformed("something else in place of a chunk's size" + (isSigned ? " and signature" : ""));
        }
        if (header.bytes() > undecoded) {
            return malformed("more bytes than x-amz-decoded-content-length says");
        }
        signature = header.signature();
        inChunk = header.bytes();
        if (inChunk > 0) {
            state = State.DATA;
            return null;
        }
        state = State.TRAILER;
        return undecoded == 0 ? chunkEnd() : incomplete("fewer bytes than x-amz-decoded-content-length says");
    }

    private @Nullable GatewayError data(ByteBuf encoded, PieceGatherer pieces) {
        int bytes = (int) Math.min(inChunk, encoded.readableBytes());
        if (signatures != null) {
            signatures.update(encoded.slice(encoded.readerIndex(), bytes));
        }
        pieces.take(encoded, bytes);
        undecoded -= bytes;
        inChunk -= bytes;
        if (inChunk == 0) {
            state = State.DATA_END;
        }
        return null;
    }

    private @Nullable GatewayError dataEnd(ByteBuf encoded) {
        if (!lineEnd(encoded)) {
            return malformed("something else in place of the line end behind a chunk");
        }
        if (matched < LINE_END.length()) {
            return null;
        }
        matched = 0;
        state = State.HEADER;
        return chunkEnd();
    }

    /** Reads the next byte, which must be the next of one line end. */
    private boolean lineEnd(ByteBuf encoded) {
        return matched < LINE_END.length() && encoded.readByte() == LINE_END.charAt(matched++);
    }

    private @Nullable GatewayError chunkEnd() {
        boolean isGood = signatures == null || !isSigned || signatures.endsChunk(signature);
        return isGood ? null : forged();
    }

    private @Nullable GatewayError trailer(String text) {
        String bare = ChunkLine.withoutReturn(text);
        String field = bare == null ? text : bare;
        if (!trailer.endsWith(field)) {
            return trailer.add(field);
        }
        state = State.END;
        GatewayError error = trailer.missing();
        if (error == null && signatures != null && !trailer.signature().isEmpty()) {
            return signatures.endsTrailers(trailer.signed(), trailer.signature()) ? null : forged();
        }
        return error;
    }

    @Override
    public @Nullable GatewayError finish() {
        return state == State.END ? null : incomplete("no end");
    }

    /** The body is not in the format; {@code has} says what it has instead. */
    static GatewayError.Rejected malformed(String has) {
        return rejected(CosErrorCode.INVALID_REQUEST, has);
    }

    private static GatewayError.Rejected incomplete(String has) {
        return rejected(CosErrorCode.INCOMPLETE_BODY, has);
    }

    private static GatewayError.Rejected rejected(CosErrorCode code, String has) {
        return new GatewayError.Rejected(code, "Body: has " + has + " (expected: whole and in aws-chunked form)");
    }

    private static GatewayError.Denied forged() {
        return new GatewayError.Denied("Access Denied.", "chunk-signature");
    }
}
