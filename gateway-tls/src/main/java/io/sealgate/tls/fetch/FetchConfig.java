package io.sealgate.tls.fetch;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.ByteSize;
import java.time.Duration;
import java.util.List;

/**
 * What may be fetched from where. Parameters may be absent ({@code null}) in configuration; the components never are.
 *
 * @param allowedHosts     names or addresses that URLs in certificates may lead to, with a port unless it is the scheme's
 * @param allowedAddresses addresses that are dialled although they are no public ones
 * @param timeout          for the whole of a fetch, from looking up the name to the last byte
 * @param interval         how often what is good is fetched again, at the latest
 * @param maxSize          of what is fetched
 */
public record FetchConfig(
        List<String> allowedHosts,
        List<AddressBlock> allowedAddresses,
        Duration timeout,
        Duration interval,
        ByteSize maxSize) {

    private static final ByteSize LARGEST = ByteSize.ofMiB(256);

    public FetchConfig {
        allowedHosts = List.copyOf(requireNonNullElse(allowedHosts, List.of()));
        allowedAddresses = List.copyOf(requireNonNullElse(allowedAddresses, List.of()));
        timeout = requireNonNullElse(timeout, Duration.ofSeconds(5));
        interval = requireNonNullElse(interval, Duration.ofHours(1));
        maxSize = requireNonNullElse(maxSize, ByteSize.ofMiB(16));
    }

    /** Nothing but public addresses, and no host that is not configured elsewhere. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static FetchConfig defaults() {
        return new FetchConfig(null, null, null, null, null);
    }

    /** Reports what cannot be meant. */
    public void check(Problems problems, Problems warnings, String path) {
        for (int i = 0; i < allowedHosts.size(); i++) {
            if (!AllowedHosts.isReadable(allowedHosts.get(i))) {
                problems.add(
                        path + ".allowed-hosts[" + i + "]",
                        "host: " + allowedHosts.get(i) + " (expected: " + AllowedHosts.EXPECTED + ")");
            }
        }
        for (int i = 0; i < allowedAddresses.size(); i++) {
            if (allowedAddresses.get(i).isEverybody()) {
                warnings.add(
                        path + ".allowed-addresses[" + i + "]",
                        "block: " + allowedAddresses.get(i)
                                + " (whoever answers for an allowed name can have the gateway connect to its own network)");
            }
        }
        between(problems, path + ".timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(5));
        between(problems, path + ".interval", interval, Duration.ofMillis(10), Duration.ofDays(7));
        if (maxSize.bytes() < 1 || maxSize.compareTo(LARGEST) > 0) {
            problems.add(path + ".max-size", "size: " + maxSize + " (expected: 1 to " + LARGEST + ")");
        }
    }

    private static void between(Problems problems, String path, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(
                    path,
                    "duration: " + value.toMillis() + "ms (expected: " + least.toMillis() + "ms to " + most.toMillis()
                            + "ms)");
        }
    }
}
