package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.server;

import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway's certificate, a client CA, and {@link MutualTls} made of them. */
final class MutualTlsFixture {

    static final Issued SERVER_ROOT = root("Server Root");
    static final Issued CLIENT_ROOT = root("Client Root");
    static final Issued SERVER = server("localhost", "*.gateway.example").signedBy(SERVER_ROOT);
    static final List<String> PROTOCOLS = List.of("h2", "http/1.1");

    private MutualTlsFixture() {}

    static ReloadingTls open(Path directory, InstantSource clock) throws TlsMaterialException {
        return open(directory, TlsConfig.Version.TLS_1_2, ClientAuthentication.REQUIRE, clock);
    }

    static ReloadingTls open(
            Path directory, TlsConfig.Version minVersion, ClientAuthentication clientAuth, InstantSource clock)
            throws TlsMaterialException {
        return open(directory, SERVER, minVersion, clientAuth, Duration.ofSeconds(10), clock);
    }

    static ReloadingTls open(
            Path directory,
            Issued server,
            TlsConfig.Version minVersion,
            ClientAuthentication clientAuth,
            Duration handshakeTimeout,
            InstantSource clock)
            throws TlsMaterialException {
        Path bundle = Issued.pem(directory.resolve("clients.pem"), CLIENT_ROOT.certificate());
        TlsConfig config = new TlsConfig(
                minVersion,
                List.of(server.write(directory, "server")),
                clientAuth,
                TrustConfig.of(bundle),
                null,
                TlsConfig.Resumption.NONE);
        return TestTls.open(config, PROTOCOLS, handshakeTimeout, clock, authority -> {});
    }

    /** The system's clock, which counts how often it is asked: once for every chain that is validated. */
    static final class CountingClock implements InstantSource {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Instant instant() {
            asked.incrementAndGet();
            return InstantSource.system().instant();
        }

        /** What was asked so far was about the listener's own certificates. */
        void beginToCount() {
            asked.set(0);
        }

        int validations() {
            return asked.get();
        }
    }
}
