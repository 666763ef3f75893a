package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway computed is told to clients that can hear it. */
class ProofIT {

    private static final int SMALL = 10_000;
    private static final int LARGE = 1_300_000;
    private static final String PROOF = PeerAnswer.TRAILER + "x-sealgate-crc64";
    private static final Map<String, String> WITH_TRAILERS = Map.of("te", "trailers");

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site);
        ground.store("object-" + SMALL, SMALL);
        ground.store("object-" + LARGE, LARGE);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().faults().clear();
    }

    private static PeerAnswer get(Protocol protocol, String path, Map<String, String> headers) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("GET", path, headers, new byte[0]);
            assertThat(answer.whole()).isTrue();
            return answer;
        }
    }

    private static void streamed() {
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.ChunkedBody());
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void http2ClientsGetItAfterTheBody(int size) throws Exception {
        PeerAnswer answer = get(Protocol.HTTP_2, "/object-" + size, Map.of());
        assertThat(answer.header(PROOF))
                .isEqualTo(answer.header("x-cos-hash-crc64ecma"))
                .isNotNull();
        assertThat(answer.body()).isEqualTo(Ground.bytes(size));
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void http11ClientsGetItBehindChunksIfTheySaySo(int size) throws Exception {
        streamed();
        PeerAnswer answer = get(Protocol.HTTP_1, "/object-" + size, WITH_TRAILERS);
        assertThat(answer.header(PROOF))
                .isEqualTo(answer.header("x-cos-hash-crc64ecma"))
                .isNotNull();
        assertThat(answer.body()).isEqualTo(Ground.bytes(size));
        streamed();
        assertThat(get(Protocol.HTTP_1, "/object-" + size, Map.of()).headers()).doesNotContainKey(PROOF);
    }

    @Test
    void aMessageOfKnownLengthHasNoPlaceForItInHttp11() throws Exception {
        PeerAnswer answer = get(Protocol.HTTP_1, "/object-" + SMALL, WITH_TRAILERS);
        assertThat(answer.header("content-length")).isEqualTo(Integer.toString(SMALL));
        assertThat(answer.headers()).doesNotContainKey(PROOF);
    }

    @Test
    void whatWasNotComputedIsNotTold() throws Exception {
        PeerAnswer answer = get(Protocol.HTTP_2, "/object-" + SMALL, Map.of("range", "bytes=0-9"));
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.headers()).doesNotContainKey(PROOF);
    }
}
