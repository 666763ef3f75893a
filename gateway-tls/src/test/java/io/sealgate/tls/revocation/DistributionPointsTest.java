package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.fetch.AllowedHosts;
import io.sealgate.tls.fetch.Door;
import io.sealgate.tls.fetch.FetchConfig;
import io.sealgate.tls.fetch.FetchThreads;
import io.sealgate.tls.fetch.NameResolver;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DistributionPointsTest {

    private static final String QUIET = "quiet.example.com";
    private static final String BUSY = "busy.example.com";

    private final FetchThreads threads = new FetchThreads();
    private final AtomicInteger quietLookups = new AtomicInteger();
    private final DistributionPoints points = new DistributionPoints(fetching());

    @AfterEach
    void stop() {
        points.close();
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "quiet"})
    void anIssuerThatGivesEachCertificateItsOwnPointPushesOutNoneOfOthers(String name) {
        CertificateAuthority quiet = CertificateAuthority.root("quiet");
        CertificateAuthority busy = CertificateAuthority.root(name);
        Revocation.Uncovered one = issue(quiet, QUIET, 0);
        points.ask(one).join();
        assertThat(quietLookups).hasValue(1);

        for (int i = 0; i < 150; i++) {
            points.ask(issue(busy, BUSY, i)).join();
        }
        points.ask(one).join();

        assertThat(quietLookups).as("what is remembered is not asked for again").hasValue(1);
        assertThat(points.size()).isEqualTo(100);
    }

    @Test
    void whatCouldNotBeHadIsTriedAgainAtOnceWhenOtherCasAreTrusted() {
        CrlConfig config = new CrlConfig(List.of(), List.of("http://" + QUIET + "/ca.crl"), null, null, null, null);
        FetchedLists lists = new FetchedLists(config, fetching(), "crl");
        try {
            lists.start().join();
            assertThat(quietLookups).hasValue(1);

            lists.retry();

            lists.start().join(); // waits for what is under way

            assertThat(quietLookups).hasValue(2);
        } finally {
            lists.close();
        }
    }

    private static Revocation.Uncovered issue(CertificateAuthority authority, String host, int number) {
        URI point = URI.create("http://" + host + "/" + number + ".crl");
        return new Revocation.Uncovered(
                authority
                        .issue(CertificateSpec.client("device").withCrlUrl(point))
                        .certificate(),
                authority.certificate());
    }

    private CrlFetching fetching() {
        NameResolver nowhere = host -> {
            quietLookups.addAndGet(host.equals(QUIET) ? 1 : 0);
            throw new UnknownHostException(host);
        };
        FetchConfig config = new FetchConfig(
                List.of(QUIET, BUSY), List.of(), Duration.ofSeconds(20), Duration.ofHours(1), ByteSize.ofKiB(64));
        AllowedHosts hosts = new AllowedHosts(config.allowedHosts(), List.of());
        Door door = new Door(config, hosts, nowhere, threads, new NoTls(), 4, 256);
        return new CrlFetching(
                "edge",
                door,
                threads,
                () -> {
                    throw new IllegalStateException("loader: none (expected: nothing to read)");
                },
                new RefreshPace(config.interval(), () -> 0.5),
                InstantSource.system(),
                quiet(),
                () -> {});
    }

    private static RevocationListener quiet() {
        return (RevocationListener) Proxy.newProxyInstance(
                DistributionPointsTest.class.getClassLoader(),
                new Class<?>[] {RevocationListener.class},
                (proxy, method, arguments) -> null);
    }

    private static final class NoTls implements UpstreamSecurity {

        @Override
        public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
            throw new IllegalStateException("TLS: used (expected: http)");
        }

        @Override
        public void close() {}
    }
}
