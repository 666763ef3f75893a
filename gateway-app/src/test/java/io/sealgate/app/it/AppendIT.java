package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.Device.Call;
import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A piece that was appended is compared, though its origin only says the checksum of the whole; and an innocent origin is never accused. */
class AppendIT {

    private static final RequestMatcher HEAD = RequestMatcher.method("HEAD");
    private static final RequestMatcher GET = RequestMatcher.method("GET");
    private static final RequestMatcher POST = RequestMatcher.method("POST");
    private static final Fault REFUSAL =
            new Fault.EarlyAnswer(403, "AccessDenied", Fault.EarlyAnswer.Then.KEEP_READING);

    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] OTHER = "other".getBytes(UTF_8);
    private static final byte[] WORLD = "world".getBytes(UTF_8);

    @TempDir
    private static Path directory;

    private static Ground signing;
    private static Ground forwarding;

    @BeforeAll
    static void start() throws Exception {
        signing = Ground.start(directory, "signing", 2, site -> site.strictSigning());
        forwarding = Ground.start(directory, "forwarding", 1, site -> site.auth("forward"));
    }

    @AfterAll
    static void stop() {
        signing.close();
        forwarding.close();
    }

    @BeforeEach
    void startAfresh() {
        for (Ground ground : List.of(signing, forwarding)) {
            ground.site().origin().faults().clear();
            ground.site().origin().log().clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPieceIsComparedAndTheOriginIsAskedNothing(Protocol protocol) throws Exception {
        String key = "grown-" + protocol;
        double matched = checks(signing, "outcome=\"matched\"");
        try (Peer peer = signing.connect(protocol)) {
            assertThat(append(peer, key, 0, HELLO).status()).isEqualTo(200);
            assertThat(append(peer, key, 5, WORLD).status()).isEqualTo(200);
            assertThat(append(peer, key, 10, Ground.bytes(2_000_000)).status()).isEqualTo(200);
            assertThat(append(peer, key, 2_000_010, new byte[0]).status()).isEqualTo(200);
        }
        Await.until("checks", () -> checks(signing, "outcome=\"matched\""), now -> now == matched + 4);
        assertThat(asked(signing)).containsExactly("POST", "POST", "POST", "POST");
    }

    @ParameterizedTest
    @EnumSource
    void theOriginIsAskedOnceForWhatIsNotRemembered(Protocol protocol) throws Exception {
        String key = "found-" + protocol;
        double matched = checks(signing, "outcome=\"matched\"");
        double heads = asides("heads", "succeeded");
        signing.site().origin().store().putAppendable(TestSite.BUCKET, key, HELLO);
        try (Peer peer = signing.connect(protocol)) {
            assertThat(append(peer, key, 5, WORLD).status()).isEqualTo(200);
            assertThat(append(peer, key, 10, Ground.bytes(2_000_000)).status()).isEqualTo(200);
        }
        Await.until("checks", () -> checks(signing, "outcome=\"matched\""), now -> now == matched + 2);
        assertThat(asides("heads", "succeeded")).isEqualTo(heads + 1);
        assertThat(asked(signing)).containsExactly("HEAD", "POST", "POST");
    }

    @ParameterizedTest
    @EnumSource
    void aPieceThatIsStoredOtherwiseIsAnError(Protocol protocol) throws Exception {
        String remembered = "remembered-" + protocol;
        String found = "spoilt-" + protocol;
        double mismatched = checks(signing, "outcome=\"mismatched\"");
        double read = asides("readbacks", "succeeded");
        signing.site().origin().store().putAppendable(TestSite.BUCKET, found, HELLO);
        try (Peer peer = signing.connect(protocol)) {
            append(peer, remembered, 0, HELLO);
            signing.site().origin().faults().times(2, POST, new Fault.FlipStoredByte(0));

            Ground.assertOwnError(append(peer, remembered, 5, WORLD), 502, "BadGateway", "integrity");
            Ground.assertOwnError(append(peer, found, 5, Ground.bytes(2_000_000)), 502, "BadGateway", "integrity");
        }
        Await.until("checks", () -> checks(signing, "outcome=\"mismatched\""), now -> now == mismatched + 2);
        assertThat(asides("readbacks", "succeeded")).isEqualTo(read + 2);
    }

    /** What is remembered is then of another object, which the checksum alone cannot tell. */
    @ParameterizedTest
    @EnumSource
    void anObjectThatWasMadeAnewElsewhereIsNoAlarm(Protocol protocol) throws Exception {
        String key = "anew-" + protocol;
        double mismatched = checks(signing, "outcome=\"mismatched\"");
        try (Peer peer = signing.connect(protocol)) {
            append(peer, key, 0, HELLO);
            signing.site().origin().store().putAppendable(TestSite.BUCKET, key, OTHER);

            assertThat(append(peer, key, 5, WORLD).status()).isEqualTo(200);
            assertThat(append(peer, key, 10, WORLD).status()).isEqualTo(200);
        }
        assertThat(signing.stored(key)).isEqualTo("otherworldworld".getBytes(UTF_8));
        assertThat(asked(signing)).containsExactly("POST", "POST", "GET", "HEAD", "POST");
        assertThat(checks(signing, "outcome=\"mismatched\"")).isEqualTo(mismatched);
    }

    /** What cannot be read back cannot be cleared up, and then the client is told. */
    @ParameterizedTest
    @EnumSource
    void aDoubtThatCannotBeClearedUpIsAnError(Protocol protocol) throws Exception {
        String key = "doubtful-" + protocol;
        double failed = asides("readbacks", "failed");
        try (Peer peer = signing.connect(protocol)) {
            append(peer, key, 0, HELLO);
            signing.site()
                    .origin()
                    .faults()
                    .next(POST, new Fault.WrongCrcHeader())
                    .next(GET, REFUSAL);

            Ground.assertOwnError(append(peer, key, 5, WORLD), 502, "BadGateway", "integrity");
        }
        Await.until("read backs", () -> asides("readbacks", "failed"), now -> now == failed + 1);
    }

    @ParameterizedTest
    @EnumSource
    void whereTheOriginMayNotBeAskedTheUploadGoesOn(Protocol protocol) throws Exception {
        for (Fault fault : List.of(REFUSAL, new Fault.DropBeforeResponse())) {
            String key = "unasked-" + protocol + fault.getClass().getSimpleName();
            double unchecked = checks(signing, "reason=\"head-failed\"");
            signing.site().origin().store().putAppendable(TestSite.BUCKET, key, HELLO);
            signing.site().origin().faults().times(2, HEAD, fault); // the second time on a fresh connection
            try (Peer peer = signing.connect(protocol)) {
                assertThat(append(peer, key, 5, WORLD).status()).isEqualTo(200);
            }
            Await.until("checks", () -> checks(signing, "reason=\"head-failed\""), now -> now == unchecked + 1);
            assertThat(signing.stored(key)).isEqualTo("helloworld".getBytes(UTF_8));
            signing.site().origin().faults().clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheOriginRefusesIsItsOwnAffair(Protocol protocol) throws Exception {
        String key = "refused-" + protocol;
        signing.site().origin().store().putAppendable(TestSite.BUCKET, key, HELLO);
        try (Peer peer = signing.connect(protocol)) {
            PeerAnswer answer = append(peer, key, 3, WORLD);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.header("x-sealgate-error")).isNull();
        }
        assertThat(signing.stored(key)).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void anOriginThatDoesNotSayAnythingHoldsTheUploadUpForFiveSeconds(Protocol protocol) throws Exception {
        String key = "stalled-" + protocol;
        signing.site().origin().store().putAppendable(TestSite.BUCKET, key, HELLO);
        signing.site().origin().faults().next(HEAD, new Fault.Stall());
        try (Peer peer = signing.connect(protocol)) {
            assertThat(append(peer, key, 5, WORLD).status()).isEqualTo(200);
        }
        assertThat(signing.stored(key)).isEqualTo("helloworld".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/1.1", "h2"})
    void whereTheClientSignsOnlyWhatIsRememberedIsCompared(String protocol) throws Exception {
        String key = "/signed-" + protocol.replace('/', '-');
        double matched = checks(forwarding, "outcome=\"matched\"");
        double unknown = checks(forwarding, "reason=\"appended\"");
        try (OkHttpDevice device = OkHttpDevice.signing(forwarding.site(), protocol, DeviceSigner.accepted())) {
            assertThat(append(device, key, 0, HELLO)).isEqualTo(200);
            assertThat(append(device, key, 5, WORLD)).isEqualTo(200);
            forwarding.site().origin().store().putAppendable(TestSite.BUCKET, key.substring(1), WORLD);
            assertThat(append(device, key, 5, HELLO)).isEqualTo(200);
            forwarding.site().origin().faults().next(POST, new Fault.FlipStoredByte(0));
            assertThat(append(device, key, 10, WORLD)).isEqualTo(502);
        }
        Await.until("checks", () -> checks(forwarding, "outcome=\"matched\""), now -> now == matched + 2);
        assertThat(checks(forwarding, "reason=\"appended\"")).isEqualTo(unknown + 1);
        assertThat(asked(forwarding)).containsOnly("POST");
    }

    private static int append(OkHttpDevice device, String path, long position, byte[] piece) throws Exception {
        return device.send(
                        Call.of("POST", path + "?append&position=" + position).body(piece))
                .status();
    }

    private static PeerAnswer append(Peer peer, String key, long position, byte[] piece) throws Exception {
        return peer.exchange(
                "POST",
                "/" + key + "?append&position=" + position,
                Map.of("content-length", Integer.toString(piece.length)),
                piece);
    }

    private static List<String> asked(Ground ground) {
        return ground.site().origin().log().requests().stream()
                .map(LoggedRequest::method)
                .toList();
    }

    private static double checks(Ground ground, String label) throws Exception {
        return ground.metric("sealgate_integrity_checks_total", "direction=\"upload\"", "algorithm=\"crc64\"", label);
    }

    private static double asides(String name, String outcome) throws Exception {
        return signing.metric("sealgate_integrity_" + name + "_total", "outcome=\"" + outcome + '"');
    }
}
