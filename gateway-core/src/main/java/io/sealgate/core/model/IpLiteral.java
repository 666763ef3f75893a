package io.sealgate.core.model;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses as text. Never asks DNS, and takes no zone, no brackets, and no leading zeros in IPv4, which some read as octal. */
public final class IpLiteral {

    private static final String DOTTED = "(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}";
    private static final Pattern IPV4 = Pattern.compile(DOTTED);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:(?:[0-9a-fA-F]*|" + DOTTED + ")");

    private IpLiteral() {}

    /**
     * The address, or empty if the text is none. An IPv4-mapped address ({@code ::ffff:192.0.2.1}) is the IPv4 address;
     * an IPv4-compatible one ({@code ::192.0.2.1}, RFC 4291 §2.5.5.1) is not.
     */
    public static Optional<InetAddress> parse(String text) {
        if (IPV4.matcher(text).matches()) {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
            return bytes == null ? Optional.empty() : Optional.of(of(bytes));
        }
        if (!IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        // with true, Netty would make a mapped address of a compatible one
        Inet6Address address = NetUtil.getByName(text, false);
        return address == null ? Optional.empty() : Optional.of(of(address.getAddress()));
    }

    /** The address of four or sixteen bytes, with the same care for IPv4 in IPv6 clothes. */
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + bytes.length + " bytes (expected: 4 or 16)", e);
        }
    }
}
