package io.sealgate.core.cam;

import io.sealgate.core.model.IpLiteral;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address or a block of them. Unlike elsewhere, bits behind the prefix may be set: Tencent's documents write
 * {@code 10.217.182.3/24} and mean the block around it.
 *
 * @param address any address of the block
 * @param prefix  how many leading bits all addresses of the block share
 */
record Network(InetAddress address, int prefix) {

    static final String EXPECTED = "an address or a block such as 10.0.0.0/8 or 2001:db8::/32";

    private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F:.]{2,45})(?:/(0|[1-9][0-9]{0,2}))?");

    /**
     * Reads an address or a block.
     *
     * @throws IllegalArgumentException with a complete message if the text is neither
     */
    static Network parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            InetAddress address = IpLiteral.parse(matcher.group(1)).orElse(null);
            if (address != null) {
                int bits = address.getAddress().length * Byte.SIZE;
                int prefix = matcher.group(2) == null
                        ? bits
                        : IpLiteral.prefix(matcher.group(1), address, Integer.parseInt(matcher.group(2)));
                if (prefix >= 0 && prefix <= bits) {
                    return new Network(address, prefix);
                }
            }
        }
        throw new IllegalArgumentException("address: " + text + " (expected: " + EXPECTED + ")");
    }

    /** Whether it contains {@code text}, which is unsure if that is no address. */
    Truth contains(String text) {
        byte[] theirs = IpLiteral.parse(text).map(InetAddress::getAddress).orElse(null);
        if (theirs == null) {
            return Truth.UNSURE;
        }
        byte[] ours = address.getAddress();
        return Truth.of(ours.length == theirs.length && shareBits(ours, theirs));
    }

    private boolean shareBits(byte[] ours, byte[] theirs) {
        int whole = prefix / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0;
    }
}
