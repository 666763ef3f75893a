package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small uploads are whole before an origin hears of them, and are announced with their digest. */
class HeldUploadIT {

    private static final int SMALL = 200_000;
    private static final int LARGE = 1_100_000;

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(
                Ground.start(directory, 1, site -> site.limits("{idle-timeout: 2s}")),
                Ground.start(directory, 3, site -> site.limits("{idle-timeout: 2s}")));
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

    private static List<LoggedRequest> requests(Ground.Case site) {
        return site.ground().site().origin().log().requests();
    }

    private static String md5(byte[] body) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
    }

    private static Map<String, String> length(int bytes) {
        return Map.of("content-length", Integer.toString(bytes));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSmallUploadIsSentWithItsDigest(Ground.Case site) throws Exception {
        byte[] body = Ground.bytes(SMALL);
        try (Peer peer = site.connect()) {
            assertThat(peer.exchange("PUT", "/small", length(SMALL), body).status())
                    .isEqualTo(200);
        }
        assertThat(site.ground().stored("small")).isEqualTo(body);
        assertThat(requests(site))
                .singleElement()
                .satisfies(seen -> assertThat(seen.headers().all("content-md5")).containsExactly(md5(body)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLargeOneIsPassedOnAsItComes(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            assertThat(peer.exchange("PUT", "/large", length(LARGE), Ground.bytes(LARGE))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(requests(site))
                .singleElement()
                .satisfies(seen -> assertThat(seen.headers().all("content-md5")).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theClientsOwnDigestIsTheOneThatIsSent(Ground.Case site) throws Exception {
        byte[] body = Ground.bytes(SMALL);
        Map<String, String> headers = Map.of("content-length", Integer.toString(SMALL), "content-md5", md5(body));
        try (Peer peer = site.connect()) {
            assertThat(peer.exchange("PUT", "/own", headers, body).status()).isEqualTo(200);
        }
        assertThat(requests(site).get(0).headers().all("content-md5")).containsExactly(md5(body));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ofOneThatStopsInTheMiddleTheOriginHearsNothing(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            peer.head("PUT", "/half", length(SMALL), true);
            peer.body(Arrays.copyOf(Ground.bytes(SMALL), SMALL / 2), false);
            Ground.assertOwnError(peer.answer(), 400, "RequestTimeout", "request");
        }
        assertThat(requests(site)).isEmpty();
        assertThat(site.ground().isStored("half")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anOriginThatRefusesIsHeard(Ground.Case site) throws Exception {
        site.ground()
                .site()
                .origin()
                .faults()
                .next(
                        RequestMatcher.method("PUT"),
                        new Fault.EarlyAnswer(403, "AccessDenied", Fault.EarlyAnswer.Then.CLOSE));
        try (Peer peer = site.connect()) {
            PeerAnswer answer = peer.exchange("PUT", "/refused", length(SMALL), Ground.bytes(SMALL));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("<Code>AccessDenied</Code>");
        }
        assertThat(site.ground().isStored("refused")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void manyOfThemOnOneConnectionAreEachTheirOwn(Ground.Case site) throws Exception {
        try (Peer peer = site.connect()) {
            for (int i = 1; i <= 20; i++) {
                byte[] body = Ground.bytes(i * 1000);
                assertThat(peer.exchange("PUT", "/many-" + i, length(body.length), body)
                                .status())
                        .isEqualTo(200);
                assertThat(site.ground().stored("many-" + i)).isEqualTo(body);
            }
        }
    }
}
