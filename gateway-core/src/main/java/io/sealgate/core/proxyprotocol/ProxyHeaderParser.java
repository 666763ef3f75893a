package io.sealgate.core.proxyprotocol;

import io.netty.buffer.ByteBuf;

/**
 * Reads the header that a load balancer puts in front of a connection, as "The PROXY protocol, versions 1 & 2"
 * (haproxy.org, 2020/03/05) has it. Stricter than most readers: what the text does not provide for is refused, because the address in
 * a header decides whom a request is counted against.
 *
 * <p>Keeps no state: whoever has too few bytes asks again with more. That costs little, for a text header ends after 107 bytes and of a
 * binary one only the first 16 are looked at until it is whole.
 */
public final class ProxyHeaderParser {

    private static final byte[] TEXT = {'P', 'R', 'O', 'X', 'Y', ' '};
    private static final byte[] BINARY = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n',
    };

    private ProxyHeaderParser() {}

    /**
     * Borrows {@code in}. Moves its reader index behind a header that is whole and good, and otherwise not at all; never looks at what comes
     * behind the header.
     */
    public static ProxyHeader read(ByteBuf in) {
        boolean binary = agree(in, BINARY);
        if (!binary && !agree(in, TEXT)) {
            return new ProxyHeader.Absent();
        }
        if (in.readableBytes() < (binary ? BINARY : TEXT).length) {
            return new ProxyHeader.Incomplete();
        }
        return binary ? BinaryHeader.read(in) : TextHeader.read(in);
    }

    /** Whether what there is of {@code signature} is right. */
    private static boolean agree(ByteBuf in, byte[] signature) {
        int there = Math.min(in.readableBytes(), signature.length);
        for (int i = 0; i < there; i++) {
            if (in.getByte(in.readerIndex() + i) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
