package io.sealgate.tls.revocation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The serial numbers of one list, with the reason of each. Immutable.
 *
 * <p>RFC 5280 §4.1.2.2 has serials positive and of at most 20 octets, and there are CAs that do not keep to it. A
 * serial is compared by its two's complement without the zero octets in front: what one program writes as a negative
 * number and another as the positive one of the same octets is the same here. That can only revoke too much, and only
 * if a CA uses both.
 */
final class RevokedSerials {

    /** Three times what is allowed: longer ones are nobody's serials. */
    static final int LONGEST = 64;

    private static final int[] WIDTHS = {8, 16, 20, LONGEST};

    private final @Nullable SerialTable[] tables;

    private RevokedSerials(@Nullable SerialTable[] tables) {
        this.tables = tables;
    }

    /** Why {@code serial} is revoked, if it is. */
    Optional<RevocationReason> reason(BigInteger serial) {
        byte[] octets = serial.toByteArray();
        int zeros = zeros(octets, 0, octets.length);
        int length = octets.length - zeros;
        SerialTable table = length > LONGEST ? null : tables[tableOf(length)];
        if (table == null) {
            return Optional.empty();
        }
        byte[] padded = new byte[WIDTHS[tableOf(length)]];
        System.arraycopy(octets, zeros, padded, padded.length - length, length);
        int code = table.find(padded);
        return code < 0 ? Optional.empty() : Optional.of(RevocationReason.of(code));
    }

    /** How many there are. */
    int size() {
        int size = 0;
        for (SerialTable table : tables) {
            size += table == null ? 0 : table.size();
        }
        return size;
    }

    /** Whether {@code other} has the same serials, with the same reasons and in the same order. */
    boolean hasSameAs(RevokedSerials other) {
        for (int i = 0; i < tables.length; i++) {
            SerialTable table = tables[i];
            SerialTable others = other.tables[i];
            boolean isSame = (table == null || others == null) ? table == others : table.hasSameAs(others);
            if (!isSame) {
                return false;
            }
        }
        return true;
    }

    /** Octets on the heap, but for a few. */
    long bytes() {
        long bytes = 0;
        for (SerialTable table : tables) {
            bytes += table == null ? 0 : table.bytes();
        }
        return bytes;
    }

    private static int tableOf(int length) {
        int table = 0;
        while (WIDTHS[table] < length) {
            table++;
        }
        return table;
    }

    private static int zeros(byte[] octets, int offset, int length) {
        int zeros = 0;
        while (zeros < length && octets[offset + zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    /** Collects the serials of one list. Confined to one thread. */
    static final class Builder {

        private final SerialTable.@Nullable Builder[] tables = new SerialTable.Builder[WIDTHS.length];

        /** Adds the content of an {@code INTEGER} of at most {@link #LONGEST} octets, not counting a zero in front. */
        void add(byte[] integer, int length, int reason) {
            int redundant = 0;
            // BigInteger, which the certificate's serial comes as, has no needless sign octets.
            while (redundant + 1 < length && integer[redundant] == -1 && integer[redundant + 1] < 0) {
                redundant++;
            }
            int skipped = redundant + zeros(integer, redundant, length - redundant);
            int table = tableOf(length - skipped);
            SerialTable.Builder builder = tables[table];
            if (builder == null) {
                builder = new SerialTable.Builder(WIDTHS[table]);
                tables[table] = builder;
            }
            builder.add(integer, skipped, length - skipped, reason);
        }

        /** The index. The builder is spent. */
        RevokedSerials build() {
            return new RevokedSerials(Arrays.stream(tables)
                    .map(builder -> builder == null ? null : builder.build())
                    .toArray(SerialTable[]::new));
        }
    }
}
