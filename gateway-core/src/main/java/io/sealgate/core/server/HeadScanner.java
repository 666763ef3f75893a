package io.sealgate.core.server;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the raw lines of a request head for what Netty's codec mends silently, so that it can be refused instead: folded
 * header lines (RFC 9112 §5.2), anything but single spaces in the request line (RFC 9112 §3), a protocol that is not
 * written HTTP, a second Content-Length. Two readers that mend
 * differently are how requests get smuggled. Counts header lines too, for the codec has no limit and makes objects of every one.
 *
 * <p>Call {@link #scan} before each attempt to decode: the codec consumes whole lines only, so every call starts at the
 * beginning of a line. Confined to its connection's event loop; keeps no bytes.
 */
final class HeadScanner {

    private static final int SPACES_IN_REQUEST_LINE = 2;
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length:");
    private static final AsciiString PROTOCOL = AsciiString.cached("HTTP/");

    private final int maxFields;
    private int fields;
    private boolean requestLineSeen;
    private boolean lengthSeen;
    private boolean ended;

    /** @param maxFields header lines that a head may have */
    HeadScanner(int maxFields) {
        this.maxFields = maxFields;
    }

    /** A new head begins. */
    void reset() {
        fields = 0;
        requestLineSeen = false;
        lengthSeen = false;
        ended = false;
    }

    /**
     * Scans the complete lines in {@code in}. Borrows it and leaves its indices alone.
     *
     * @return what is wrong, or {@code null}
     */
    @Nullable
    Exception scan(ByteBuf in) {
        int start = in.readerIndex();
        int end;
        while (!ended && (end = in.indexOf(start, in.writerIndex(), (byte) '\n')) >= 0) {
            String problem = scanLine(in, start, end > start && in.getByte(end - 1) == '\r' ? end - 1 : end);
            if (problem != null) {
                return new IllegalArgumentException(problem);
            }
            if (fields > maxFields) {
                return new TooLongHttpHeaderException("header fields: more than " + maxFields);
            }
            start = end + 1;
        }
        return null;
    }

    private @Nullable String scanLine(ByteBuf in, int start, int end) {
        if (start == end) {
            // An empty line ends the head; before the request line it is tolerated (RFC 9112 §2.2).
            ended = requestLineSeen;
            return null;
        }
        byte first = in.getByte(start);
        if (first == ' ' || first == '\t') {
            return requestLineSeen ? "header line: folded (expected: one line each)" : "request line: leading space";
        }
        if (requestLineSeen) {
            fields++;
            return isSecondLength(in, start, end) ? "Content-Length: sent twice (expected: once)" : null;
        }
        requestLineSeen = true;
        return requestLine(in, start, end);
    }

    /** Of several lengths in an HTTP/1.0 head the codec silently keeps the first. */
    private boolean isSecondLength(ByteBuf in, int start, int end) {
        if (end - start < CONTENT_LENGTH.length()) {
            return false;
        }
        for (int i = 0; i < CONTENT_LENGTH.length(); i++) {
            byte c = in.getByte(start + i);
            byte lower = c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
            if (lower != CONTENT_LENGTH.byteAt(i)) {
                return false;
            }
        }
        boolean second = lengthSeen;
        lengthSeen = true;
        return second;
    }

    private static @Nullable String requestLine(ByteBuf in, int start, int end) {
        int control = in.forEachByte(start, end - start, value -> (value > 0x1F && value != 0x7F) || value < 0);
        if (control >= 0) {
            return "request line: control character (expected: none)";
        }
        int spaces = 0;
        int from = start;
        int space;
        while ((space = in.forEachByte(from, end - from, ByteProcessor.FIND_ASCII_SPACE)) >= 0) {
            spaces++;
            from = space + 1;
        }
        if (spaces != SPACES_IN_REQUEST_LINE) {
            return "request line: " + spaces + " spaces (expected: method, target and version with one space between)";
        }
        return isNamed(in, from, end) ? null : "request line: another protocol (expected: HTTP in capitals)";
    }

    /** The protocol's name has one spelling (RFC 9112 §2.3). */
    private static boolean isNamed(ByteBuf in, int from, int end) {
        if (end - from < PROTOCOL.length()) {
            return false;
        }
        for (int i = 0; i < PROTOCOL.length(); i++) {
            if (in.getByte(from + i) != PROTOCOL.byteAt(i)) {
                return false;
            }
        }
        return true;
    }
}
