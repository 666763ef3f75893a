package io.sealgate.tls.revocation;

import io.sealgate.tls.pem.PemException;
import io.sealgate.tls.pem.PemStructure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The lists of a PEM file (RFC 7468), decoded while they are read; text between them and objects of other kinds are
 * passed over. Each one is a stream of its own: {@link #next} begins it, and reading ends with it. Confined to one
 * thread; does not own the stream.
 */
final class PemCrlInput extends InputStream {

    private static final String BEGIN = "-----BEGIN X509 CRL-----";
    private static final byte[] END = "-----END X509 CRL-----".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 1 << 16;

    /** As many as are decoded at a time; a multiple of four. */
    private static final int CHARACTERS = 1 << 15;

    private final InputStream in;
    private final PemStructure structure = new PemStructure();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;

    private final byte[] characters = new byte[CHARACTERS];
    private final byte[] decoded = new byte[CHARACTERS / 4 * 3];
    private int next;
    private int ready;
    private boolean isInside;

    PemCrlInput(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next list; false if there is none. The one before must have been read to its end. */
    boolean next() throws IOException {
        structure.skipped();
        StringBuilder line = new StringBuilder();
        for (int c = character(); c >= 0; c = character()) {
            if (c == '\n' || c == '\r') {
                check(line);
            } else if (line.length() < PemStructure.MAX_LINE) {
                line.append((char) c);
            }
            if (line.length() == BEGIN.length() && BEGIN.contentEquals(line)) {
                check(line);
                isInside = true;
                return true;
            }
        }
        check(line);
        try {
            structure.end();
        } catch (PemException e) {
            throw new CrlException(e.problem());
        }
        return false;
    }

    /** Goes to the end of a list of which no more is wanted. */
    void skip() throws IOException {
        next = 0;
        ready = 0;
        while (isInside) {
            int c = character();
            if (c < 0) {
                throw unended();
            }
            if (c == '-') {
                end();
            }
        }
    }

    private void check(StringBuilder line) throws CrlException {
        try {
            structure.line(line.toString());
            line.setLength(0);
        } catch (PemException e) {
            throw new CrlException(e.problem());
        }
    }

    @Override
    public int read() throws IOException {
        return next < ready || decode() ? decoded[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == ready && !decode()) {
            return -1;
        }
        int read = Math.min(length, ready - next);
        System.arraycopy(decoded, next, bytes, offset, read);
        next += read;
        return read;
    }

    /** Decodes some more; false at the end of the list. */
    private boolean decode() throws IOException {
        if (!isInside) {
            return false;
        }
        int count = 0;
        while (count < CHARACTERS) {
            int c = character();
            if (c == '-') {
                end();
                break;
            }
            if (c < 0) {
                isInside = false;
                throw unended();
            }
            if (c > ' ') {
                characters[count++] = (byte) c;
            }
        }
        try {
            byte[] whole = count == CHARACTERS ? characters : Arrays.copyOf(characters, count);
            ready = Base64.getDecoder().decode(whole, decoded);
        } catch (IllegalArgumentException e) {
            throw new CrlException("PEM: malformed (expected: base64)");
        }
        next = 0;
        return ready > 0;
    }

    private static CrlException unended() {
        return new CrlException("PEM: no end (expected: -----END X509 CRL-----)");
    }

    private int character() throws IOException {
        if (at == filled) {
            at = 0;
            filled = in.readNBytes(buffer, 0, buffer.length);
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }

    private void end() throws IOException {
        isInside = false;
        for (int i = 1; i < END.length; i++) {
            if (character() != END[i]) {
                throw new CrlException("PEM: malformed end (expected: -----END X509 CRL-----)");
            }
        }
    }
}
