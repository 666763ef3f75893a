package io.sealgate.app.config;

import java.net.SocketAddress;
import java.nio.file.Path;

/** Where a listener listens: {@code 0.0.0.0:8443} or {@code unix:/run/sealgate/app.sock}. */
public sealed interface ListenAddress permits BindAddress, UnixSocketPath {

    /** Completes {@code (expected: …)}. */
    String EXPECTED = BindAddress.EXPECTED + ", or unix:/run/sealgate/app.sock";

    /**
     * Reads either form; a relative path is relative to {@code base}.
     *
     * @throws IllegalArgumentException if the text is neither, or nothing that can be bound
     */
    static ListenAddress parse(String text, Path base) {
        return text.startsWith(UnixSocketPath.SCHEME) ? UnixSocketPath.parse(text, base) : BindAddress.parse(text);
    }

    /** What is bound. */
    SocketAddress address();

    /** Whether only this machine can reach it. */
    boolean isLocal();
}
