package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.model.AddressBlock;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Whether load balancers in front of a listener say by a PROXY header whose connection they pass on.
 *
 * @param mode    what a trusted peer does
 * @param trusted who may say so; a header from anybody else is no header
 */
public record ProxyProtocolConfig(Mode mode, List<AddressBlock> trusted) {

    public ProxyProtocolConfig {
        mode = requireNonNullElse(mode, Mode.NONE);
        trusted = List.copyOf(requireNonNullElse(trusted, List.of()));
    }

    /** No headers. */
    public static ProxyProtocolConfig none() {
        return new ProxyProtocolConfig(Mode.NONE, List.of());
    }

    /** Whether the first bytes from {@code peer} may be a header. */
    public boolean trusts(InetAddress peer) {
        return mode != Mode.NONE && trusted.stream().anyMatch(block -> block.contains(peer));
    }

    /** Reports a mode without anybody to trust. */
    public void check(Problems problems, String path) {
        if (mode != Mode.NONE && trusted.isEmpty()) {
            problems.add(
                    path + ".trusted",
                    "trusted: [] (expected: the addresses of the load balancers, because mode is " + mode + ")");
        }
    }

    /** What trusted peers do. */
    public enum Mode {
        /** Nobody sends a header. */
        NONE,
        /** They may send one, or begin at once. */
        ACCEPT,
        /** They must send one. */
        REQUIRE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
