package io.sealgate.tls.fetch;

import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.IpLiteral;
import io.sealgate.core.spi.RevocationListener.Outcome;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that may be dialled: public ones, and those that the configuration names. A name leads wherever whoever answers for it
 * wants, so that without this a certificate could have the gateway talk to its own machine, its neighbours, or the metadata service of its cloud.
 * Immutable.
 */
final class AllowedAddresses {

    /** Of RFC 6890 and IANA's registry, all that is not globally reachable. */
    private static final List<AddressBlock> SPECIAL_IPV4 = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8",
            "100.64.0.0/10", // between carriers
            "127.0.0.0/8",
            "169.254.0.0/16", // link-local
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** The only global unicast addresses there are so far. */
    private static final AddressBlock GLOBAL_IPV6 = AddressBlock.parse("2000::/3");

    private static final List<AddressBlock> SPECIAL_IPV6 = blocks(
            "2001::/23", // protocols, Teredo among them
            "2001:db8::/32",
            "3fff::/20");

    /** RFC 6052 and RFC 3056: IPv6 addresses that lead to the IPv4 address within them. */
    private static final AddressBlock NAT64 = AddressBlock.parse("64:ff9b::/96");

    private static final AddressBlock SIX_TO_FOUR = AddressBlock.parse("2002::/16");

    /** Where clouds hand out credentials: AWS and most others, Tencent Cloud (metadata.tencentyun.com), Alibaba Cloud, AWS on IPv6. */
    private static final List<AddressBlock> METADATA =
            blocks("169.254.169.254/32", "169.254.0.23/32", "100.100.100.200/32", "fd00:ec2::254/128");

    private final List<AddressBlock> allowed;

    AllowedAddresses(List<AddressBlock> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Refuses an address that is not to be dialled. */
    void check(InetAddress address) throws FetchException {
        if (!permits(address)) {
            throw new FetchException(
                    Outcome.REFUSED_ADDRESS,
                    "address: " + address.getHostAddress()
                            + " (expected: a public one, or one of fetch.allowed-addresses)");
        }
    }

    boolean permits(InetAddress address) {
        // A block that happens to contain it is not meant for it.
        boolean isMetadata = METADATA.stream().anyMatch(block -> block.contains(address));
        return allowed.stream()
                        .filter(block -> !isMetadata || isSingle(block))
                        .anyMatch(block -> block.contains(address))
                || isPublic(address);
    }

    private static boolean isSingle(AddressBlock block) {
        return block.prefix() == block.network().getAddress().length * Byte.SIZE;
    }

    private boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(block -> block.contains(address));
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return permits(IpLiteral.of(Arrays.copyOfRange(bytes, 12, 16)));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return permits(IpLiteral.of(Arrays.copyOfRange(bytes, 2, 6)));
        }
        return GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(address));
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts).map(AddressBlock::parse).toList();
    }
}
