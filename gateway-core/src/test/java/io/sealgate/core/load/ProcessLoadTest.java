package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessLoadTest {

    private static final long MEMORY = 1000;

    private final AtomicLong used = new AtomicLong();
    private final RecordedOverload overload = new RecordedOverload();
    private final ProcessLoad load =
            new ProcessLoad(new Capacity(8, 4, ByteSize.ofMiB(8)), used::get, new ByteSize(MEMORY), overload);
    private final ClientLoad greedy = load.clients().enter(certified("a", 1));
    private final ClientLoad other = load.clients().enter(certified("b", 2));

    @Test
    void aClientIsOneHoweverManyCertificatesOfItsNameItHas() {
        assertThat(load.clients().enter(certified("a", 3))).isSameAs(greedy).isNotSameAs(other);
    }

    @Test
    void withoutACertificateAnAddressIsAClient() {
        ClientLoad first = load.clients().enter(anonymous("192.0.2.1"));

        assertThat(load.clients().enter(anonymous("192.0.2.1"))).isSameAs(first);
        assertThat(load.clients().enter(anonymous("192.0.2.2"))).isNotSameAs(first);
        ClientLoad sixth = load.clients().enter(anonymous("2001:db8:0:1::1"));
        assertThat(load.clients().enter(anonymous("2001:db8:0:1:ffff::2"))).isSameAs(sixth);
        assertThat(load.clients().enter(anonymous("2001:db8:0:2::1"))).isNotSameAs(sixth);
    }

    @Test
    void aClientIsForgottenWithItsLastConnection() {
        load.clients().enter(certified("a", 3));
        load.clients().leave(certified("a", 1));
        assertThat(load.clients().enter(certified("a", 4))).isSameAs(greedy);
        load.clients().leave(certified("a", 3));
        load.clients().leave(certified("a", 4));

        assertThat(load.clients().enter(certified("a", 5))).isNotSameAs(greedy);
    }

    @Test
    void aClientThatConnectsAnewStillHasWhatItsExchangesHold() {
        List<ExchangeLoad> running =
                Stream.generate(() -> enter(greedy)).limit(4).toList();
        assertThat(running.get(0).takeBody()).isTrue();
        load.clients().leave(certified("a", 1));

        ClientLoad again = load.clients().enter(certified("a", 2));

        assertThat(again).isSameAs(greedy);
        assertThat(enter(again).isAdmitted()).isFalse();
        running.forEach(ExchangeLoad::end);
        assertThat(enter(again).isAdmitted()).isTrue();
    }

    @Test
    void aClientIsForgottenWithItsLastExchangeIfThatOutlivesItsConnections() {
        ExchangeLoad first = enter(greedy);
        ExchangeLoad last = enter(greedy);
        load.clients().leave(certified("a", 1));
        first.end();
        assertThat(load.clients().size()).isEqualTo(2);

        last.end();

        assertThat(load.clients().size()).isEqualTo(1);
        assertThat(load.clients().enter(certified("a", 2))).isNotSameAs(greedy);
    }

    @Test
    void whoeverHasItsPartIsToldNoAndThenNotEvenThat() {
        for (int i = 0; i < 4; i++) {
            assertThat(enter(greedy).isAdmitted()).isTrue();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(enter(greedy).isAdmitted()).isFalse();
        }

        assertThat(load.enter(greedy)).isNull();

        assertThat(enter(other).isAdmitted()).isTrue();
    }

    @Test
    void whatStandsForManyClientsHasNoShareThatItCouldExceed() {
        ConnectionContext connection = anonymous("192.0.2.1");
        ClientLoad many = load.clients()
                .enter(new ConnectionContext(
                        "edge",
                        connection.clientAddress(),
                        null,
                        connection.identity(),
                        null,
                        connection.client().shared()));
        for (int i = 0; i < 8; i++) {
            assertThat(enter(many).isAdmitted()).isTrue();
        }

        assertThat(enter(other).isAdmitted()).isFalse();
    }

    @Test
    void anExchangeGivesEverythingBackAtOnceAndOnlyOnce() {
        for (int i = 0; i < 20; i++) {
            ExchangeLoad exchange = enter(greedy);
            assertThat(exchange.isAdmitted()).isTrue();
            assertThat(exchange.takeBody()).isTrue();
            assertThat(exchange.takeBody()).isTrue();
            assertThat(exchange.takeDocument(1 << 20)).isTrue();
            exchange.giveDocument(1000);

            exchange.end();
            exchange.end();
        }
        assertThat(List.of(greedy.exchanges.get(), greedy.bodies.get(), greedy.documents.get()))
                .containsOnly(0L);
        assertThat(overload.events()).isEmpty();
    }

    @Test
    void aClientHasHalfOfTheBodiesAndDocuments() {
        ExchangeLoad one = enter(greedy);
        ExchangeLoad two = enter(greedy);
        ExchangeLoad three = enter(greedy);

        assertThat(one.takeBody()).isTrue();
        assertThat(two.takeBody()).isTrue();
        assertThat(three.takeBody()).isFalse();
        assertThat(one.takeDocument(3 << 20)).isTrue();
        assertThat(two.takeDocument(2 << 20)).isFalse();
        assertThat(enter(other).takeBody()).isTrue();
    }

    @Test
    void whatIsNotHeldForWantOfRoomIsTold() {
        VerifyBuffer limits = new VerifyBuffer(new ByteSize(100), new ByteSize(1000));

        assertThat(enter(greedy).takeHeldBody("a", limits, 101)).isFalse();
        assertThat(overload.events())
                .as("of one that is too large for any room")
                .isEmpty();
        assertThat(enter(greedy).takeHeldBody("a", limits, 100)).isTrue();
        assertThat(enter(other).takeHeldBody("b", limits, 100)).isFalse();
        used.set(MEMORY / 10 * 8);
        assertThat(enter(greedy).takeHeldBody("a", limits, 1)).isFalse();

        assertThat(overload.events()).contains("unheld b process", "unheld a memory");
    }

    @Test
    void whileMemoryIsShortEveryClientIsServedOneRequestAtATime() {
        enter(greedy);
        used.set(MEMORY / 10 * 8);

        assertThat(enter(greedy).isAdmitted()).isFalse();
        ExchangeLoad only = enter(other);
        assertThat(only.isAdmitted()).isTrue();
        assertThat(enter(other).isAdmitted()).isFalse();

        only.end();
        assertThat(enter(other).isAdmitted()).isTrue();
        assertThat(load.isOverloaded()).isTrue();
    }

    @Test
    void whenTheReserveIsNearlyGoneNobodyIsServed() {
        used.set(MEMORY / 100 * 96);

        assertThat(enter(other).isAdmitted()).isFalse();
    }

    private ExchangeLoad enter(ClientLoad client) {
        return Objects.requireNonNull(load.enter(client));
    }

    private static ConnectionContext certified(String name, int port) {
        ClientIdentity identity = new ClientIdentity.Certified(
                "CN=" + name, name, List.of(), "1", "CN=ca", "5a" + port, "5b", Instant.MAX, List.of());
        return new ConnectionContext("edge", new InetSocketAddress("192.0.2.9", port), identity, null);
    }

    private static ConnectionContext anonymous(String address) {
        SocketAddress client = new InetSocketAddress(address, 1234);
        return new ConnectionContext("edge", client, new ClientIdentity.Anonymous(), null);
    }
}
