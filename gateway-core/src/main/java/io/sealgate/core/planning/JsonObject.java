package io.sealgate.core.planning;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises one JSON object (RFC 8259) in UTF-8 and nothing beside it. As with XML, what two parsers can disagree about is refused: a byte
 * order mark, a name that is given twice, an escape that is half a character, anything that the grammar does not have. Confined to one call.
 */
final class JsonObject {

    private static final int MAX_DEPTH = 16;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int at;

    private JsonObject(String text) {
        this.text = text;
    }

    /** Thrown where the grammar is left; says nothing, for the document is nobody else's. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed() {
            super("malformed", null, false, false);
        }
    }

    static boolean isOne(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonObject json = new JsonObject(text);
            json.space();
            json.object(1);
            json.space();
            return json.at == text.length();
        } catch (CharacterCodingException | Malformed e) {
            return false;
        }
    }

    private void value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Malformed();
        }
        switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void object(int depth) {
        Set<String> names = new HashSet<>();
        expect('{');
        space();
        if (skip('}')) {
            return;
        }
        do {
            space();
            if (!names.add(string())) {
                throw new Malformed();
            }
            space();
            expect(':');
            space();
            value(depth + 1);
            space();
        } while (skip(','));
        expect('}');
    }

    private void array(int depth) {
        expect('[');
        space();
        if (skip(']')) {
            return;
        }
        do {
            space();
            value(depth + 1);
            space();
        } while (skip(','));
        expect(']');
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        expect('"');
        while (!skip('"')) {
            char c = next();
            if (c < ' ') {
                throw new Malformed();
            }
            string.append(c == '\\' ? escaped() : c);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
            throw new Malformed(); // half of a surrogate pair
        }
        return string.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw new Malformed();
        };
    }

    private int hex() {
        char c = next();
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw new Malformed();
        }
        return digit;
    }

    private void number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (!NUMBER.matcher(text.substring(start, at)).matches()) {
            throw new Malformed();
        }
    }

    private void word(String word) {
        if (!text.startsWith(word, at)) {
            throw new Malformed();
        }
        at += word.length();
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(char c) {
        boolean isThere = at < text.length() && text.charAt(at) == c;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw new Malformed();
        }
    }

    private char peek() {
        if (at == text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }
}
