package io.sealgate.tls.ocsp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.ExtendedKeyUsage;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Validity;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.fetch.FetchConfig;
import io.sealgate.tls.fetch.FetchThreads;
import io.sealgate.tls.fetch.NameResolver;
import io.sealgate.tls.ocsp.OcspCheck.Objection;
import io.sealgate.tls.ocsp.OcspConfig.Mode;
import io.sealgate.tls.ocsp.OcspConfig.Nonce;
import io.sealgate.tls.ocsp.TestResponder.NonceUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a responder can say, rightly or not, and what becomes of the client. */
class OcspCheckIT {

    private static final CertificateAuthority CA = CertificateAuthority.root("CA");
    private static final CertificateAuthority NAMESAKE = CertificateAuthority.root("CA");
    private static final TestResponder ISSUER = TestResponder.of(CA.privateKey(), CA.certificate());
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Answers a request, or throws to break the connection. */
    private interface Answering {
        byte @Nullable [] answer(byte[] request) throws Exception;
    }

    private final FetchThreads threads = new FetchThreads();
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> details = new LinkedBlockingQueue<>();
    private final Outside outside = new Outside(threads, NameResolver.ofThisMachine(), listener());
    private volatile Answering answering = ISSUER::answer;
    private Instant now = Instant.now();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(serving);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        threads.close();
        server.stop(0);
        serving.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            byte[] answer = answering.answer(exchange.getRequestBody().readAllBytes());
            if (answer == null) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    static Stream<Arguments> answers() throws Exception {
        IssuedCertificate delegate = responder(CA);
        IssuedCertificate withoutUsage = CA.issue(CertificateSpec.client("No responder"));
        IssuedCertificate expired =
                CA.issue(delegateSpec().withValidity(new Validity.Relative(Duration.ofDays(-9), Duration.ofDays(-1))));
        IssuedCertificate foreign = responder(NAMESAKE);
        return Stream.of(
                answer("good", "let in", "fetched", ISSUER),
                answer("good, by a delegate", "let in", "fetched", by(delegate)),
                answer("good, without a nonce", "let in", "fetched", ISSUER.withNonce(NonceUse.OMIT)),
                answer("good, a little late", "let in", "fetched", ISSUER.withTimes(HOUR.plus(MINUTE), HOUR)),
                answer("good, a little early", "let in", "fetched", ISSUER.withTimes(MINUTE.negated(), HOUR)),
                answer("good, no nextUpdate", "let in", "fetched", ISSUER.withTimes(MINUTE, null)),
                answer("revoked", "REVOKED", "fetched", ISSUER.withStatus(TestResponder.REVOKED)),
                answer(
                        "revoked, by a delegate",
                        "REVOKED",
                        "fetched",
                        by(delegate).withStatus(TestResponder.REVOKED)),
                answer("unknown", "UNDECIDED", "status", ISSUER.withStatus(TestResponder.UNKNOWN)),
                answer("expired", "UNDECIDED", "older", ISSUER.withTimes(HOUR.multipliedBy(2), HOUR)),
                answer("from the future", "UNDECIDED", "older", ISSUER.withTimes(HOUR.negated(), HOUR)),
                answer("old, no nextUpdate", "UNDECIDED", "older", ISSUER.withTimes(HOUR, null)),
                answer(
                        "signed by a stranger",
                        "UNDECIDED",
                        "wrong_issuer",
                        TestResponder.of(NAMESAKE.privateKey(), NAMESAKE.certificate())),
                answer(
                        "signed by a stranger as revoked",
                        "UNDECIDED",
                        "wrong_issuer",
                        TestResponder.of(NAMESAKE.privateKey(), CA.certificate())
                                .withStatus(TestResponder.REVOKED)),
                answer("signed by another CA's delegate", "UNDECIDED", "wrong_issuer", by(foreign)),
                answer("signed by one without the usage", "UNDECIDED", "wrong_issuer", by(withoutUsage)),
                answer("signed by an expired delegate", "UNDECIDED", "wrong_issuer", by(expired)),
                answer("about another", "UNDECIDED", "malformed", ISSUER.aboutAnother()),
                answer("another nonce", "UNDECIDED", "malformed", ISSUER.withNonce(NonceUse.ANOTHER)),
                answer("try later", "UNDECIDED", "status", ISSUER.failing(OCSPRespBuilder.TRY_LATER)),
                answer("unauthorized", "UNDECIDED", "status", ISSUER.failing(OCSPRespBuilder.UNAUTHORIZED)),
                Arguments.of("garbage", "UNDECIDED", "malformed", (Answering) request -> new byte[] {1, 2, 3}),
                Arguments.of("nothing", "UNDECIDED", "malformed", (Answering) request -> new byte[0]),
                Arguments.of("too much", "UNDECIDED", "too_large", (Answering) request -> new byte[100_000]),
                Arguments.of("error", "UNDECIDED", "status", (Answering) request -> null));
    }

