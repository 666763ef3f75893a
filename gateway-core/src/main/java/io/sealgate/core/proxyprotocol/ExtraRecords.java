package io.sealgate.core.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.spi.ProxyHeaderOutcome;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The type-length-value records behind the addresses of a binary header (§2.2.1 to §2.2.7): their form, and the checksum. */
final class ExtraRecords {

    private static final int TYPE_CRC32C = 0x03;
    private static final int RECORD_HEAD = 3;
    private static final byte[] ZEROS = new byte[Integer.BYTES];

    private ExtraRecords() {}

    /** What is wrong with the records from {@code from} to the end of {@code header}; {@code null} if nothing is. Borrows the header. */
    static @Nullable ProxyHeaderOutcome fault(ByteBuf header, int from) {
        int at = from;
        while (at < header.writerIndex()) {
            int left = header.writerIndex() - at;
            if (left < RECORD_HEAD || left - RECORD_HEAD < header.getUnsignedShort(at + 1)) {
                return ProxyHeaderOutcome.MALFORMED;
            }
            int length = header.getUnsignedShort(at + 1);
            int value = at + RECORD_HEAD;
            if (header.getByte(at) == TYPE_CRC32C && !isChecksum(header, value, length)) {
                return ProxyHeaderOutcome.CHECKSUM;
            }
            at = value + length;
        }
        return null;
    }

    /** Over the whole header, with zeros in its own place (§2.2.3). */
    private static boolean isChecksum(ByteBuf header, int value, int length) {
        if (length != Integer.BYTES) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(header.nioBuffer(0, value));
        crc.update(ZEROS);
        int behind = value + length;
        crc.update(header.nioBuffer(behind, header.writerIndex() - behind));
        return crc.getValue() == header.getUnsignedInt(value);
    }
}
