package io.sealgate.core.model;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses as text. Never asks DNS, and takes no zone, no brackets, and no leading zeros in IPv4, which some read as octal. */
public final class IpLiteral {

    private static final String DOTTED = "(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}";
    private static final Pattern IPV4 = Pattern.compile(DOTTED);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:(?:[0-9a-fA-F]*|" + DOTTED + ")");

    private static final int MAPPED_BITS = 96;

    private IpLiteral() {}

    /**
     * The address, or empty if the text is none. An IPv4-mapped address ({@code ::ffff:192.0.2.1}) is the IPv4 address;
     * an IPv4-compatible one ({@code ::192.0.2.1}, RFC 4291 §2.5.5.1) is not.
     */
    public static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        // Netty takes an IPv4-compatible address that is written with dots for a mapped one
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutDots(text));
        return bytes == null ? Optional.empty() : Optional.of(of(bytes));
    }

    /** The IPv4 address at the end of an IPv6 address as the two groups that it is (RFC 4291 §2.2). */
    private static String withoutDots(String text) {
        int end = text.lastIndexOf(':') + 1;
        byte[] tail = end > 0 ? NetUtil.createByteArrayFromIpAddressString(text.substring(end)) : null;
        return tail == null || tail.length != 4
                ? text
                : text.substring(0, end)
                        + HexFormat.of().formatHex(tail, 0, 2)
                        + ':'
                        + HexFormat.of().formatHex(tail, 2, 4);
    }

    /**
     * How many leading bits of {@code address} a prefix that was written behind it as {@code text} covers: in an
     * IPv4-mapped address 96 bits stand before those of IPv4. Negative if it covers less than these.
     */
    public static int prefix(String text, InetAddress address, int written) {
        boolean isMapped = address instanceof Inet4Address && text.indexOf(':') >= 0;
        return isMapped ? written - MAPPED_BITS : written;
    }

    /** The address of four or sixteen bytes, an IPv4-mapped one as the IPv4 address. */
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + bytes.length + " bytes (expected: 4 or 16)", e);
        }
    }
}
