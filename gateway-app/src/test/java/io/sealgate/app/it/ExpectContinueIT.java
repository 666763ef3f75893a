package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code Expect: 100-continue} (RFC 9110 §10.1.1): leave to send is given once, and only when the body has somewhere to go. */
class ExpectContinueIT {

    /** More than is held until it is whole, before an origin hears of it. */
    private static final int LENGTH = 1_100_000;

    private static final Map<String, String> EXPECTING =
            Map.of("content-length", Integer.toString(LENGTH), "expect", "100-continue");

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site.routes("""
                          - name: readable
                            match: {hosts: [localhost], path: /readable/**}
                            origin: cos
                            operations: [read]
                          - name: everything
                            match: {hosts: [localhost]}
                            origin: cos
                            operations: [all]
                        """));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
        ground.site().origin().faults().clear();
    }

    @ParameterizedTest
    @EnumSource
    void leaveIsGivenOnce(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            peer.head("PUT", "/expected", EXPECTING, true);
            LoggedRequest seen = ground.site().origin().log().await(request -> true, TlsSocket.PATIENCE);
            assertThat(seen.headers().contains("expect")).isFalse();
            peer.body(Ground.bytes(LENGTH), true);
            PeerAnswer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.interims()).containsExactly(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaveIsGivenOnceThoughTheOriginNeedsTwoTries(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            peer.get("/probe");
            ground.site().origin().faults().next(RequestMatcher.method("PUT"), new Fault.CloseReused());
            peer.head("PUT", "/expected-twice", EXPECTING, true);
            ground.site()
                    .origin()
                    .log()
                    .awaitAll(
                            all -> all.stream()
                                            .filter(each -> each.method().equals("PUT"))
                                            .count()
                                    == 2,
                            TlsSocket.PATIENCE);
            peer.body(Ground.bytes(LENGTH), true);
            PeerAnswer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.interims()).containsExactly(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsRefusedIsNotAskedForABody(Protocol protocol) throws Exception {
        long opened = ground.site().origin().log().connectionsOpened();
        try (Peer peer = ground.connect(protocol)) {
            peer.head("PUT", "/readable/x", EXPECTING, true);
            PeerAnswer answer = peer.answer();
            assertThat(answer.status()).as(answer.text()).isIn(403, 405);
            assertThat(answer.interims()).isEmpty();
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
        assertThat(ground.site().origin().log().connectionsOpened()).isEqualTo(opened);
    }

    /** Such a client may go on with its next request, whose bytes must not be taken for the body that it held back. */
    @Test
    void aRefusalEndsAConnectionWhoseBodyMayNeverCome() throws Exception {
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.head("PUT", "/readable/x", EXPECTING, true);
            assertThat(peer.answer().header("connection")).isEqualTo("close");
            peer.head("GET", "/probe", Map.of(), false);
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterimAnswerOfTheOriginsIsNotPassedOn(Protocol protocol) throws Exception {
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.Interim(100));
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("PUT", "/interim", EXPECTING, Ground.bytes(LENGTH));
            assertThat(answer.interims()).isEqualTo(List.of(100));
        }
    }
}
