package io.sealgate.integrity.mediatype;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Takes the document type out of XML. The root element tells what a document is, and a parser that is not asked for entities has nothing to
 * resolve, nor to complain of.
 */
final class XmlProlog {

    private static final String XML = "<?xml";
    private static final String DOCTYPE = "<!DOCTYPE";
    private static final byte BLANK = ' ';

    private XmlProlog() {}

    /** The same bytes with blanks in place of the document type, and without what follows one that does not end; HTML stays as it is. */
    static byte[] withoutDocumentType(byte[] beginning) {
        String text = new String(beginning, ISO_8859_1);
        int start = text.indexOf(DOCTYPE);
        if (start < 0 || text.lastIndexOf(XML, start) < 0) {
            return beginning;
        }
        int end = end(text, start);
        if (end < 0) {
            return Arrays.copyOf(beginning, start);
        }
        byte[] blanked = beginning.clone();
        Arrays.fill(blanked, start, end, BLANK);
        return blanked;
    }

    /** Behind the bracket that ends it, which is none of its internal subset's. */
    private static int end(String text, int start) {
        int bracket = text.indexOf('>', start);
        int subset = text.indexOf('[', start);
        if (subset >= 0 && subset < bracket) {
            int closing = text.indexOf(']', subset);
            bracket = closing < 0 ? -1 : text.indexOf('>', closing);
        }
        return bracket < 0 ? -1 : bracket + 1;
    }
}
