package io.sealgate.core.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Reads distinguished names as text (RFC 2253, RFC 4514). The JDK's own readers lose parts of some of them; this works
 * around that.
 */
final class WrittenName {

    private static final HexFormat OCTETS = HexFormat.of().withPrefix("\\");

    private WrittenName() {}

    /**
     * The name that {@code text} means.
     *
     * @throws NamingException          if it is none
     * @throws IllegalArgumentException likewise
     */
    static X500Principal read(String text) throws NamingException {
        List<Rdn> names = new ArrayList<>(new LdapName(withPlainBlanks(text)).getRdns());
        Collections.reverse(names);
        StringJoiner escaped = new StringJoiner(",");
        for (Rdn name : names) {
            escaped.add(escaped(name));
        }
        return new X500Principal(escaped.toString());
    }

    /** Spaces as {@code "\ "}: {@code LdapName} drops the last one of a value if it is written {@code \20}. */
    private static String withPlainBlanks(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(text.charAt(i));
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                boolean isSpace = text.startsWith("20", i + 1);
                boolean isReturn = text.regionMatches(true, i + 1, "0D", 0, 2);
                out.append(isSpace ? ' ' : isReturn ? '\r' : text.charAt(i + 1));
                i += isSpace || isReturn ? 2 : 1;
            }
        }
        return out.toString();
    }

    /**
     * A relative name with every octet of its values escaped. {@code X500Principal} counts all backslashes before a
     * comma, not those next to it: it takes {@code CN=a\#\\,O=b} for {@code CN=a\#\\} and nothing else. Of an attribute
     * that is there twice {@code LdapName} drops one, which would be another name.
     */
    private static String escaped(Rdn name) throws NamingException {
        StringJoiner attributes = new StringJoiner("+");
        int values = 0;
        for (var attribute : Collections.list(name.toAttributes().getAll())) {
            for (Object value : Collections.list(attribute.getAll())) {
                values++;
                attributes.add(attribute.getID()
                        + '='
                        + (value instanceof byte[] der
                                ? '#' + HexFormat.of().formatHex(der)
                                : OCTETS.formatHex(value.toString().getBytes(StandardCharsets.UTF_8))));
            }
        }
        if (values < name.size()) {
            throw new IllegalArgumentException("name: " + name + " (expected: each attribute once)");
        }
        return attributes.toString();
    }
}
