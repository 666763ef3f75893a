package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.app.OperatorException;
import io.sealgate.core.observe.AccessLog;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener on a unix socket serves whoever the file's permissions let in, and takes nobody else's place. */
@Timeout(120)
class UnixSocketIT {

    @TempDir
    private Path directory;

    private Path socket;

    @BeforeEach
    void choosePath() {
        socket = directory.resolve("app.sock");
    }

    private TestSite start(String transport) throws Exception {
        return TestSite.in(Files.createDirectory(directory.resolve("site")))
                .transport(transport)
                .moreListeners("  - {name: local, bind: 'unix:../app.sock', tls: none}")
                .routes("""
                          - name: everything
                            match: {hosts: [localhost]}
                            clients: {anonymous: allow}
                            origin: cos
                            operations: [all]
                        """)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void anApplicationOnTheSameMachineIsServed(String transport) throws Exception {
        byte[] object = Ground.bytes(3_000_000);
        try (TestSite site = start(transport);
                LogLines access = LogLines.of(AccessLog.LOGGER);
                Peer application = Http1Peer.over(PlainWire.unix(socket))) {
            Map<String, String> length = Map.of("content-length", String.valueOf(object.length));
            assertThat(application.exchange("PUT", "/object", length, object).status())
                    .isEqualTo(200);
            assertThat(application.get("/object").body()).isEqualTo(object);
            assertThat(site.origin()
                            .store()
                            .find(TestSite.BUCKET, "object")
                            .orElseThrow()
                            .bytes())
                    .isEqualTo(object);
            assertThat(access.await("\"http.request.method\":\"GET\""))
                    .contains("\"client.address\":\"" + socket + '"', "\"sealgate.listener\":\"local\"")
                    .doesNotContain("client.port");
        }
    }

    /** The answer to an upload that is refused in the middle comes through although the upload is never finished. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void aRefusalReachesAnApplicationThatIsStillSending(String transport) throws Exception {
        try (TestSite site = start(transport);
                Peer application = Http1Peer.over(PlainWire.unix(socket))) {
            application.head("PUT", "/a/%2e%2e/b", Map.of("content-length", "50000000"), true);
            application.body(Ground.bytes(1_000_000), false);
            assertThat(application.answer().status()).isEqualTo(400);
            assertThat(site.origin().log().requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void theFileIsForUserAndGroupAndGoneAtTheEnd(String transport) throws Exception {
        try (TestSite site = start(transport)) {
            assertThat(site.gateway()).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-rw----");
        }
        assertThat(socket).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void whatADeadProcessLeftBehindIsNotInTheWay(String transport) throws Exception {
        listen().close();
        assertThat(socket).exists();
        try (TestSite site = start(transport);
                Peer application = Http1Peer.over(PlainWire.unix(socket))) {
            assertThat(site.gateway()).isNotNull();
            assertThat(application.get("/none").status()).isEqualTo(404);
        }
    }

    @Test
    void aSocketThatSomebodyListensOnIsLeftAlone() throws Exception {
        try (ServerSocketChannel other = listen()) {
            assertThatThrownBy(() -> start("auto"))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("listener local: " + socket + " cannot be bound: socket: ")
                    .hasMessageContaining("(expected: one that no other process listens on)");
            assertThat(socket).exists();
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws Exception {
        Files.writeString(socket, "precious");
        assertThatThrownBy(() -> start("auto"))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("(expected: nothing, or a socket)");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path elsewhere = directory.resolve("elsewhere.sock");
        Files.createSymbolicLink(socket, elsewhere);
        assertThatThrownBy(() -> start("auto"))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("(expected: nothing, or a socket)");
        assertThat(Files.isSymbolicLink(socket)).isTrue();
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }
}
