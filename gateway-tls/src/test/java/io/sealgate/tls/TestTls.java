package io.sealgate.tls;

import io.sealgate.core.spi.ReloadListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** A listener's TLS for tests in which no file changes. */
final class TestTls {

    private static final ReloadListener UNHEARD = new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {}

        @Override
        public void reloadFailed(Material what, String owner, String problem) {}
    };

    private TestTls() {}

    static ReloadingTls open(
            TlsConfig config,
            List<String> protocols,
            Duration handshakeTimeout,
            InstantSource clock,
            Consumer<String> staleAccepted)
            throws TlsMaterialException {
        ReloadingTls tls = ReloadingTls.open(
                "edge", config, protocols, handshakeTimeout, clock, UNHEARD, null, null, staleAccepted);
        if (clock instanceof MutualTlsFixture.CountingClock counting) {
            counting.beginToCount();
        }
        return tls;
    }

    static ReloadingTls open(TlsConfig config, List<String> protocols, Duration handshakeTimeout, InstantSource clock)
            throws TlsMaterialException {
        return open(config, protocols, handshakeTimeout, clock, authority -> {});
    }

    static ReloadingUpstreamTls upstream(UpstreamTlsConfig config) throws TlsMaterialException {
        return ReloadingUpstreamTls.open("origin", config, UNHEARD);
    }
}
