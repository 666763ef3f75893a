package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.ByteSize;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What one listener grants its clients. Parameters may be absent ({@code null}) in configuration; the components never are.
 *
 * @param connections       open connections at the same time
 * @param handshakeTimeout  from accept to the end of the TLS handshake
 * @param headerTimeout     from the first byte of a head, or from the handshake, to its end
 * @param idleTimeout       without any byte either way: between requests, and on a stalled body
 * @param headerSize        request line and headers together
 * @param headerCount       header fields in one head
 * @param http2Streams      concurrent streams of one HTTP/2 connection
 * @param http2StreamWindow flow-control window of one stream: also the bound of what one upload can have in memory
 * @param http2ConnectionWindow flow-control window of a connection; large enough that a stalled upload does not starve the others
 * @param drainSize         how much of a refused upload is read and thrown away so that the client sees the answer
 * @param drainTimeout      how long that goes on
 * @param sharedAddresses   addresses that stand for many clients each: no client's share is counted by them
 */
public record LimitsConfig(
        Integer connections,
        Duration handshakeTimeout,
        Duration headerTimeout,
        Duration idleTimeout,
        ByteSize headerSize,
        Integer headerCount,
        Integer http2Streams,
        ByteSize http2StreamWindow,
        ByteSize http2ConnectionWindow,
        ByteSize drainSize,
        Duration drainTimeout,
        List<AddressBlock> sharedAddresses) {

    /** What a field costs beside its text. */
    public static final int FIELD_OVERHEAD = 32;

    public LimitsConfig {
        connections = requireNonNullElse(connections, 10_000);
        handshakeTimeout = requireNonNullElse(handshakeTimeout, Duration.ofSeconds(10));
        headerTimeout = requireNonNullElse(headerTimeout, Duration.ofSeconds(10));
        idleTimeout = requireNonNullElse(idleTimeout, Duration.ofSeconds(60));
        headerSize = requireNonNullElse(headerSize, ByteSize.ofKiB(32));
        headerCount = requireNonNullElse(headerCount, 128);
        http2Streams = requireNonNullElse(http2Streams, 100);
        http2StreamWindow = requireNonNullElse(http2StreamWindow, ByteSize.ofKiB(256));
        http2ConnectionWindow = requireNonNullElse(http2ConnectionWindow, ByteSize.ofMiB(32));
        drainSize = requireNonNullElse(drainSize, ByteSize.ofMiB(256));
        drainTimeout = requireNonNullElse(drainTimeout, Duration.ofSeconds(30));
        sharedAddresses = List.copyOf(requireNonNullElse(sharedAddresses, List.of()));
    }

    /** The defaults. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static LimitsConfig defaults() {
        return new LimitsConfig(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same with so many connections. */
    public LimitsConfig withConnections(int newConnections) {
        return new LimitsConfig(
                newConnections,
                handshakeTimeout,
                headerTimeout,
                idleTimeout,
                headerSize,
                headerCount,
                http2Streams,
                http2StreamWindow,
                http2ConnectionWindow,
                drainSize,
                drainTimeout,
                sharedAddresses);
    }

    /** What a head may come to, counted as RFC 9113 §6.5.2 has it: what a field costs beside its text keeps empty ones from being free. */
    public long headerListSize() {
        return headerSize.bytes() + (long) FIELD_OVERHEAD * headerCount;
    }

    /** Whether {@code address} stands for many clients. */
    public boolean isSharedAddress(SocketAddress address) {
        return !sharedAddresses.isEmpty()
                && address instanceof InetSocketAddress socket
                && sharedAddresses.stream().anyMatch(block -> block.contains(socket.getAddress()));
    }

    /** Reports limits that cannot work, alone or together. */
    public void check(Problems problems, String path) {
        Checks.positive(problems, path + ".connections", connections);
        Checks.positive(problems, path + ".handshake-timeout", handshakeTimeout);
        Checks.positive(problems, path + ".header-timeout", headerTimeout);
        Checks.positive(problems, path + ".idle-timeout", idleTimeout);
        Checks.positive(problems, path + ".drain-timeout", drainTimeout);
        Checks.positive(problems, path + ".header-count", headerCount);
        Checks.positive(problems, path + ".http2-streams", http2Streams);
        Checks.between(problems, path + ".header-size", headerSize, ByteSize.ofKiB(1), ByteSize.ofMiB(1));
        Checks.between(
                problems, path + ".http2-stream-window", http2StreamWindow, ByteSize.ofKiB(64), ByteSize.ofMiB(16));
        Checks.between(
                problems,
                path + ".http2-connection-window",
                http2ConnectionWindow,
                ByteSize.ofKiB(64),
                new ByteSize(Integer.MAX_VALUE));
        long needed = (long) http2Streams * http2StreamWindow.bytes();
        if (http2ConnectionWindow.bytes() < needed) {
            problems.add(
                    path + ".http2-connection-window",
                    "window: " + http2ConnectionWindow + " (expected: at least http2-streams × http2-stream-window = "
                            + new ByteSize(needed) + ", or one stalled upload starves the others)");
        }
    }
}
