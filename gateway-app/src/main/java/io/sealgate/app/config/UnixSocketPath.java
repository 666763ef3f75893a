package io.sealgate.app.config;

import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A unix socket to listen on: {@code unix:/run/sealgate/app.sock}.
 *
 * @param address its absolute path
 */
public record UnixSocketPath(UnixDomainSocketAddress address) implements ListenAddress {

    static final String SCHEME = "unix:";

    /** What fits into {@code sun_path} with its final NUL (unix(7)). */
    private static final int MAX_BYTES = 107;

    /** Reads {@code unix:PATH}. */
    static UnixSocketPath parse(String text, Path base) {
        Path path;
        try {
            path = base.resolve(text.substring(SCHEME.length()))
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("socket: " + text + " (expected: unix:/run/sealgate/app.sock)", e);
        }
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "socket: " + path + " is " + bytes + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        if (text.endsWith("/") || text.equals(SCHEME)) {
            throw new IllegalArgumentException("socket: " + text + " (expected: unix:/run/sealgate/app.sock)");
        }
        return new UnixSocketPath(UnixDomainSocketAddress.of(path));
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public String toString() {
        return SCHEME + address;
    }
}
