package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.load.ExchangeLoad;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a control document on the heap while it arrives, in blocks: nothing is copied to grow, and what is kept has been asked
 * for before. Confined to the exchange's event loop; the exchange's load gives everything back when it ends.
 */
final class DocumentBuffer {

    private static final int BLOCK = 16 * 1024;

    private final ExchangeLoad load;
    private final int limit;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] block = new byte[0];
    private int used;
    private int size;

    /** @param limit bytes that the document may have; never more is kept */
    DocumentBuffer(ExchangeLoad load, int limit) {
        this.load = load;
        this.limit = limit;
    }

    /** Bytes so far. */
    int size() {
        return size;
    }

    /** Copies {@code piece}, which must not go beyond the limit. Borrows it. False if there is no room for it. */
    boolean add(ByteBuf piece) {
        while (piece.isReadable()) {
            if (used == block.length && !nextBlock()) {
                return false;
            }
            int count = Math.min(piece.readableBytes(), block.length - used);
            piece.readBytes(block, used, count);
            used += count;
            size += count;
        }
        return true;
    }

    private boolean nextBlock() {
        int bytes = Math.min(BLOCK, limit - size);
        if (!load.takeDocument(bytes)) {
            return false;
        }
        if (size > 0) {
            full.add(block);
        }
        block = new byte[bytes];
        used = 0;
        return true;
    }

    /** The whole document. What is kept from now on is that, and not the blocks. Call once, last. */
    byte[] whole() {
        byte[] document = new byte[size];
        int at = 0;
        for (byte[] each : full) {
            System.arraycopy(each, 0, document, at, each.length);
            at += each.length;
        }
        System.arraycopy(block, 0, document, at, used);
        load.giveDocument(block.length - used);
        full.clear();
        block = new byte[0];
        return document;
    }
}
