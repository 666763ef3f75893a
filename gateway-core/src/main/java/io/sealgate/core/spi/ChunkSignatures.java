package io.sealgate.core.spi;

import io.netty.buffer.ByteBuf;

/**
 * Checks the signatures that a client has put on the chunks of one {@code aws-chunked} body, each of which depends on the one before
 * (AWS, "Signature calculations for the Authorization header: transferring payload in multiple chunks"). What it answers counts before
 * the body's last byte is passed on. Confined to the exchange's event loop.
 */
public interface ChunkSignatures {

    /** Sees the next bytes of the current chunk. Borrows {@code data}; its indices stay as they are. */
    void update(ByteBuf data);

    /**
     * The current chunk is whole; the empty one at the end is a chunk too.
     *
     * @param signature what the chunk says, 64 hex digits
     * @return whether that is its signature
     */
    boolean endsChunk(String signature);

    /**
     * All chunks are there, and so are the trailers.
     *
     * @param trailers  the trailers as they are signed: {@code name:value} and a line feed for each
     * @param signature what the client says, 64 hex digits
     * @return whether that is their signature
     */
    boolean endsTrailers(String trailers, String signature);
}
