package io.sealgate.core.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Identifies a client whose share of something is counted. A client with a certificate is identified by its issuer's
 * key, its subject and its alternative names: after a renewal, with a new key and serial number, it is the same client;
 * with a certificate of another CA it is not, whatever that CA is called. Without a certificate, and until the
 * handshake is over, a client is an IPv4 address, also one within an IPv6 address, or an IPv6 /64. Immutable.
 */
public final class ClientKey {

    /** Whoever has one IPv6 address has the 2^64 around it as well. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private static final int IPV6_BYTES = 16;
    private static final int IPV4_BYTES = 4;

    /** Before the four bytes of an IPv4 address that is written as an IPv6 one (RFC 4291 §2.5.5.2). */
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** The same behind a translator with the well-known prefix (RFC 6052 §2.1), which has all of IPv4 in one /64. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /** Before the IPv4 address that has the whole /48 behind it (RFC 3056 §2). */
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

    /** How a client is known. */
    private enum Kind {
        CERTIFICATE,
        ADDRESS,
        SHARED_ADDRESS
    }

    private final Kind kind;
    private final String text;

    private ClientKey(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /**
     * Of a client with a certificate.
     *
     * @param issuerKey the issuer's SubjectPublicKeyInfo, DER
     * @param subject   the subject, in a form that no two subjects have in common
     * @param names     each alternative name, DER; it does not matter in which order, and how often
     */
    public static ClientKey certified(byte[] issuerKey, byte[] subject, Collection<byte[]> names) {
        SortedSet<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
        distinct.addAll(names);
        List<byte[]> values = new ArrayList<>(List.of(issuerKey, subject));
        values.addAll(distinct);
        return new ClientKey(Kind.CERTIFICATE, "certificate " + HexFormat.of().formatHex(ValuesDigest.sha256(values)));
    }

    /** Of all that one CA has issued. */
    public static ClientKey issuer(PublicKey key) {
        return certified(key.getEncoded(), new byte[0], List.of());
    }

    /**
     * Of a client of which only the address is known. Clients of a unix socket have no address of their own, so that
     * of the socket is shared.
     */
    public static ClientKey of(SocketAddress address) {
        return address instanceof InetSocketAddress socket && socket.getAddress() != null
                ? new ClientKey(Kind.ADDRESS, "address " + network(socket.getAddress()))
                : new ClientKey(Kind.SHARED_ADDRESS, "address " + address);
    }

    /** The same for an address that stands for many clients, such as that of a NAT gateway. */
    public ClientKey shared() {
        return isShared() ? this : new ClientKey(Kind.SHARED_ADDRESS, text);
    }

    /** Whether this stands for many clients that cannot be told apart, and so has no share that it could exceed. */
    public boolean isShared() {
        return kind == Kind.SHARED_ADDRESS;
    }

    /** Whether the client was identified by its certificate. */
    public boolean isCertified() {
        return kind == Kind.CERTIFICATE;
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV4_BYTES) {
            return dotted(bytes, 0);
        } else if (startsWith(bytes, IPV4_MAPPED) || startsWith(bytes, NAT64)) {
            return dotted(bytes, IPV6_BYTES - IPV4_BYTES);
        } else if (startsWith(bytes, SIX_TO_FOUR)) {
            return dotted(bytes, SIX_TO_FOUR.length);
        }
        return HexFormat.of().formatHex(bytes, 0, IPV6_PREFIX_BYTES).replaceAll("(.{4})", "$1:") + ":/64";
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static String dotted(byte[] bytes, int start) {
        return IntStream.range(start, start + IPV4_BYTES)
                .mapToObj(i -> Integer.toString(Byte.toUnsignedInt(bytes[i])))
                .collect(Collectors.joining("."));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof ClientKey key && kind == key.kind && text.equals(key.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** For logs; not to be parsed. */
    @Override
    public String toString() {
        return text;
    }
}
