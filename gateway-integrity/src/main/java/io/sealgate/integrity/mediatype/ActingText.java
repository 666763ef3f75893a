package io.sealgate.integrity.mediatype;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * Finds pages and scripts that the table of magic numbers takes for plain text. The table knows pages by a few
 * spellings at a few places; browsers know them by the first tag, in either case, behind white space of any length
 * (WHATWG MIME Sniffing §7.1).
 */
final class ActingText {

    /** The standard's list; the name of the tag must end there. */
    private static final Pattern PAGE = Pattern.compile(
            "<(?:!doctype[ \\t\\n\\f\\r]+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)"
                    + "[ \\t\\n\\f\\r/>]",
            Pattern.CASE_INSENSITIVE);

    private static final String COMMENT = "<!--";
    private static final String COMMENT_END = "-->";

    /** With the path of a program: sounds in AMR and SILK begin with the same two characters and a word. */
    private static final Pattern INTERPRETER = Pattern.compile("#![ \\t]*/");

    /** Byte order marks of UTF-8 and UTF-16, byte by byte. */
    private static final Pattern MARK = Pattern.compile("\u00ef\u00bb\u00bf|\u00fe\u00ff|\u00ff\u00fe");

    private ActingText() {}

    /** Whether a browser that sniffs would take it for a page, in UTF-8 or UTF-16. */
    static boolean isPage(byte[] beginning) {
        String text = text(beginning);
        return PAGE.matcher(text).region(start(text), text.length()).lookingAt();
    }

    /** Whether its first line names an interpreter; white space may stand before the path. */
    static boolean isScript(byte[] beginning) {
        return INTERPRETER.matcher(text(beginning)).lookingAt();
    }

    /** A character for each byte but zeros: in UTF-16 they are between the letters, and browsers ignore others. */
    private static String text(byte[] beginning) {
        String text = new String(beginning, ISO_8859_1).replace("\0", "");
        return MARK.matcher(text).lookingAt() ? MARK.matcher(text).replaceFirst("") : text;
    }

    /** Where the text begins after white space and comments; its end if a comment does not end. */
    private static int start(String text) {
        int at = afterSpace(text, 0);
        while (text.startsWith(COMMENT, at)) {
            int end = text.indexOf(COMMENT_END, at + COMMENT.length());
            at = end < 0 ? text.length() : afterSpace(text, end + COMMENT_END.length());
        }
        return at;
    }

    private static int afterSpace(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\n\f\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
