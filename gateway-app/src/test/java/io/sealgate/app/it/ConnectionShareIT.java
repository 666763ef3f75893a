package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many connections one client or address holds, others get theirs. */
@Timeout(120)
class ConnectionShareIT {

    private static final int LIMIT = 60;
    private static final String LIMITS = "{connections: " + LIMIT + ", handshake-timeout: 5m, idle-timeout: 5m";
    private static final String STRANGER = "127.0.0.2";
    private static final String NAT = "127.0.0.3";

    @TempDir
    private static Path directory;

    private static Ground ground;
    private static IssuedCertificate other;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site.limits(LIMITS + ", shared-addresses: [" + NAT + "/32]}")
                .pool("{idle-timeout: 100ms}"));
        other = ground.site().authority().issue(CertificateSpec.client("device-2"));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() throws Exception {
        ground.awaitNoConnections();
        ground.site().origin().faults().clear();
    }

    private void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        open.clear();
    }

    @ParameterizedTest
    @EnumSource
    void idleConnectionsOfOneCertificateKeepNobodyOut(Protocol protocol) throws Exception {
        double before = evicted("idle", "share");
        List<Peer> idle = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            idle.add(keep(ground.connect(protocol)));
        }

        try (Peer peer = ground.connect(protocol, other)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
        }

        assertThat(evicted("idle", "share") - before).isEqualTo(LIMIT / 2);
        assertThat(idle.get(LIMIT - 1).get("/probe").status()).isEqualTo(200);
        assertThat(idle.get(0).endsWithoutAnswer()).isTrue();
        closeAll();
    }

    @Test
    void aRenewedCertificateHasNoSecondShare() throws Exception {
        double before = evicted("idle", "share");
        IssuedCertificate renewed = ground.site().authority().issue(CertificateSpec.client("device-2"));
        for (int i = 0; i < LIMIT / 2; i++) {
            keep(ground.connect(Protocol.HTTP_1, other));
        }

        Peer peer = keep(ground.connect(Protocol.HTTP_1, renewed));

        assertThat(peer.get("/probe").status()).isEqualTo(200);
        assertThat(evicted("idle", "share") - before).isEqualTo(1);
        closeAll();
    }

    @ParameterizedTest
    @EnumSource
    void silentConnectionsOfNobodyKeepNobodyOut(Protocol protocol) throws Exception {
        double before = evicted("handshake", "share");
        for (int i = 0; i < LIMIT; i++) {
            silent(STRANGER);
        }
        Await.until("evicted", () -> evicted("handshake", "share") - before, count -> count == LIMIT / 2);

        ground.assertServes(protocol);
        closeAll();
    }

    @Test
    void aConnectionInUseIsNotTakenFromItsClient() throws Exception {
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.Stall());
        Peer busy = keep(ground.connect(Protocol.HTTP_2));
        busy.head("GET", "/probe", Map.of(), false);
        Await.until("connections", () -> ground.metric("sealgate_upstream_connections"), count -> count == 1);
        double before = evicted("idle", "share");

        for (int i = 0; i < LIMIT; i++) {
            keep(ground.connect(Protocol.HTTP_1));
        }

        assertThat(evicted("idle", "share") - before).isEqualTo(LIMIT / 2 + 1);
        busy.reset();
        closeAll();
    }

    @Test
    void anAddressOfManyClientsMayHaveMoreThanHalf() throws Exception {
        double before = evicted("handshake", "share");
        for (int i = 0; i < LIMIT * 3 / 4; i++) {
            silent(NAT);
        }
        Await.until("connections", () -> ground.metric("sealgate_connections"), count -> count == LIMIT * 0.75);

        ground.assertServes(Protocol.HTTP_1);

        assertThat(evicted("handshake", "share")).isEqualTo(before);
        closeAll();
    }

    private double evicted(String state, String reason) throws IOException {
        return ground.metric(
                "sealgate_connections_evicted_total", "state=\"" + state + "\"", "reason=\"" + reason + "\"");
    }

    private Peer keep(Peer peer) {
        open.add(peer);
        return peer;
    }

    private void silent(String address) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), ground.site().port()));
    }

    @ParameterizedTest
    @EnumSource
    void whoHasItsAnswerAndIsOnlyHeardOutGivesWay(Protocol protocol) throws Exception {
        double before = evicted("idle", "share");
        Peer refused = keep(ground.connect(protocol));
        refused.head("PUT", "/key?acl&acl=x", Map.of("content-length", "1000000"), true);
        assertThat(refused.answer().status()).isEqualTo(400);

        for (int i = 0; i < LIMIT / 2; i++) {
            keep(ground.connect(protocol));
        }
        Await.until("evicted", () -> evicted("idle", "share") - before, count -> count == 1);

        assertThat(refused.endsWithoutAnswer()).isTrue();
        assertThat(open.get(1)).isInstanceOfSatisfying(Peer.class, idle -> assertThat(status(idle))
                .isEqualTo(200));
        closeAll();
    }

    private static int status(Peer peer) {
        try {
            return peer.get("/probe").status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withEveryConnectionInUseANewOneIsTurnedAway() throws Exception {
        try (Ground small = Ground.start(directory, "small", 1, site -> site.limits("{connections: 2}"))) {
            small.site().origin().faults().next(RequestMatcher.any(), new Fault.Stall());
            Peer busy = small.connect(Protocol.HTTP_1);
            busy.head("GET", "/probe", Map.of(), false);
            Await.until("connections", () -> small.metric("sealgate_upstream_connections"), count -> count == 1);

            try (Peer refused = small.connect(Protocol.HTTP_1)) {
                assertThat(refused.endsWithoutAnswer()).isTrue();
            }

            assertThat(small.metric("sealgate_connections_turned_away_total", "reason=\"share\""))
                    .isEqualTo(1);
            assertThat(small.metric("sealgate_connections_evicted_total")).isZero();
            busy.reset();
        }
    }
}
