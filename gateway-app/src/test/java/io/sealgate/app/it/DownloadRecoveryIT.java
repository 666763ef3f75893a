package io.sealgate.app.it;

import static io.sealgate.origin.Fault.EarlyAnswer.Then.KEEP_READING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.Headers;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an origin spoils on the way down is made good where it can be, and the client notices nothing; nor is it ever deceived. */
class DownloadRecoveryIT {

    private static final int SMALL = 200_000;
    private static final int LARGE = 3 * 1024 * 1024;

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(
                Ground.start(directory, 1, DownloadRecoveryIT::options),
                Ground.start(directory, 3, DownloadRecoveryIT::options));
        for (Ground ground : grounds) {
            ground.store("small", SMALL);
            ground.store("large", LARGE);
        }
    }

    private static TestSite.Builder options(TestSite.Builder site) {
        return site.timeouts("{first-byte: 1500ms, idle: 1250ms}");
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() {
        grounds.forEach(ground -> ground.site().origin().faults().clear());
        grounds.forEach(ground -> ground.site().origin().log().clear());
    }

    static Stream<Ground.Case> cases() {
        return Ground.cases(grounds);
    }

    private static void meet(Ground.Case site, long times, Fault fault) {
        site.ground().site().origin().faults().times(times, RequestMatcher.method("GET"), fault);
    }

    private static List<LoggedRequest> requests(Ground.Case site) {
        return site.ground().site().origin().log().requests();
    }

    private static double metric(Ground.Case site, String name, String outcome) throws Exception {
        return site.ground().metric("sealgate_integrity_" + name + "_total", "outcome=\"" + outcome + '"');
    }

    private static void assertObject(PeerAnswer answer, byte[] object) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).isEqualTo(object);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSmallObjectThatCameCorruptIsFetchedAgain(Ground.Case site) throws Exception {
        double before = metric(site, "refetches", "succeeded");
        meet(site, 3, new Fault.FlipByte(SMALL / 2));
        try (Peer peer = site.connect()) {
            assertObject(peer.get("/small"), Ground.bytes(SMALL));
            assertThat(requests(site)).hasSize(4);
            assertObject(peer.get("/small"), Ground.bytes(SMALL));
        }
        Await.until("refetches", () -> metric(site, "refetches", "succeeded"), now -> now == before + 1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSmallObjectThatDidNotComeWholeIsFetchedAgain(Ground.Case site) throws Exception {
        meet(site, 1, new Fault.ResetAfter(SMALL / 3));
        try (Peer peer = site.connect()) {
            assertObject(peer.get("/small"), Ground.bytes(SMALL));
        }
        assertThat(requests(site)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatStaysCorruptIsAnError(Ground.Case site) throws Exception {
        meet(site, 4, new Fault.FlipByte(0));
        try (Peer peer = site.connect()) {
            Ground.assertOwnError(peer.get("/small"), 502, "BadGateway", "integrity");
            assertThat(requests(site)).hasSize(4);
            assertObject(peer.get("/small"), Ground.bytes(SMALL));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLargeDownloadGoesOnWhereItsOriginStopped(Ground.Case site) throws Exception {
        double before = metric(site, "resumes", "succeeded");
        Random random = new Random(7);
        try (Peer peer = site.connect()) {
            for (int i = 0; i < 5; i++) {
                meet(site, 1, new Fault.ResetAfter(1 + random.nextInt(LARGE - 1)));
                assertObject(peer.get("/large"), Ground.bytes(LARGE));
            }
        }
        Await.until("resumes", () -> metric(site, "resumes", "succeeded"), now -> now == before + 5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void manyCutsInOneDownloadAreNoticedByNobody(Ground.Case site) throws Exception {
        meet(site, 5, new Fault.Truncate(400_000));
        try (Peer peer = site.connect()) {
            assertObject(peer.get("/large"), Ground.bytes(LARGE));
        }
        assertThat(requests(site)).hasSize(6);
        assertThat(requests(site).get(1).headers().first("range")).contains("bytes=400000-" + (LARGE - 1));
        assertThat(requests(site).get(1).headers().first("if-match"))
                .hasValueSatisfying(etag -> assertThat(etag).startsWith("\""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theRestOfARangeIsResumedToo(Ground.Case site) throws Exception {
        meet(site, 1, new Fault.Truncate(500_000));
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.exchange("GET", "/large", Map.of("range", "bytes=1000-2000999"), new byte[0]);
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(Ground.bytes(LARGE), 1000, 2_001_000));
        }
        assertThat(requests(site).get(1).headers().first("range")).contains("bytes=501000-2000999");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anObjectThatWasChangedMeanwhileIsNotPatchedTogether(Ground.Case site) throws Exception {
        double before = metric(site, "resumes", "changed");
        site.ground().store("changing", LARGE);
        meet(site, 1, new Fault.Truncate(400_000));
        site.ground().site().origin().faults().always(overwriting(site, "changing"), new Fault.Interim(103));
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.get("/changing");
            assertThat(answer.whole()).isFalse();
            assertThat(answer.body()).hasSizeLessThanOrEqualTo(400_000);
        }
        Await.until("changed", () -> metric(site, "resumes", "changed"), now -> now == before + 1);
    }

    /** Replaces the object just before the rest of it is asked for. */
    private static RequestMatcher overwriting(Ground.Case site, String key) {
        return head -> {
            boolean isResumption = head.headers().contains("range");
            if (isResumption) {
                site.ground().site().origin().store().put(TestSite.BUCKET, key, new byte[LARGE], Headers.none());
            }
            return isResumption;
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aJoinedBodyIsVerifiedAsOne(Ground.Case site) throws Exception {
        meet(site, 1, new Fault.Truncate(400_000));
        meet(site, 2, new Fault.FlipByte(1000));
        try (Peer peer = site.connect()) {
            assertThat(peer.get("/large").whole()).isFalse();
        }
        assertThat(requests(site)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anOriginThatStaysAwayIsGivenUp(Ground.Case site) throws Exception {
        double before = metric(site, "resumes", "failed");
        meet(site, 1, new Fault.Truncate(400_000));
        site.ground()
                .site()
                .origin()
                .faults()
                .always(head -> head.headers().contains("range"), new Fault.EarlyAnswer(503, "SlowDown", KEEP_READING));
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.get("/large");
            assertThat(answer.whole()).isFalse();
            assertThat(answer.body()).hasSizeLessThanOrEqualTo(400_000);
        }
        assertThat(requests(site)).hasSize(4);
        Await.until("failed", () -> metric(site, "resumes", "failed"), now -> now == before + 1);
    }
}
