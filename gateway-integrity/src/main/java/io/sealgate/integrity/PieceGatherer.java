package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the data out of what was received. Pieces are slices, not copies, unless they are small: then neighbours are copied together, or
 * a client that sends chunks of one byte would have each of them cost a buffer and a write. Confined to one call of a decoder.
 */
final class PieceGatherer {

    /** So many bytes are cheaper to copy than to keep a slice for. */
    static final int WORTH_A_SLICE = 1024;

    private final List<ByteBuf> pieces;
    private @Nullable ByteBuf small;

    /** @param pieces gets the pieces, owned by whoever owns the list */
    PieceGatherer(List<ByteBuf> pieces) {
        this.pieces = pieces;
    }

    /** Takes the next {@code length} bytes out of {@code source}, whose reader index moves. */
    void take(ByteBuf source, int length) {
        if (length >= WORTH_A_SLICE) {
            end();
            pieces.add(source.readRetainedSlice(length));
            return;
        }
        if (small == null) {
            small = source.alloc().buffer(length);
        }
        small.writeBytes(source, length);
    }

    /** Adds what is left; call once more when all is taken. */
    void end() {
        if (small != null) {
            pieces.add(small);
            small = null;
        }
    }
}
