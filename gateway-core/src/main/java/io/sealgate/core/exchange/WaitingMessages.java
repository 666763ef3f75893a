package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait at a gate, in order, at a cost that follows their bytes. Flow control counts bytes: a peer that sends them
 * one by one would otherwise have an object and a buffer kept for each, a hundred times as much. Small pieces are therefore
 * copied together, and so are those that would keep yet another large read in memory for the sake of a small part of it.
 *
 * <p>Confined to one event loop. Owns what waits until it is taken or {@link #discard()} is called.
 */
final class WaitingMessages {

    /** Pieces of this size wait as they are; nobody who means well sends a body in smaller ones when it has to wait. */
    private static final int SMALL = 4 * 1024;

    /** Small pieces are copied together into buffers that grow up to this. */
    private static final int BLOCK = 16 * 1024;

    /** So many different reads are kept in memory by the pieces that were cut from them. */
    private static final int KEPT_READS = 4;

    private final ArrayDeque<HttpObject> messages = new ArrayDeque<>(4);
    /** Where small pieces go: the content of the last message, if it is one of ours and has room. */
    private @Nullable ByteBuf block;

    private @Nullable ByteBuf lastRead;
    private int keptReads;

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Takes {@code message}. */
    void add(HttpObject message) {
        if (message instanceof HttpMessage || message.decoderResult().isFailure()) {
            append(message);
        } else if (message instanceof LastHttpContent last) {
            append(withoutTrailers(last));
        } else if (message instanceof HttpContent chunk) {
            add(chunk);
        }
    }

    private void add(HttpContent chunk) {
        if (isWorthKeeping(chunk.content())) {
            append(chunk);
            return;
        }
        if (chunk.content().isReadable()) {
            copy(chunk.content());
        }
        chunk.release();
    }

    private void append(HttpObject message) {
        messages.add(message);
        block = null;
    }

    @SuppressWarnings("ReferenceEquality") // equal bytes in another read are another read
    private boolean isWorthKeeping(ByteBuf content) {
        if (content.readableBytes() < SMALL) {
            return false;
        }
        ByteBuf read = content.unwrap() == null ? content : content.unwrap();
        if (read != lastRead) {
            lastRead = read;
            keptReads++;
        }
        return keptReads <= KEPT_READS;
    }

    private void copy(ByteBuf content) {
        int size = content.readableBytes();
        if (block == null || block.maxWritableBytes() < size) {
            block = content.alloc().buffer(size, Math.max(BLOCK, size));
            messages.add(new DefaultHttpContent(block));
        }
        block.writeBytes(content);
    }

    /** Nobody looks at trailers, but a thousand empty ones would be kept. */
    private static LastHttpContent withoutTrailers(LastHttpContent last) {
        return last.trailingHeaders().isEmpty() ? last : new DefaultLastHttpContent(last.content());
    }

    /** Returns owned the next message. Call only if there is one. */
    HttpObject remove() {
        HttpObject next = messages.remove();
        if (messages.isEmpty()) {
            block = null;
            lastRead = null;
            keptReads = 0;
        }
        return next;
    }

    /** Shows everything, in order, as it stays here. */
    void forEach(Consumer<HttpObject> action) {
        messages.forEach(action);
    }

    /** Releases everything. */
    void discard() {
        while (!messages.isEmpty()) {
            ReferenceCountUtil.release(remove());
        }
    }
}
