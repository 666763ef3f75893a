package io.sealgate.tls.revocation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Serial numbers of up to {@code width} octets, each with one octet of its own: records of fixed width in one array,
 * those whose hash begins alike side by side. Finding one is a look at the place of its bucket and a scan of some eight
 * neighbours. Costs {@code width + 1} octets and half of one for each serial. Immutable.
 */
final class SerialTable {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int AIM_PER_BUCKET = 8;

    private final int width;
    private final byte[] records;
    private final int[] starts; // of each bucket, in records, and the end of the last

    private SerialTable(int width, byte[] records, int[] starts) {
        this.width = width;
        this.records = records;
        this.starts = starts;
    }

    int size() {
        return starts[starts.length - 1];
    }

    /** Octets on the heap, but for a few. */
    long bytes() {
        return records.length + (long) Integer.BYTES * starts.length;
    }

    /** Whether {@code other}, of the same width, has the same serials and notes in the same order. */
    boolean hasSameAs(SerialTable other) {
        return Arrays.equals(records, other.records);
    }

    /** What was noted with {@code serial}, or -1; {@code serial} has exactly the width, with zeros in front. */
    int find(byte[] serial) {
        int bucket = bucket(hash(serial, 0, width), starts.length - 1);
        int step = width + 1;
        for (int at = starts[bucket] * step; at < starts[bucket + 1] * step; at += step) {
            if (Arrays.equals(records, at, at + width, serial, 0, width)) {
                return records[at + width] & 0xFF;
            }
        }
        return -1;
    }

    private static int bucket(long hash, int buckets) {
        return (int) (hash >>> Integer.SIZE) & (buckets - 1);
    }

    /** Serials are random or counted up; either way their buckets should be of one size. */
    private static long hash(byte[] bytes, int from, int width) {
        long hash = 0;
        int at = from;
        for (; at + Long.BYTES <= from + width; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < from + width; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        return mix(hash ^ rest);
    }

    private static long mix(long value) {
        long product = value * 0x9E37_79B9_7F4A_7C15L;
        return product ^ (product >>> 29);
    }

    /** Collects serials in pieces, so that no array is ever copied to grow. Confined to one thread. */
    static final class Builder {

        private static final int RECORDS_PER_PIECE = 4096;

        private final int width;
        private final List<byte[]> pieces = new ArrayList<>();
        private int count;

        Builder(int width) {
            this.width = width;
        }

        /** Adds the serial of {@code length} octets at {@code offset}. */
        void add(byte[] bytes, int offset, int length, int note) {
            int inPiece = count % RECORDS_PER_PIECE;
            if (inPiece == 0) {
                pieces.add(new byte[RECORDS_PER_PIECE * (width + 1)]);
            }
            byte[] piece = pieces.get(pieces.size() - 1);
            int end = inPiece * (width + 1) + width;
            System.arraycopy(bytes, offset, piece, end - length, length);
            piece[end] = (byte) note;
            count++;
        }

        /** The table. The builder is spent. */
        SerialTable build() {
            int buckets = Integer.highestOneBit(Math.max(1, count / AIM_PER_BUCKET)) * 2;
            int[] starts = new int[buckets + 1];
            forEach((piece, at) -> starts[bucket(hash(piece, at, width), buckets) + 1]++);
            for (int i = 1; i <= buckets; i++) {
                starts[i] += starts[i - 1];
            }
            byte[] records = new byte[count * (width + 1)];
            int[] free = Arrays.copyOf(starts, buckets);
            forEach((piece, at) -> {
                int place = free[bucket(hash(piece, at, width), buckets)]++;
                System.arraycopy(piece, at, records, place * (width + 1), width + 1);
            });
            return new SerialTable(width, records, starts);
        }

        private void forEach(Visitor visitor) {
            for (int i = 0; i < count; i++) {
                visitor.visit(pieces.get(i / RECORDS_PER_PIECE), i % RECORDS_PER_PIECE * (width + 1));
            }
        }

        private interface Visitor {
            void visit(byte[] piece, int at);
        }
    }
}
