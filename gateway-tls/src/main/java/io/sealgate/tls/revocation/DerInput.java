package io.sealgate.tls.revocation;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads DER (X.690) from a stream, one header at a time and without a tree: a list of a million entries passes through one
 * buffer. Stricter than BER: lengths are definite and as short as they can be. Confined to one thread; does not own the stream.
 */
final class DerInput {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int ENUMERATED = 0x0A;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int EXPLICIT_0 = 0xA0;

    private static final int BUFFER = 1 << 16;
    private static final int HIGH_TAG = 0x1F;
    private static final int LONG_FORM = 0x80;

    /** A terabyte; leaves {@code position + length} far from an overflow. */
    private static final int MOST_LENGTH_OCTETS = 5;

    private final InputStream in;
    private final byte[] buffer;
    private long base; // position of the buffer's first octet
    private int next;
    private int filled;
    private long end;

    private @Nullable Tap tap;
    private int tapped; // what is before that in the buffer went to the tap, or is not for it

    DerInput(InputStream in) {
        this(in, BUFFER);
    }

    /** Reads {@code bufferSize} octets at a time. */
    DerInput(InputStream in, int bufferSize) {
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    /** Gets everything that is read while it is set. */
    interface Tap {

        /** Borrows {@code length} octets for the time of the call. */
        void take(byte[] bytes, int offset, int length) throws CrlException;
    }

    /** Octets read so far. */
    long position() {
        return base + next;
    }

    /** Where the value ends whose header was read last. */
    long end() {
        return end;
    }

    /** True if the stream has nothing more. */
    boolean isExhausted() throws IOException {
        return next == filled && !fill();
    }

    /** Reads a header; {@link #end} is where its value ends, which lies within {@code limit}. */
    int header(long limit) throws IOException {
        long start = position();
        int tag = octet();
        if ((tag & HIGH_TAG) == HIGH_TAG) {
            throw CrlException.malformed(start, "tag of several octets", "a tag of one octet");
        }
        long length = length();
        end = position() + length;
        if (end > limit) {
            throw CrlException.malformed(start, "value of " + length + " octets", "one that ends with what it is in");
        }
        return tag;
    }

    /** Reads a header that must have {@code tag}. */
    void header(int tag, long limit, String what) throws IOException {
        long start = position();
        int found = header(limit);
        if (found != tag) {
            throw CrlException.malformed(start, "tag " + Integer.toHexString(found), what);
        }
    }

    private long length() throws IOException {
        int first = octet();
        if (first < LONG_FORM) {
            return first;
        }
        int octets = first - LONG_FORM;
        if (octets == 0 || octets > MOST_LENGTH_OCTETS) {
            throw CrlException.malformed(position(), "length of " + octets + " octets", "1 to " + MOST_LENGTH_OCTETS);
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | octet();
        }
        if (length < LONG_FORM || length >>> (8 * (octets - 1)) == 0) {
            throw CrlException.malformed(position(), "length of " + octets + " octets", "the shortest form (DER)");
        }
        return length;
    }

    /** The next octet, 0 to 255. */
    int octet() throws IOException {
        if (next == filled && !fill()) {
            throw CrlException.malformed(position(), "end of the file", "more");
        }
        return buffer[next++] & 0xFF;
    }

    /** Fills {@code into} from {@code offset} on with the next {@code length} octets. */
    void octets(byte[] into, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            into[offset + done] = (byte) octet();
            int more = Math.min(length - done - 1, filled - next);
            System.arraycopy(buffer, next, into, offset + done + 1, more);
            next += more;
            done += 1 + more;
        }
    }

    /** The value whose header was read last, which may not be longer than {@code most}. */
    byte[] value(int most) throws IOException {
        long length = end - position();
        if (length > most) {
            throw CrlException.malformed(position(), "value of " + length + " octets", "at most " + most);
        }
        byte[] value = new byte[(int) length];
        octets(value, 0, value.length);
        return value;
    }

    /** Passes over everything before {@code position}. */
    void skipTo(long position) throws IOException {
        while (position() < position) {
            octet();
            next += (int) Math.min(position - position(), filled - next);
        }
    }

    /** From here on everything goes to {@code newTap}; with {@code null} to nobody. */
    void tap(@Nullable Tap newTap) throws CrlException {
        flush();
        tap = newTap;
        tapped = next;
    }

    private void flush() throws CrlException {
        if (tap != null && next > tapped) {
            tap.take(buffer, tapped, next - tapped);
        }
        tapped = next;
    }

    private boolean fill() throws IOException {
        flush();
        base += filled;
        next = 0;
        tapped = 0;
        filled = 0;
        int read = in.readNBytes(buffer, 0, buffer.length);
        filled = read;
        return read > 0;
    }
}
