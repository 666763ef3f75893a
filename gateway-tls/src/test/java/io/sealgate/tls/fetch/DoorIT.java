package io.sealgate.tls.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.UpstreamSecurity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes through the door, and what servers try in vain. */
class DoorIT {

    private static final int MAX_SIZE = 100_000;
    private static final Duration TIMEOUT = Duration.ofMillis(600);
    private static final ClientKey OWNER = owner(1);
    private static final ClientKey OTHER = owner(2);

    private final FetchThreads threads = new FetchThreads();
    private final CountDownLatch over = new CountDownLatch(1);
    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        server = ScriptedServer.start(ScriptedServer.answer("a list".getBytes(US_ASCII)));
    }

    @AfterEach
    void stop() {
        over.countDown();
        threads.close();
        server.close();
    }

    @Test
    void whatIsThereIsFetched() throws Exception {
        String fetched = fetch(server.url("/ca.crl?a=1"), "127.0.0.1/32");

        assertThat(fetched).isEqualTo("a list");
        assertThat(server.requests()).singleElement().asString().startsWith("GET /ca.crl?a=1 HTTP/1.1\r\n");
    }

    @Test
    void bodyOfManyPiecesIsPutTogether() throws Exception {
        String text = "0123456789".repeat(5_000);
        server.script(out -> {
            ScriptedServer.head(out, "200 OK", "Transfer-Encoding: chunked");
            for (int at = 0; at < text.length(); at += 1000) {
                out.write(("3e8\r\n" + text.substring(at, at + 1000) + "\r\n").getBytes(US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));
        });

        assertThat(fetch(server.url("/"), "127.0.0.1/32")).isEqualTo(text);
    }

    static Stream<Arguments> tricks() {
        return Stream.of(
                trick("REDIRECT", out -> ScriptedServer.head(out, "302 Found", "Location: http://127.0.0.1:1/")),
                trick("STATUS", out -> ScriptedServer.head(out, "404 Not Found", "Content-Length: 0")),
                trick("STATUS", out -> ScriptedServer.head(out, "206 Partial Content", "Content-Length: 0")),
                trick("TOO_LARGE", out -> ScriptedServer.head(out, "200 OK", "Content-Length: 99999999999")),
                trick("TOO_LARGE", out -> {
                    ScriptedServer.head(out, "200 OK");
                    while (true) {
                        out.write(new byte[10_000]);
                    }
                }),
                trick("MALFORMED", out -> out.write("SSH-2.0-OpenSSH_9.6\r\n\r\n".getBytes(US_ASCII))),
                trick(
                        "MALFORMED",
                        out -> ScriptedServer.head(out, "200 OK", "Content-Encoding: gzip", "Content-Length: 0")),
                trick("UNREACHABLE", out -> {
                    ScriptedServer.head(out, "200 OK", "Content-Length: 10");
                    out.write(1);
                }),
                trick("UNREACHABLE", out -> {}));
    }

    private static Arguments trick(String outcome, ScriptedServer.Script script) {
        return Arguments.of(outcome, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void nothingComesOfAnAnswerThatIsNone(String outcome, ScriptedServer.Script script) throws Exception {
        server.script(script);

        assertThat(fetch(server.url("/"), "127.0.0.1/32")).isEqualTo(outcome);
    }

    @Test
    void slowDripEndsWithTheTime() throws Exception {
        server.script(out -> {
            ScriptedServer.head(out, "200 OK", "Content-Length: 1000");
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        });
        long begun = System.nanoTime();

        String fetched = fetch(server.url("/"), "127.0.0.1/32");

        assertThat(fetched).isEqualTo("TIMEOUT");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(TIMEOUT, TIMEOUT.multipliedBy(10));
    }

    @Test
    void slowNameServerEndsWithTheTimeAndHoldsNobodyUp() throws Exception {
        NameResolver slow = host -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
            throw new UnknownHostException(host);
        };
        Door stuck = door(slow, "127.0.0.1/32");
        CompletableFuture<Fetched> waiting = stuck.get(OWNER, stuck.admit("http://localhost/"));

        assertThat(fetch(server.url("/"), "127.0.0.1/32")).isEqualTo("a list");
        assertThat(result(waiting)).isEqualTo("TIMEOUT");
    }

    @Test
    void nameThatLeadsToLoopbackIsNotConnectedTo() throws Exception {
        String url = "http://crl.example.com:" + server.port() + "/";

        assertThat(fetch(url, resolving("127.0.0.1"))).isEqualTo("REFUSED_ADDRESS");
        assertThat(fetch(url, resolving("93.184.216.34", "::1"))).isEqualTo("REFUSED_ADDRESS");
        assertThat(fetch(url, resolving("169.254.169.254"), "10.0.0.0/8")).isEqualTo("REFUSED_ADDRESS");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://127.1:%d/",
                "http://2130706433:%d/",
                "http://localhost:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[64:ff9b::127.0.0.1]:%d/",
                "http://0.0.0.0:%d/",
                "http://169.254.169.254:%d/"
            })
    void addressesOfThisMachineAreRefusedHoweverTheyAreSpelled(String url) throws Exception {
        String fetched = fetch(url.formatted(server.port()));

        assertThat(fetched).isIn("REFUSED_ADDRESS", "REFUSED_HOST", "UNREACHABLE");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theNameIsLookedUpOnceAndTheCheckedAddressDialled() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        NameResolver rebinding = host -> List.of(
                InetAddress.getByAddress(host, new byte[] {127, 0, 0, (byte) (asked.getAndIncrement() == 0 ? 1 : 9)}));

        String fetched = fetch("http://crl.example.com:" + server.port() + "/", rebinding, "127.0.0.1/32");

        assertThat(fetched).isEqualTo("a list");
        assertThat(asked).hasValue(1);
        assertThat(server.requests()).singleElement().asString().contains("host: crl.example.com:" + server.port());
    }

    @Test
    void hostThatIsNotAllowedIsNotEvenLookedUp() throws Exception {
        NameResolver resolver = host -> {
            throw new AssertionError("looked up: " + host);
        };
        Door door = door(resolver);

        assertThat(admitted(door, "http://elsewhere.example.com/")).isEqualTo("REFUSED_HOST");
        assertThat(admitted(door, "ldap://crl.example.com/")).isEqualTo("REFUSED_SCHEME");
    }

    @Test
    void moreThanFourAtATimeWaitForEachOther() throws Exception {
        server.script(out -> {
            TimeUnit.MILLISECONDS.sleep(20); // the server's own slowness
            ScriptedServer.answer("x".getBytes(US_ASCII)).play(out);
        });
        Door door = door(NameResolver.ofThisMachine(), Duration.ofSeconds(20), 4, 256, "127.0.0.1/32");
        List<CompletableFuture<Fetched>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(door.get(OWNER, door.admit(server.url("/" + i))));
        }

        for (CompletableFuture<Fetched> one : all) {
            assertThat(result(one)).isEqualTo("x");
        }
    }

    @Test
    void fetchesForOneOwnerLeaveHalfToOthers() throws Exception {
        server.script(out -> {
            over.await();
            ScriptedServer.answer("x".getBytes(US_ASCII)).play(out);
        });
        Door door = door(NameResolver.ofThisMachine(), Duration.ofSeconds(20), 4, 4, "127.0.0.1/32");
        List<CompletableFuture<Fetched>> own = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            own.add(door.get(OWNER, door.admit(server.url("/" + i))));
        }
        assertThat(own.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(16);
        assertThat(result(own.get(19))).isEqualTo("BUSY");
        CompletableFuture<Fetched> first = door.post(OTHER, door.admit(server.url("/")), "text/plain", new byte[1]);
        CompletableFuture<Fetched> second = door.get(OTHER, door.admit(server.url("/")));
        assertThat(first.isDone() || second.isDone()).as("under way").isFalse();

        over.countDown();

        assertThat(result(first)).isEqualTo("x");
        assertThat(result(second)).isEqualTo("x");
        for (CompletableFuture<Fetched> one : own.subList(0, 4)) {
            assertThat(result(one)).isEqualTo("x");
        }
    }

    private static ClientKey owner(int number) {
        return ClientKey.of(new InetSocketAddress("192.0.2." + number, 1));
    }

    private String fetch(String url, String... allowed) throws Exception {
        return fetch(url, NameResolver.ofThisMachine(), allowed);
    }

    private String fetch(String url, NameResolver resolver, String... allowed) throws Exception {
        Door door = door(resolver, allowed);
        String admitted = admitted(door, url);
        return admitted.isEmpty() ? result(door.get(OWNER, door.admit(url))) : admitted;
    }

    /** Empty, or the outcome. */
    private static String admitted(Door door, String url) {
        try {
            door.admit(url);
            return "";
        } catch (FetchException e) {
            return e.outcome().name();
        }
    }

    private static String result(CompletableFuture<Fetched> answer) throws Exception {
        try {
            return new String(answer.get(20, TimeUnit.SECONDS).stream().readAllBytes(), US_ASCII);
        } catch (ExecutionException e) {
            return ((FetchException) e.getCause()).outcome().name();
        }
    }

    private Door door(NameResolver resolver, String... allowed) throws FetchException {
        return door(resolver, TIMEOUT, 4, 256, allowed);
    }

    private Door door(NameResolver resolver, Duration timeout, int most, int waiting, String... allowed)
            throws FetchException {
        FetchConfig config = new FetchConfig(
                List.of(),
                Stream.of(allowed).map(AddressBlock::parse).toList(),
                timeout,
                Duration.ofHours(1),
                new ByteSize(MAX_SIZE));
        List<FetchTarget> configured = new ArrayList<>();
        for (String host : List.of(
                "127.0.0.1",
                "localhost",
                "crl.example.com",
                "0.0.0.0",
                "169.254.169.254",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::127.0.0.1]")) {
            configured.add(FetchTarget.parse("http://" + host + ":" + server.port() + "/"));
        }
        configured.add(FetchTarget.parse("http://localhost/"));
        return new Door(config, new AllowedHosts(List.of(), configured), resolver, threads, new NoTls(), most, waiting);
    }

    private static NameResolver resolving(String... addresses) {
        return host -> {
            List<InetAddress> all = new ArrayList<>();
            for (String address : addresses) {
                all.add(InetAddress.getByName(address));
            }
            return all;
        };
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
