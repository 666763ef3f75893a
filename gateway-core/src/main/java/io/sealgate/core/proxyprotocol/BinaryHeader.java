package io.sealgate.core.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.sealgate.core.model.IpLiteral;
import io.sealgate.core.spi.ProxyHeaderOutcome;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Version 2 of the PROXY protocol (§2.2): 16 fixed bytes, the addresses, and type-length-value records, of which only the
 * checksum means anything here. What a balancer says of TLS that it has ended itself is not looked at: identity comes from a handshake with
 * the gateway or not at all.
 */
final class BinaryHeader {

    /** Enough for addresses and the records that balancers send; the length field alone would allow 64 KiB. */
    static final int MAX_LENGTH = 4096;

    private static final int FIXED = 16;
    private static final int VERSION_AND_COMMAND = 12;
    private static final int FAMILY_AND_TRANSPORT = 13;
    private static final int LENGTH = 14;
    private static final int COMMAND_LOCAL = 0x20;
    private static final int COMMAND_PROXY = 0x21;

    private BinaryHeader() {}

    /** Reads the header at the reader index, which begins with the signature. Hopeless ones are refused before they are whole. */
    static ProxyHeader read(ByteBuf in) {
        int start = in.readerIndex();
        int there = in.readableBytes();
        if (there > VERSION_AND_COMMAND && !isCommand(in.getUnsignedByte(start + VERSION_AND_COMMAND))) {
            return refused(ProxyHeaderOutcome.UNSUPPORTED);
        }
        if (there < FIXED) {
            return new ProxyHeader.Incomplete();
        }
        int length = FIXED + in.getUnsignedShort(start + LENGTH);
        if (length > MAX_LENGTH) {
            return refused(ProxyHeaderOutcome.TOO_LONG);
        }
        if (there < length) {
            return new ProxyHeader.Incomplete();
        }
        ProxyHeader header = judge(in.slice(start, length));
        if (!(header instanceof ProxyHeader.Refused)) {
            in.skipBytes(length);
        }
        return header;
    }

    private static boolean isCommand(int versionAndCommand) {
        return versionAndCommand == COMMAND_LOCAL || versionAndCommand == COMMAND_PROXY;
    }

    /** Under LOCAL, and for a family that is not given, all that follows is to be ignored. */
    private static ProxyHeader judge(ByteBuf header) {
        Family family = Family.of(header.getUnsignedByte(FAMILY_AND_TRANSPORT));
        if (header.getUnsignedByte(VERSION_AND_COMMAND) == COMMAND_LOCAL) {
            return new ProxyHeader.Local();
        } else if (family == null) {
            return refused(ProxyHeaderOutcome.UNSUPPORTED);
        } else if (family == Family.UNSPECIFIED) {
            return new ProxyHeader.Unknown();
        } else if (header.readableBytes() < FIXED + family.bytes) {
            return refused(ProxyHeaderOutcome.MALFORMED);
        }
        ProxyHeaderOutcome fault = ExtraRecords.fault(header, FIXED + family.bytes);
        return fault == null ? client(header, family) : refused(fault);
    }

    /** Source, destination, source port, destination port. */
    private static ProxyHeader client(ByteBuf header, Family family) {
        if (family == Family.UNIX) {
            return new ProxyHeader.Unknown();
        }
        byte[] source = ByteBufUtil.getBytes(header, FIXED, family.addressBytes);
        int port = header.getUnsignedShort(FIXED + 2 * family.addressBytes);
        return new ProxyHeader.Client(new InetSocketAddress(IpLiteral.of(source), port));
    }

    private static ProxyHeader refused(ProxyHeaderOutcome reason) {
        return new ProxyHeader.Refused(reason);
    }

    /** Families with the stream transport, which is the only one that a TCP connection can stand for. */
    private enum Family {
        UNSPECIFIED(0x00, 0, 0),
        IPV4(0x11, 4, 12),
        IPV6(0x21, 16, 36),
        UNIX(0x31, 108, 216);

        private final int code;
        private final int addressBytes;
        private final int bytes;

        Family(int code, int addressBytes, int bytes) {
            this.code = code;
            this.addressBytes = addressBytes;
            this.bytes = bytes;
        }

        static @Nullable Family of(int code) {
            for (Family family : values()) {
                if (family.code == code) {
                    return family;
                }
            }
            return null;
        }
    }
}
