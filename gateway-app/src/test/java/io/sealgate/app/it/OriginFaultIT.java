package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Origins that fail, in every way and at every moment: the client is told as long as it can be, and never lied to. */
class OriginFaultIT {

    private static final int LARGE = 3 * 1024 * 1024;
    private static final String LARGE_LENGTH = Integer.toString(LARGE);
    private static final byte[] NOTHING = new byte[0];

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(
                Ground.start(directory, 1, OriginFaultIT::options),
                Ground.start(directory, 3, OriginFaultIT::options),
                Ground.start(directory, "https origin", 2, OriginFaultIT::overTls));
        for (Ground ground : grounds) {
            ground.store("large", LARGE);
            ground.store("small", 1000);
        }
    }

    private static TestSite.Builder options(TestSite.Builder site) {
        return site.limits("{idle-timeout: 3s, drain-timeout: 3s}")
                .pool("{idle-timeout: 100ms}")
                .timeouts("{first-byte: 1500ms, idle: 1250ms}");
    }

    private static TestSite.Builder overTls(TestSite.Builder site) {
        return options(site).https(OriginIdentity.of(OriginIdentity.Kind.GOOD));
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() throws Exception {
        for (Ground ground : grounds) {
            ground.awaitNoConnections();
        }
        grounds.forEach(ground -> ground.site().origin().faults().clear());
        grounds.forEach(ground -> ground.site().origin().log().clear());
    }

    static Stream<Ground.Case> cases() {
        return Ground.cases(grounds);
    }

    private static void meet(Ground.Case site, Fault... faults) {
        for (Fault fault : faults) {
            site.ground().site().origin().faults().next(RequestMatcher.any(), fault);
        }
    }

    private static List<LoggedRequest> requests(Ground.Case site) {
        return site.ground().site().origin().log().requests();
    }

    /** One exchange that ended, whatever the fault, after which all is as before. */
    private static void assertOver(Ground.Case site, long before) throws Exception {
        site.ground().awaitQuietAfter(before + 1);
        site.ground().assertServes(site.protocol());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aResetBeforeTheAnswerIsUnavailable(Ground.Case site) throws Exception {
        long before = site.ground().exchanges();
        meet(site, new Fault.ResetOnRequestBody(0));
        try (Peer peer = site.connect()) {
            Ground.assertOwnError(peer.get("/small"), 503, "ServiceUnavailable", "origin");
        }
        assertThat(requests(site)).hasSize(1);
        assertOver(site, before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aResetDuringTheUploadIsUnavailable(Ground.Case site) throws Exception {
        long before = site.ground().exchanges();
        meet(site, new Fault.ResetOnRequestBody(500_000));
        try (Peer peer = site.connect()) {
            peer.head("PUT", "/half", Map.of("content-length", LARGE_LENGTH), true);
            peer.body(Ground.bytes(LARGE), true);
            Ground.assertOwnError(peer.answer(), 503, "ServiceUnavailable", "origin");
        }
        assertThat(requests(site)).singleElement().matches(seen -> !seen.committed());
        assertThat(site.ground().isStored("half")).isFalse();
        assertOver(site, before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anAnswerThatDoesNotComeIsATimeout(Ground.Case site) throws Exception {
        long before = site.ground().exchanges();
        meet(site, new Fault.Stall());
        try (Peer peer = site.connect()) {
            Ground.assertOwnError(peer.get("/small"), 504, "GatewayTimeout", "origin");
        }
        assertOver(site, before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aHeadRequestIsToldWithoutABody(Ground.Case site) throws Exception {
        long before = site.ground().exchanges();
        meet(site, new Fault.ResetOnRequestBody(0));
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.exchange("HEAD", "/small", Map.of(), NOTHING);
            Ground.assertOwnHead(answer, 503, "origin");
            assertThat(answer.body()).isEmpty();
        }
        assertOver(site, before);
    }

    static Stream<Arguments> cuts() {
        return cases().flatMap(site -> Stream.of(
                        new Fault.StallAfter(200_000), new Fault.ResetAfter(200_000), new Fault.Truncate(200_000))
                .map(cut -> Arguments.of(site, cut)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aBrokenAnswerIsResumedIfItsLengthIsKnown(Ground.Case site, Fault cut) throws Exception {
        long before = site.ground().exchanges();
        meet(site, cut);
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.get("/large");
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(Ground.bytes(LARGE));
        }
        assertThat(requests(site)).hasSize(2);
        assertOver(site, before);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aBrokenAnswerOfUnknownLengthNeverLooksWhole(Ground.Case site, Fault cut) throws Exception {
        long before = site.ground().exchanges();
        meet(site, cut);
        meet(site, new Fault.ChunkedBody());
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.get("/large");
            assertThat(answer.whole()).isFalse();
            assertThat(answer.body()).hasSizeLessThanOrEqualTo(200_000);
        }
        assertOver(site, before);
        assertThat(site.ground().exchanges("outcome=\"broken\"")).isPositive();
    }

    static Stream<Arguments> earlyAnswers() {
        return cases().flatMap(
                        site -> Stream.of(Fault.EarlyAnswer.Then.values()).map(then -> Arguments.of(site, then)));
    }

    @ParameterizedTest
    @MethodSource("earlyAnswers")
    void anEarlyAnswerReachesTheClientThatIsStillSending(Ground.Case site, Fault.EarlyAnswer.Then then)
            throws Exception {
        long before = site.ground().exchanges();
        meet(site, new Fault.EarlyAnswer(403, "AccessDenied", then));
        try (Peer peer = site.connect()) {
            peer.head("PUT", "/early", Map.of("content-length", LARGE_LENGTH), true);
            peer.body(Ground.bytes(LARGE), true);
            PeerAnswer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.whole()).isTrue();
            assertThat(answer.text()).contains("<Code>AccessDenied</Code>");
            assertThat(answer.header("x-sealgate-error")).isNull();
        }
        assertThat(site.ground().isStored("early")).isFalse();
        assertOver(site, before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void interimAnswersAreNotTheAnswer(Ground.Case site) throws Exception {
        long before = site.ground().exchanges();
        meet(site, new Fault.Interim(100), new Fault.Interim(103));
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.exchange("PUT", "/interim", Map.of("content-length", "1000"), Ground.bytes(1000));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.interims()).isEmpty();
        }
        assertThat(site.ground().isStored("interim")).isTrue();
        assertOver(site, before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDeadReusedConnectionIsReplacedForWhatMayBeSentTwice(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            peer.get("/small");
            meet(site, new Fault.CloseReused());
            PeerAnswer answer = peer.get("/small");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(Ground.bytes(1000));
        }
        assertThat(requests(site)).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anUploadWhoseBytesHaveLeftIsNotSentAgain(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            peer.get("/small");
            meet(site, new Fault.ResetOnRequestBody(1));
            PeerAnswer answer =
                    peer.exchange("PUT", "/twice", Map.of("content-length", LARGE_LENGTH), Ground.bytes(LARGE));
            Ground.assertOwnError(answer, 503, "ServiceUnavailable", "origin");
        }
        assertThat(requests(site)).hasSize(2);
        assertThat(site.ground().isStored("twice")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anUploadThatIsStillHereIsSentAgain(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            peer.get("/small");
            meet(site, new Fault.ResetOnRequestBody(1));
            PeerAnswer answer =
                    peer.exchange("PUT", "/held", Map.of("content-length", "200000"), Ground.bytes(200_000));
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(requests(site)).hasSize(3);
        assertThat(site.ground().stored("held")).isEqualTo(Ground.bytes(200_000));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anUploadThatWouldMeetItselfIsNotSentAgain(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            peer.get("/small");
            meet(site, new Fault.ResetOnRequestBody(1));
            Map<String, String> once = Map.of("content-length", "1000", "x-cos-forbid-overwrite", "true");
            Ground.assertOwnError(
                    peer.exchange("PUT", "/once", once, Ground.bytes(1000)), 503, "ServiceUnavailable", "origin");
        }
        assertThat(requests(site)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEarlySuccessIsNotBelieved(Ground.Case site) throws Exception {
        meet(site, new Fault.EarlyAnswer(200, "OK", Fault.EarlyAnswer.Then.KEEP_READING));
        try (Peer peer = site.connect()) {
            peer.head("PUT", "/too-early", Map.of("content-length", LARGE_LENGTH), true);
            peer.body(Ground.bytes(LARGE), true);
            Ground.assertOwnError(peer.answer(), 502, "BadGateway", "origin");
        }
        assertThat(site.ground().isStored("too-early")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatMustNotHappenTwiceIsNotSentAgain(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            peer.get("/small");
            meet(site, new Fault.CloseReused());
            PeerAnswer answer = peer.exchange("POST", "/multi?uploads", Map.of("content-length", "0"), NOTHING);
            Ground.assertOwnError(answer, 503, "ServiceUnavailable", "origin");
        }
        assertThat(requests(site)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCommittedUploadWithoutAnAnswerIsNotSaidToHaveSucceeded(Ground.Case site) throws Exception {
        long before = site.ground().exchanges();
        meet(site, new Fault.DropBeforeResponse());
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.exchange("PUT", "/lost", Map.of("content-length", "1000"), Ground.bytes(1000));
            Ground.assertOwnError(answer, 503, "ServiceUnavailable", "origin");
        }
        assertThat(requests(site)).hasSize(1);
        assertOver(site, before);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLateAnswerIsAnAnswer(Ground.Case site) throws Exception {
        meet(site, new Fault.Delay(Duration.ofMillis(300)));
        try (Peer peer = site.connect()) {
            assertThat(peer.get("/small").body()).isEqualTo(Ground.bytes(1000));
        }
    }

    /** The origin has said all and gone; what it said waits in the gateway for a client that takes its time. */
    @ParameterizedTest
    @MethodSource("cases")
    void anOriginThatClosesAfterItsAnswerDoesNotCostASlowClientTheRest(Ground.Case site) throws Exception {
        meet(site, new Fault.Header("Connection", "close"));
        try (Peer peer = site.protocol() == Protocol.HTTP_1
                ? Http1Peer.connect(site.ground().device(), site.ground().site().port(), 16 * 1024)
                : site.connect()) {
            peer.head("GET", "/large", Map.of(), false);
            site.ground().site().origin().log().await(seen -> seen.status() == 200, TlsSocket.PATIENCE);
            PeerAnswer answer = peer.answer();
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(Ground.bytes(LARGE));
        }
    }
}
