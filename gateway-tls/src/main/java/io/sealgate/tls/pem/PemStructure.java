package io.sealgate.tls.pem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks line by line that the blocks of a PEM file begin and end as they should (RFC 7468 §2). Parsers pass over
 * what they do not recognize, so to them a file that was cut in the middle of a boundary, or whose boundary has a
 * dash too few, is a file with fewer certificates or revocation lists. Text between blocks is allowed. Confined to
 * one thread.
 */
public final class PemStructure {

    /** Of a line as much as a boundary can need; callers need not keep more. */
    public static final int MAX_LINE = 128;

    private static final Pattern BOUNDARY = Pattern.compile("-----(BEGIN|END) ([A-Z0-9][A-Z0-9 #./-]*)-----\\s*");
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";

    private String label = "";
    private String last = "";

    /** Checks a whole file. */
    public static void check(String text) throws PemException {
        PemStructure structure = new PemStructure();
        int number = 0;
        try {
            for (String line : (Iterable<String>) text.lines()::iterator) {
                number++;
                structure.line(line);
            }
            structure.end();
        } catch (PemException e) {
            throw new PemException("line " + number + ": " + e.problem());
        }
    }

    /** Goes on to the next line, without its end; of a long one the first {@link #MAX_LINE} characters are enough. */
    public void line(String text) throws PemException {
        last = text;
        if (text.indexOf('\0') >= 0) {
            throw malformed("zero octets", "text; a system that crashed may leave them where something was");
        }
        if (!text.contains("-BEGIN ") && !text.contains("-END ")) {
            return;
        }
        Matcher boundary = BOUNDARY.matcher(text);
        if (!boundary.matches()) {
            throw malformed("boundary", "-----BEGIN …----- or -----END …-----, alone on its line");
        }
        if (boundary.group(1).equals("BEGIN")) {
            begin(boundary.group(2));
        } else {
            end(boundary.group(2));
        }
    }

    private void begin(String name) throws PemException {
        if (!label.isEmpty()) {
            throw malformed("beginning within a block", END + label + "-----");
        }
        label = name;
    }

    private void end(String name) throws PemException {
        if (!label.equals(name)) {
            throw malformed("end", label.isEmpty() ? BEGIN + "…-----" : END + label + "-----");
        }
        label = "";
    }

    /** A block that is left to somebody else was read to its end. */
    public void skipped() {
        label = "";
        last = "";
    }

    /** The file ends here. */
    public void end() throws PemException {
        if (!label.isEmpty()) {
            throw malformed("end of the file", END + label + "-----");
        }
        String cut = last.strip();
        if (!cut.isEmpty() && (BEGIN.startsWith(cut) || END.startsWith(cut))) {
            throw malformed("end of the file in a boundary", "a whole one");
        }
    }

    private static PemException malformed(String what, String expected) {
        return new PemException("PEM: " + what + " (expected: " + expected + ")");
    }
}
