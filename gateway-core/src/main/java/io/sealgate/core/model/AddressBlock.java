package io.sealgate.core.model;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, written {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC 4632 §3.1, RFC 4291 §2.3). It matches
 * addresses of its own family only; {@code ::ffff:10.0.0.0/104} is {@code 10.0.0.0/8}.
 *
 * @param network the first address
 * @param prefix  how many leading bits all addresses of the block share
 */
public record AddressBlock(InetAddress network, int prefix) {

    /** Completes {@code (expected: …)}. */
    public static final String EXPECTED = "a block such as 10.0.0.0/8 or 2001:db8::/32";

    private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F:.]{2,45})/(0|[1-9]\\d{0,2})");

    public AddressBlock {
        int bits = bits(network);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0 to " + bits + ")");
        }
        if (!cut(network, prefix).equals(network)) {
            throw new IllegalArgumentException("block: " + text(network, prefix) + " (expected: "
                    + text(cut(network, prefix), prefix) + ", no bits behind the prefix)");
        }
    }

    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException if the text is none, or has bits set behind the prefix, which is seldom what its writer meant
     */
    public static AddressBlock parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("block: " + text + " (expected: " + EXPECTED + ")");
        }
        InetAddress network = IpLiteral.parse(matcher.group(1))
                .orElseThrow(() -> new IllegalArgumentException("block: " + text + " (expected: " + EXPECTED + ")"));
        int prefix = IpLiteral.prefix(matcher.group(1), network, Integer.parseInt(matcher.group(2)));
        if (prefix < 0) {
            throw new IllegalArgumentException(
                    "block: " + text + " (expected: 96 to 128 bits of an IPv4-mapped address, or the IPv4 block)");
        }
        return new AddressBlock(network, prefix);
    }

    /** Whether {@code address} is one of the block's. */
    public boolean contains(InetAddress address) {
        return bits(address) == bits(network) && cut(address, prefix).equals(network);
    }

    /** Whether the block is every address of its family. */
    public boolean isEverybody() {
        return prefix == 0;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    /** The address with nothing behind the first {@code prefix} bits. */
    private static InetAddress cut(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, prefix - i * Byte.SIZE));
            bytes[i] &= (byte) (0xFF << (Byte.SIZE - kept));
        }
        return IpLiteral.of(bytes);
    }

    private static String text(InetAddress network, int prefix) {
        return NetUtil.toAddressString(network) + '/' + prefix;
    }

    @Override
    public String toString() {
        return text(network, prefix);
    }
}