    private static Arguments answer(String name, String verdict, String outcome, TestResponder responder) {
        return Arguments.of(name, verdict, outcome, (Answering) responder::answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void hardRefusesWhoeverIsNotSaidToBeGood(String name, String verdict, String outcome, Answering said) {
        answering = said;

        String judged = verdict(check(Mode.HARD), path("device"));

        assertThat(judged).isEqualTo(verdict);
        assertThat(events).contains("ocsp " + outcome);
        assertThat(events.contains("refused")).isEqualTo(verdict.equals("UNDECIDED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void softLetsInAndCountsWhoeverIsNotSaidToBeRevoked(String name, String verdict, String outcome, Answering said) {
        answering = said;

        String judged = verdict(check(Mode.SOFT), path("device"));

        assertThat(judged).isEqualTo(verdict.equals("UNDECIDED") ? "let in" : verdict);
        assertThat(events.contains("let in")).isEqualTo(verdict.equals("UNDECIDED"));
    }

    @Test
    void aResponderWhoseCertificateHasEndedIsNamedAsThat() {
        Validity ended = new Validity.Relative(Duration.ofDays(-9), Duration.ofDays(-1));
        answering = by(CA.issue(delegateSpec().withValidity(ended)))::answer;

        verdict(check(Mode.HARD), path("device"));

        assertThat(details).anyMatch(detail -> detail.contains("the responder's certificate is not valid now"));
    }

    @Test
    void anAnswerWithoutTheNonceIsNoneWhereOneIsRequired() {
        answering = ISSUER.withNonce(NonceUse.OMIT)::answer;

        assertThat(verdict(check(new OcspConfig(Mode.HARD, url("/"), Nonce.REQUIRE, null)), path("device")))
                .isEqualTo("UNDECIDED");
    }

    @Test
    void aSlowResponderIsNotWaitedForBeyondTheTime() {
        answering = request -> {
            over.await();
            return null;
        };
        OcspCheck hard = check(new OcspConfig(Mode.HARD, url("/"), null, Duration.ofMillis(300)));

        assertThat(verdict(hard, path("device"))).isEqualTo("UNDECIDED");
    }

    @Test
    void aResponderThatIsDownIsNoAnswer() {
        String url = url("/");
        server.stop(0);

        assertThat(verdict(check(new OcspConfig(Mode.HARD, url, null, null)), path("device")))
                .isEqualTo("UNDECIDED");
        assertThat(events).contains("ocsp unreachable");
    }

    @Test
    void theCertificatesOwnResponderIsAskedOnlyIfItsHostIsAllowed() {
        OcspConfig own = new OcspConfig(Mode.HARD, null, null, null);
        List<X509Certificate> path = path(CertificateSpec.client("device").withOcspUrl(URI.create(url("/own"))));

        assertThat(verdict(check(own, List.of()), path)).isEqualTo("UNDECIDED");
        assertThat(requests).hasValue(0);
        assertThat(verdict(check(own, List.of("127.0.0.1:" + server.getAddress().getPort())), path))
                .isEqualTo("let in");
    }

    @Test
    void anAnswerIsRememberedUntilItIsOverAndNoLongerThanAnHour() {
        answering = ISSUER.withTimes(MINUTE, Duration.ofDays(3))::answer;
        OcspCheck check = check(Mode.HARD);
        List<X509Certificate> path = path("device");
        verdict(check, path);
        verdict(check, path);
        assertThat(requests).hasValue(1);

        now = now.plus(HOUR).plus(MINUTE);
        answering = ISSUER.withStatus(TestResponder.REVOKED).withTimes(MINUTE, Duration.ofDays(3))::answer;

        assertThat(verdict(check, path)).isEqualTo("REVOKED");
        assertThat(check.isKnownRevoked(path)).isTrue();
        assertThat(requests).hasValue(2);
    }

    /** A certificate is the same at every listener, and the second one may have a responder that does not answer. */
    @Test
    void whatOneListenerHasLearntAnotherKnows() {
        List<X509Certificate> path = path("Shared");
        answering = ISSUER.withStatus(TestResponder.REVOKED)::answer;
        assertThat(verdict(check(new OcspConfig(Mode.HARD, url("/a"), null, null)), path))
                .isEqualTo("REVOKED");

        answering = request -> null;
        OcspCheck second = check(new OcspConfig(Mode.SOFT, url("/b"), null, null));
        assertThat(second.isKnownRevoked(path)).isTrue();
        assertThat(verdict(second, path)).isEqualTo("REVOKED");
        assertThat(requests).hasValue(1);
    }

    /** What comes after a response that says revoked. */
    static Stream<Arguments> laterResponses() {
        return Stream.of(
                Arguments.of("nothing", (Answering) request -> null),
                Arguments.of("unknown", (Answering) ISSUER.withStatus(TestResponder.UNKNOWN)::answer),
                Arguments.of("good", (Answering) ISSUER.withTimes(MINUTE, HOUR.multipliedBy(99))::answer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laterResponses")
    void whoWasOnceRevokedStaysOutWhateverIsSaidLater(String name, Answering later) {
        OcspCheck check = check(Mode.SOFT);
        List<X509Certificate> path = path("device");
        answering = ISSUER.withStatus(TestResponder.REVOKED)::answer;
        verdict(check, path);
        answering = later;
        now = now.plus(HOUR.multipliedBy(2));

        String judged = verdict(check, path);

        assertThat(judged).isEqualTo("REVOKED");
        assertThat(check.isKnownRevoked(path)).isTrue();
    }

    @Test
    void whoIsOnHoldStaysOutWhileTheResponderCannotBeReached() {
        OcspCheck check = check(Mode.SOFT);
        List<X509Certificate> path = path("device");
        answering = ISSUER.withStatus(TestResponder.ON_HOLD)::answer;
        verdict(check, path);
        answering = request -> null;
        now = now.plus(HOUR.multipliedBy(2));

        assertThat(verdict(check, path)).isEqualTo("REVOKED");
        assertThat(requests).hasValue(2);
    }

    @Test
    void aHoldEndsWithALaterResponseAndWithNoEarlierOne() {
        OcspCheck check = check(Mode.SOFT);
        List<X509Certificate> path = path("device");
        Duration days = Duration.ofDays(9);
        answering = ISSUER.withStatus(TestResponder.ON_HOLD)::answer;
        List<String> verdicts = new ArrayList<>(List.of(verdict(check, path)));
        now = now.plus(HOUR.multipliedBy(2));
        answering = ISSUER.withTimes(HOUR, days)::answer;
        verdicts.add(verdict(check, path));
        now = now.plus(HOUR);
        answering = ISSUER.withTimes(MINUTE, days)::answer;
        verdicts.add(verdict(check, path));

        assertThat(verdicts).containsExactly("REVOKED", "REVOKED", "let in");
    }

    @Test
    void whatWasSaidOfACertificateHoldsHoweverItsSignatureIsWritten() throws Exception {
        OcspCheck check = check(Mode.SOFT);
        List<X509Certificate> path = path("device");
        answering = ISSUER.withStatus(TestResponder.REVOKED)::answer;
        verdict(check, path);
        answering = request -> null;
        X509Certificate twin = MalleableSignature.otherForm(path.get(0));
        twin.verify(CA.certificate().getPublicKey());

        String judged = verdict(check, List.of(twin, CA.certificate()));

        assertThat(twin).isNotEqualTo(path.get(0));
        assertThat(judged).isEqualTo("REVOKED");
    }

    /** A remembered answer about the same certificate, written in another way, may be older than the hold. */
    @Test
    void aHoldStandsAgainstAGoodAnswerThatIsRemembered() throws Exception {
        OcspCheck check = check(Mode.SOFT);
        List<X509Certificate> path = path("device");
        List<X509Certificate> twin = List.of(MalleableSignature.otherForm(path.get(0)), CA.certificate());
        List<String> verdicts = new ArrayList<>(List.of(verdict(check, path)));
        answering = ISSUER.withStatus(TestResponder.ON_HOLD)::answer;
        verdicts.add(verdict(check, twin));
        verdicts.add(verdict(check, path));

        assertThat(verdicts).containsExactly("let in", "REVOKED", "REVOKED");
    }

    @Test
    void aFailureIsNotRepeatedAtOnce() {
        answering = request -> null;
        OcspCheck check = check(Mode.HARD);
        List<X509Certificate> path = path("device");

        verdict(check, path);
        verdict(check, path);
        assertThat(requests).hasValue(1);
        answering = ISSUER::answer;
        now = now.plusSeconds(11);

        assertThat(verdict(check, path)).isEqualTo("let in");
    }

    @Test
    void oneCertificateIsAskedAboutOnceHoweverManyConnectionsItOpens() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        answering = request -> {
            release.await();
            return ISSUER.answer(request);
        };
        OcspCheck check = check(Mode.HARD);
        List<X509Certificate> path = path("device");
        List<CompletableFuture<String>> verdicts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            verdicts.add(CompletableFuture.supplyAsync(() -> verdict(check, path), serving));
        }
        release.countDown();

        for (CompletableFuture<String> verdict : verdicts) {
            assertThat(verdict.get(20, TimeUnit.SECONDS)).isEqualTo("let in");
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void whoComesWhileTooManyAreAskedAboutIsDecidedAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(64);
        answering = request -> {
            asked.countDown();
            over.await();
            return null;
        };
        OcspCheck check = check(new OcspConfig(Mode.HARD, url("/"), null, Duration.ofSeconds(20)));
        for (int i = 0; i < 64; i++) {
            List<X509Certificate> path = path("held-" + i);
            serving.execute(() -> verdict(check, path));
        }
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(verdict(check, path("late"))).isEqualTo("UNDECIDED");
        assertThat(events).contains("ocsp busy");
    }

    private OcspCheck check(Mode mode) {
        return check(new OcspConfig(mode, url("/"), null, Duration.ofSeconds(20)));
    }

    private OcspCheck check(OcspConfig config) {
        return check(config, List.of());
    }

    private OcspCheck check(OcspConfig config, List<String> hosts) {
        FetchConfig fetch =
                new FetchConfig(hosts, List.of(AddressBlock.parse("127.0.0.1/32")), Duration.ofSeconds(5), HOUR, null);
        return OcspCheck.of(
                "edge", config, fetch, certificate -> true, (oid, parameters) -> true, () -> now, outside, new NoTls());
    }

    private RevocationListener listener() {
        return new RevocationListener() {
            @Override
            public void fetched(String name, Kind kind, Outcome outcome, String detail) {
                events.add(kind.label() + " " + outcome.label());
                details.add(detail);
            }

            @Override
            public void undecided(String name, boolean letIn) {
                events.add(letIn ? "let in" : "refused");
            }
        };
    }

    private static String verdict(OcspCheck check, List<X509Certificate> path) {
        byte[] subject = path.get(0).getSubjectX500Principal().getEncoded();
        Optional<Objection> objection = check.judge(ClientKey.certified(new byte[0], subject, List.of()), path);
        return objection.map(Objection::name).orElse("let in");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + requireNonNull(server).getAddress().getPort() + path;
    }

    private static List<X509Certificate> path(String name) {
        return path(CertificateSpec.client(name));
    }

    private static List<X509Certificate> path(CertificateSpec spec) {
        return List.of(CA.issue(spec).certificate(), CA.certificate());
    }

    private static CertificateSpec delegateSpec() {
        return CertificateSpec.client("Responder").withExtendedKeyUsages(ExtendedKeyUsage.OCSP_SIGNING);
    }

    private static IssuedCertificate responder(CertificateAuthority authority) {
        return authority.issue(delegateSpec());
    }

    private static TestResponder by(IssuedCertificate signer) {
        return TestResponder.of(signer.privateKey(), signer.certificate());
    }

    private static final class NoTls implements UpstreamSecurity {

        @Override
        public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
            throw new AssertionError("https: " + host);
        }

        @Override
        public void close() {}
    }
}
