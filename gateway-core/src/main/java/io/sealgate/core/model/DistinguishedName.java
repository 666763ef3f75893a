package io.sealgate.core.model;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.naming.NamingException;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A distinguished name as text: RFC 2253, the same in policies, logs, metrics and headers. Two names that differ in
 * their characters never have one text, for what is no certain text stands as its encoding ({@code
 * CN=#1404646576e9}, RFC 2253 §2.4): octets of a TeletexString beyond ASCII have meant different characters to
 * different issuers, and the JDK writes one replacement character for all of them. What cannot be seen stands as the
 * octets of its UTF-8. Immutable.
 */
public final class DistinguishedName {

    private static final String COMMON_NAME = "CN";

    /** The keyword of each type that has one (RFC 2253 §2.3), by the content of its OID's encoding. */
    private static final Map<ByteBuffer, String> KEYWORDS = Map.of(
            oid("550403"), COMMON_NAME,
            oid("550407"), "L",
            oid("550408"), "ST",
            oid("55040a"), "O",
            oid("55040b"), "OU",
            oid("550406"), "C",
            oid("550409"), "STREET",
            oid("0992268993f22c640119"), "DC",
            oid("0992268993f22c640101"), "UID");

    private static final String ESCAPED = ",=+<>#;\"\\";

    /** As they are encoded, the most significant first. */
    private final List<List<Attribute>> names;

    /**
     * One attribute of a name.
     *
     * @param type    keyword, or the OID of a type that has none
     * @param text    the value; {@code null} if it is no certain text
     * @param written type and value as {@link DistinguishedName#toString()} writes them
     */
    private record Attribute(String type, @Nullable String text, String written) {}

    private DistinguishedName(List<List<Attribute>> names) {
        this.names = names;
    }

    /** The name of {@code principal}. */
    public static DistinguishedName of(X500Principal principal) {
        List<List<Attribute>> names = new ArrayList<>();
        ByteBuffer sequence = content(ByteBuffer.wrap(principal.getEncoded()));
        while (sequence.hasRemaining()) {
            ByteBuffer set = content(sequence);
            List<Attribute> attributes = new ArrayList<>();
            while (set.hasRemaining()) {
                attributes.add(attribute(content(set)));
            }
            names.add(attributes);
        }
        return new DistinguishedName(names);
    }

    /**
     * Reads a name as {@link #toString()} and RFC 2253 write it.
     *
     * @throws IllegalArgumentException if {@code text} is none
     */
    public static DistinguishedName parse(String text) {
        try {
            DistinguishedName parsed = of(WrittenName.read(text));
            if (parsed.toString().indexOf('\uFFFD') >= 0 && text.indexOf('\uFFFD') < 0) {
                throw new IllegalArgumentException("name: " + text + " (expected: escaped octets that are UTF-8)");
            }
            return parsed;
        } catch (NamingException e) {
            throw new IllegalArgumentException("name: " + text + " (expected: RFC 2253)", e);
        }
    }

    private static Attribute attribute(ByteBuffer in) {
        ByteBuffer oid = content(in);
        ByteBuffer der = in.duplicate();
        String text = text(in.get(in.position()), content(in));
        String keyword = KEYWORDS.get(oid);
        String type = keyword == null ? dotted(oid) : keyword;
        String value = keyword != null && text != null
                ? escape(text)
                : '#' + HexFormat.of().formatHex(text == null ? octets(der) : encoded(text));
        return new Attribute(type, text, type + '=' + value);
    }

    /**
     * The encoding that stands for {@code text}, whichever kind of string it was: of PrintableString, IA5String and
     * UTF8String the first that has all of its characters (X.680 §41.4).
     */
    private static byte[] encoded(String text) {
        boolean isPrintable = text.chars().allMatch(DistinguishedName::isPrintable);
        boolean isAscii = text.chars().allMatch(c -> c < 0x80);
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer der = ByteBuffer.allocate(2 + Integer.BYTES + octets.length);
        der.put((byte) (isPrintable ? 0x13 : isAscii ? 0x16 : 0x0C));
        putLength(octets.length, der);
        return octets(der.put(octets).flip());
    }

    private static void putLength(int length, ByteBuffer out) {
        if (length < 0x80) {
            out.put((byte) length);
            return;
        }
        int octets = Integer.BYTES - Integer.numberOfLeadingZeros(length) / Byte.SIZE;
        out.put((byte) (0x80 | octets));
        for (int i = octets - 1; i >= 0; i--) {
            out.put((byte) (length >> (i * Byte.SIZE)));
        }
    }

    private static boolean isPrintable(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || " '()+,-./:=?".indexOf(c) >= 0;
    }

    /**
     * The content of the next element; {@code in} stands behind it afterwards. The JDK has read the name already: it
     * is whole, and its lengths are definite.
     */
    private static ByteBuffer content(ByteBuffer in) {
        in.get();
        int length = in.get() & 0xFF;
        if (length >= 0x80) {
            int octets = length & 0x7F;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (in.get() & 0xFF);
            }
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    private static ByteBuffer oid(String octets) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(octets));
    }

    /** The numbers of an OID (X.690 §8.19). */
    private static String dotted(ByteBuffer in) {
        List<BigInteger> arcs = new ArrayList<>();
        BigInteger arc = BigInteger.ZERO;
        while (in.hasRemaining()) {
            int octet = in.get();
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7F));
            if (octet >= 0) {
                arcs.add(arc);
                arc = BigInteger.ZERO;
            }
        }
        int first = arcs.get(0).min(BigInteger.valueOf(80)).intValue() / 40;
        arcs.set(0, arcs.get(0).subtract(BigInteger.valueOf(first * 40L)));
        return first + "." + arcs.stream().map(BigInteger::toString).collect(Collectors.joining("."));
    }

    /** By the tags of the string types; the JDK takes the same for text. */
    private static @Nullable String text(int tag, ByteBuffer value) {
        return switch (tag) {
            case 0x0C -> decode(value, StandardCharsets.UTF_8);
            case 0x13, 0x14, 0x16, 0x1B -> decode(value, StandardCharsets.US_ASCII);
            case 0x1C -> universal(value);
            case 0x1E -> decode(value, StandardCharsets.UTF_16BE);
            default -> null;
        };
    }

    private static @Nullable String decode(ByteBuffer value, Charset charset) {
        try {
            String text = charset.newDecoder().decode(value).toString();
            return isWellFormed(text) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Without unpaired surrogates. */
    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isSurrogate(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The JDK's decoder passes over a byte order mark, and takes two surrogates for one character. */
    private static @Nullable String universal(ByteBuffer value) {
        StringBuilder text = new StringBuilder(value.remaining() / Integer.BYTES);
        while (value.remaining() >= Integer.BYTES) {
            int codePoint = value.getInt();
            if (!Character.isValidCodePoint(codePoint) || isSurrogate(codePoint)) {
                return null;
            }
            text.appendCodePoint(codePoint);
        }
        return value.hasRemaining() ? null : text.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    private static byte[] octets(ByteBuffer in) {
        byte[] octets = new byte[in.remaining()];
        in.get(octets);
        return octets;
    }

    /** RFC 2253 §2.4, and RFC 4514 §2.4 for what is not to be seen. */
    private static String escape(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && text.charAt(begin) == ' ') {
            begin++;
        }
        while (end > begin && text.charAt(end - 1) == ' ') {
            end--;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!VisibleText.isVisible(c)) {
                for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append('\\').append(HexFormat.of().withUpperCase().toHexDigits(octet));
                }
            } else {
                // readers take a space before an escape for the end of the value, too
                boolean isOuter =
                        i < begin || i >= end || (c == ' ' && !VisibleText.isVisible(text.codePointAt(i + 1)));
                out.append(isOuter || ESCAPED.indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /**
     * The common name, if it is the only one and can be seen whole; {@code null} otherwise. Of several, whether in
     * one relative name or in two, nobody knows which is meant.
     */
    public @Nullable String commonName() {
        Attribute only = null;
        for (List<Attribute> attributes : names) {
            for (Attribute attribute : attributes) {
                if (attribute.type().equals(COMMON_NAME)) {
                    if (only != null) {
                        return null;
                    }
                    only = attribute;
                }
            }
        }
        String name = only == null ? null : only.text();
        return name == null || name.isEmpty() || !VisibleText.isVisible(name) ? null : name;
    }

    /** The name, the least significant part first. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int i = names.size() - 1; i >= 0; i--) {
            out.append(',');
            append(names.get(i), out);
        }
        return out.isEmpty() ? "" : out.substring(1);
    }

    /**
     * A relative name: its attributes by their text, for DER sorts them by how each happens to be encoded. An empty
     * set, which the JDK takes for a relative name, is not the same as no name.
     */
    private static void append(List<Attribute> attributes, StringBuilder out) {
        if (attributes.isEmpty()) {
            out.append("#3100");
        } else if (attributes.size() == 1) {
            out.append(attributes.get(0).written());
        } else {
            out.append(attributes.stream().map(Attribute::written).sorted().collect(Collectors.joining("+")));
        }
    }
}
