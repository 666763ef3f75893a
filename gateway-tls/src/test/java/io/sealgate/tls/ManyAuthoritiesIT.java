package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bundle may have more CAs than their names have room for in a handshake: the JDK takes 32 KiB, the protocol 64. */
class ManyAuthoritiesIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"100, TLSv1.2", "100, TLSv1.3", "350, TLSv1.2", "350, TLSv1.3", "900, TLSv1.2", "900, TLSv1.3"})
    void clientOfOneOfManyCasIsIdentified(int count, String protocol) throws Exception {
        List<Issued> authorities = TenantAuthorities.of(count);
        Path bundle = Issued.pem(
                directory.resolve("clients.pem"),
                authorities.stream().map(Issued::certificate).toArray());
        TlsConfig config = new TlsConfig(
                Version.TLS_1_2,
                List.of(MutualTlsFixture.SERVER.write(directory, "server")),
                ClientAuthentication.REQUIRE,
                TrustConfig.of(bundle),
                null,
                null);
        Issued device = client("device").signedBy(authorities.get(count - 1));
        try (ReloadingTls tls = TestTls.open(
                        config, MutualTlsFixture.PROTOCOLS, Duration.ofSeconds(10), InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, device).echo(server.port(), protocol);
            assertThat(server.outcome()).isEqualTo("identified");
        }
    }
}
