package io.sealgate.core.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the raw lines of an answer's head for what Netty's codec mends silently, so that it can be refused instead:
 * a malformed status line (RFC 9112 §4), folded lines (RFC 9112 §5.2), white space in names, of which the codec keeps
 * what stands before it, a second Content-Length, of which it keeps the first in HTTP/1.0, and one that is not plain
 * digits (RFC 9112 §6.2). The client would be told something else than the origin has said.
 *
 * <p>Call {@link #scan} before each attempt to decode: the codec consumes whole lines only, so every call starts at the
 * beginning of a line. Confined to its connection's event loop; keeps no bytes.
 */
final class AnswerScanner {

    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final AsciiString VERSION = AsciiString.cached("HTTP/1.");

    /** {@code HTTP/1.1 200}: what stands before a reason. */
    private static final int STATUS_END = 12;

    private static final int STATUS_START = 9;

    private boolean statusSeen;
    private boolean lengthSeen;
    private boolean ended;

    /** A new head begins. */
    void reset() {
        statusSeen = false;
        lengthSeen = false;
        ended = false;
    }

    /**
     * Scans the complete lines in {@code in}. Borrows it and leaves its indices alone.
     *
     * @return what is wrong, or {@code null}
     */
    @Nullable
    String scan(ByteBuf in) {
        int start = in.readerIndex();
        int end;
        while (!ended && (end = in.indexOf(start, in.writerIndex(), (byte) '\n')) >= 0) {
            String problem = line(in, start, end > start && in.getByte(end - 1) == '\r' ? end - 1 : end);
            if (problem != null) {
                return problem;
            }
            start = end + 1;
        }
        return null;
    }

    private @Nullable String line(ByteBuf in, int start, int end) {
        if (!statusSeen) {
            statusSeen = true;
            return isStatusLine(in, start, end) ? null : "status line (expected: RFC 9112 section 4)";
        }
        if (start == end) {
            ended = true;
            return null;
        }
        return field(in, start, end);
    }

    private static boolean isStatusLine(ByteBuf in, int start, int end) {
        if (end - start < STATUS_END || !isText(in, start, VERSION)) {
            return false;
        }
        byte minor = in.getByte(start + VERSION.length());
        byte first = in.getByte(start + STATUS_START);
        return (minor == '0' || minor == '1')
                && in.getByte(start + STATUS_START - 1) == ' '
                && first >= '1'
                && first <= '5'
                && isDigit(in.getByte(start + STATUS_START + 1))
                && isDigit(in.getByte(start + STATUS_START + 2))
                && (end - start == STATUS_END || in.getByte(start + STATUS_END) == ' ')
                && in.forEachByte(start + STATUS_END, end - start - STATUS_END, AnswerScanner::isReason) < 0;
    }

    private @Nullable String field(ByteBuf in, int start, int end) {
        byte begin = in.getByte(start);
        if (isBlank(begin)) {
            return "header line: folded (expected: one line each)";
        }
        int colon = in.forEachByte(start, end - start, c -> c != ':' && c != ' ' && c != '\t');
        if (colon >= 0 && in.getByte(colon) != ':') {
            return "header name: with white space (expected: a token)";
        }
        boolean isLength = colon - start == CONTENT_LENGTH.length() && isText(in, start, CONTENT_LENGTH);
        return isLength ? length(in, colon + 1, end) : null;
    }

    /** Other spellings of a number ({@code 04}, {@code +4}) are read in other ways, or not at all. */
    private @Nullable String length(ByteBuf in, int start, int end) {
        if (lengthSeen) {
            return "Content-Length: sent twice (expected: once)";
        }
        lengthSeen = true;
        int from = start;
        int to = end;
        while (from < to && isBlank(in.getByte(from))) {
            from++;
        }
        while (from < to && isBlank(in.getByte(to - 1))) {
            to--;
        }
        boolean isNumber = from < to
                && (to - from == 1 || in.getByte(from) != '0')
                && in.forEachByte(from, to - from, AnswerScanner::isDigit) < 0;
        return isNumber ? null : "Content-Length: not a number (expected: digits without leading zeros)";
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    /** Whether {@code text} stands there; its lower-case letters stand for both cases. */
    private static boolean isText(ByteBuf in, int start, AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            byte c = in.getByte(start + i);
            byte wanted = text.byteAt(i);
            boolean isUpper = c >= 'A' && c <= 'Z' && wanted >= 'a' && wanted <= 'z';
            if ((isUpper ? c + ('a' - 'A') : c) != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** Bytes from 0x80 are opaque (RFC 9112 §4). */
    private static boolean isReason(byte c) {
        return c < 0 || c == '\t' || (c >= ' ' && c != 0x7f);
    }
}
