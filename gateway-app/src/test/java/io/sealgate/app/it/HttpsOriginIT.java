package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.OriginIdentity.Kind;
import io.sealgate.app.it.ScriptedOrigin.Ending;
import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Origins over TLS: objects are whole, an origin that is not the right one gets nothing, and no break looks like an end. */
class HttpsOriginIT {

    private static final int LARGE = 3 * 1024 * 1024 + 17;

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(
                Ground.start(directory, 1, HttpsOriginIT::options), Ground.start(directory, 3, HttpsOriginIT::options));
    }

    private static TestSite.Builder options(TestSite.Builder site) {
        return site.https(OriginIdentity.of(Kind.GOOD)).pool("{idle-timeout: 250ms}");
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() throws Exception {
        for (Ground ground : grounds) {
            ground.awaitNoConnections();
            ground.site().origin().log().clear();
        }
    }

    static Stream<Ground.Case> cases() {
        return Ground.cases(grounds);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anObjectIsTheSameOnBothSides(Ground.Case site) throws Exception {
        byte[] object = Ground.bytes(LARGE);
        try (Peer peer = site.connect()) {
            PeerAnswer stored =
                    peer.exchange("PUT", "/large", Map.of("content-length", Integer.toString(LARGE)), object);
            PeerAnswer read = peer.get("/large");

            assertThat(stored.status()).isEqualTo(200);
            assertThat(site.ground().stored("large")).isEqualTo(object);
            assertThat(read.whole()).isTrue();
            assertThat(read.body()).isEqualTo(object);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCorruptUploadIsNotCommitted(Ground.Case site) throws Exception {
        String digest = Bytes.contentMd5(Ground.bytes(LARGE + 1));
        Map<String, String> headers = Map.of("content-length", Integer.toString(LARGE), "content-md5", digest);
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.exchange("PUT", "/corrupt", headers, Ground.bytes(LARGE));
            Ground.assertOwnError(answer, 400, "BadDigest", "integrity");
        }
        assertThat(site.ground().site().origin().log().awaitFinished(1, TlsSocket.PATIENCE))
                .singleElement()
                .matches(seen -> !seen.bodyComplete() && !seen.committed());
        assertThat(site.ground().isStored("corrupt")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCorruptDownloadIsNotWhole(Ground.Case site) throws Exception {
        site.ground().store("flipped", LARGE);
        site.ground().site().origin().faults().next(RequestMatcher.any(), new Fault.FlipByte(LARGE - 1));
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.get("/flipped");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aConnectionIsKeptAndUsedAgain(Ground.Case site) throws Exception {
        long before = site.ground().site().origin().log().connectionsOpened();
        try (Peer peer = site.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(peer.get("/probe").status()).isEqualTo(200);
            }
        }
        assertThat(site.ground().site().origin().log().connectionsOpened()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GOOD")
    void anOriginThatIsNotTheRightOneIsNotSpokenTo(Kind kind) throws Exception {
        try (Ground wrong = Ground.start(directory, kind.name(), 2, site -> site.https(OriginIdentity.of(kind)))) {
            for (Protocol protocol : Protocol.values()) {
                try (Peer peer = wrong.connect(protocol)) {
                    PeerAnswer upload =
                            peer.exchange("PUT", "/x", Map.of("content-length", "1000"), Ground.bytes(1000));
                    Ground.assertOwnError(upload, 502, "BadGateway", "origin");
                    Ground.assertOwnError(peer.get("/probe"), 502, "BadGateway", "origin");
                }
            }
            wrong.awaitQuietAfter(4);
            assertThat(wrong.metric("sealgate_upstream_connections_failed_total"))
                    .isEqualTo(4);
            assertThat(wrong.site().origin().log().requestsSeen()).isZero();
        }
    }

    @Test
    void aHandshakeThatStandsStillIsATimeout() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Ground ground = Ground.start(directory, "mute", 2, site -> site.https(OriginIdentity.of(Kind.GOOD))
                        .originPort(mute.getLocalPort())
                        .timeouts("{connect: 500ms, first-byte: 5s}"))) {
            for (Protocol protocol : Protocol.values()) {
                try (Peer peer = ground.connect(protocol)) {
                    Ground.assertOwnError(peer.get("/probe"), 504, "GatewayTimeout", "origin");
                }
            }
            ground.awaitQuietAfter(2);
            assertThat(ground.metric("sealgate_upstream_connections_failed_total"))
                    .isEqualTo(2);
        }
    }

    @Test
    void anOriginWithoutTlsIsNotSpokenTo() throws Exception {
        try (Ground plain = Ground.start(directory, "plain", 1, site -> site);
                Ground ground = scripted("not-plain", plain.site().origin().port())) {
            for (Protocol protocol : Protocol.values()) {
                try (Peer peer = ground.connect(protocol)) {
                    Ground.assertOwnError(peer.get("/probe"), 502, "BadGateway", "origin");
                }
            }
            ground.awaitQuietAfter(2);
        }
    }

    private static Ground scripted(String name, int originPort) throws Exception {
        return Ground.start(directory, name, 1, site -> site.https(OriginIdentity.of(Kind.GOOD))
                .originPort(originPort)
                .timeouts("{first-byte: 1500ms, idle: 1500ms}"));
    }

    private static ScriptedOrigin scriptedOverTls() throws Exception {
        return new ScriptedOrigin(OriginIdentity.of(Kind.GOOD).jdkContext());
    }

    /** Not even a farewell (RFC 9112 §9.8): it says that the nearest peer has finished, not that the body was whole. */
    @Test
    void noEndOfAConnectionIsTheEndOfAnAnswer() throws Exception {
        try (ScriptedOrigin origin = scriptedOverTls();
                Ground ground = scripted("until-close", origin.port())) {
            for (Ending ending : Ending.values()) {
                assertIsNotWhole(ground, origin, "", ending);
            }
        }
    }

    @Test
    void noEndOfAConnectionMakesAnUnfinishedAnswerWhole() throws Exception {
        try (ScriptedOrigin origin = scriptedOverTls();
                Ground ground = scripted("cut", origin.port())) {
            for (Ending ending : Ending.values()) {
                assertIsNotWhole(ground, origin, "Content-Length: 20\r\n", ending);
            }
        }
    }

    @Test
    void noEndOfAConnectionMakesUnfinishedChunksWhole() throws Exception {
        try (ScriptedOrigin origin = scriptedOverTls();
                Ground ground = scripted("cut-chunks", origin.port())) {
            for (Ending ending : Ending.values()) {
                assertIsNotWhole(ground, origin, "Transfer-Encoding: chunked\r\n", ending);
            }
        }
    }

    private static void assertIsNotWhole(Ground ground, ScriptedOrigin origin, String framing, Ending ending)
            throws Exception {
        String body = framing.contains("chunked") ? "5\r\nhello\r\n" : "hello";
        origin.answer("HTTP/1.1 200 OK\r\n" + framing + "\r\n" + body, ending);
        for (Protocol protocol : Protocol.values()) {
            long before = ground.exchanges();
            try (Peer peer = ground.connect(protocol)) {
                PeerAnswer answer = peer.get("/x");
                assertThat(answer.isOriginsWhole())
                        .as("%s after %s is whole: %s", protocol, ending, answer)
                        .isFalse();
            }
            ground.awaitQuietAfter(before + 1);
        }
    }

    /** Who has said farewell will not answer any more, even if it forgets to hang up. */
    @ParameterizedTest
    @EnumSource
    void aConnectionThatTheOriginHasTakenLeaveOfIsNotUsedAgain(Protocol protocol) throws Exception {
        try (ScriptedOrigin origin = scriptedOverTls();
                Ground ground = scripted("farewell-" + protocol, origin.port());
                Peer peer = ground.connect(protocol)) {
            origin.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", Ending.FAREWELL_ONLY);
            assertThat(peer.get("/x").text()).isEqualTo("hi");
            Await.until("origin connections", () -> ground.metric("sealgate_upstream_connections"), open -> open == 0);
            assertThat(peer.exchange("PUT", "/x", Map.of("content-length", "0"), new byte[0])
                            .text())
                    .isEqualTo("hi");
        }
    }
}
