package io.sealgate.certs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/**
 * A subject alternative name (RFC 5280 §4.2.1.6). The records take any ASCII text, so that tests can make certificates
 * with deceptive names; {@link #parse} is for people and takes only what is well formed.
 */
public sealed interface SubjectAltName {
    static SubjectAltName dns(String name) {
        return new Dns(name);
    }

    /** An address literal; a host name is refused, never resolved. */
    static SubjectAltName ip(String literal) {
        if (!IPAddress.isValid(literal)) {
            throw new CertsException("IP address: " + literal + " (expected: an IPv4 or IPv6 literal)");
        }
        try {
            return new Ip(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            throw new CertsException("IP address: " + literal + " (expected: an IPv4 or IPv6 literal)", e);
        }
    }

    static SubjectAltName uri(String uri) {
        return new Uri(uri);
    }

    /** Tells the three kinds apart as a person writes them: {@code spiffe://…}, {@code ::1}, {@code *.example.com}. */
    static SubjectAltName parse(String text) {
        if (text.contains("://")) {
            return uri(text);
        }
        if (IPAddress.isValid(text)) {
            return ip(text);
        }
        if (!Dns.WELL_FORMED.matcher(text).matches()) {
            throw new CertsException(
                    "alternative name: " + text
                            + " (expected: a DNS name such as *.example.com, an IP address, or a URI such as spiffe://fleet/a)");
        }
        return dns(text);
    }

    /**
     * The names a gateway on a developer's machine goes by: loopback, and the COS hosts of {@code region}, because SDKs
     * that redirect only the connection still verify the bucket's own host name.
     */
    static List<SubjectAltName> forDevelopment(String region, String... more) {
        List<SubjectAltName> names = new ArrayList<>(List.of(dns("localhost"), ip("127.0.0.1"), ip("::1")));
        names.add(parse("*.cos." + region + ".myqcloud.com"));
        Stream.of(more).map(SubjectAltName::parse).forEach(names::add);
        return List.copyOf(names);
    }

    /** Encodes for a certificate. */
    GeneralName encode();

    /** A DNS name, possibly with a leading {@code *.}. */
    record Dns(String name) implements SubjectAltName {
        private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
        static final Pattern WELL_FORMED = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

        public Dns {
            requireAscii("DNS name", name);
        }

        @Override
        public GeneralName encode() {
            return new GeneralName(GeneralName.dNSName, name);
        }
    }

    /** An IPv4 or IPv6 address. */
    record Ip(InetAddress address) implements SubjectAltName {
        @Override
        public GeneralName encode() {
            return new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress()));
        }
    }

    /** A URI, for instance a SPIFFE ID. */
    record Uri(String uri) implements SubjectAltName {
        public Uri {
            requireAscii("URI", uri);
        }

        @Override
        public GeneralName encode() {
            return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
        }
    }

    private static void requireAscii(String what, String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c > 0x7F)) {
            throw new CertsException(what + ": " + text + " (expected: ASCII, not empty)");
        }
    }
}
