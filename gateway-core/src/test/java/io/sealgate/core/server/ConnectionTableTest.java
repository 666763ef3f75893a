package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.observe.GatewayMetrics;
import io.sealgate.core.spi.ConnectionListener;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTableTest {

    private static final int LIMIT = 60;

    private final AtomicLong now = new AtomicLong(1);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger hints = new AtomicInteger();
    private final GatewayMetrics metrics = new GatewayMetrics(registry);
    private final ConnectionTable table = new ConnectionTable("edge", LIMIT, metrics, now::incrementAndGet);

    @Test
    void silentConnectionsOfOneAddressLeaveHalfToOthers() {
        List<ConnectionSlot> silent = many(LIMIT * 2, 1);

        assertThat(silent.stream().filter(slot -> !slot.isEvicted())).hasSize(LIMIT / 2);
        assertThat(silent.subList(0, LIMIT * 3 / 2)).allMatch(ConnectionSlot::isEvicted);
        assertThat(evicted("handshake", "share")).isEqualTo(LIMIT * 1.5);
    }

    @Test
    void oneClientKeepsItsMostRecentConnectionsHoweverManyItOpens() {
        List<ConnectionSlot> idle = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            idle.add(established(address(i), address(1000)));
        }

        assertThat(idle.subList(0, LIMIT / 2)).allMatch(ConnectionSlot::isEvicted);
        assertThat(idle.subList(LIMIT / 2, LIMIT)).noneMatch(ConnectionSlot::isEvicted);
        assertThat(evicted("idle", "share")).isEqualTo(LIMIT / 2);
    }

    @Test
    void whenFullTheLongestIdleConnectionOfTheClientWithMostGivesWay() {
        List<ConnectionSlot> few = IntStream.range(0, 30)
                .mapToObj(i -> established(address(i), address(i)))
                .toList();
        List<ConnectionSlot> most = IntStream.range(0, 30)
                .mapToObj(i -> established(address(500 + i), address(1000)))
                .toList();
        use(most.get(0));

        assertThat(table.accept(new EmbeddedChannel(), address(2000))).isNotNull();

        assertThat(most.get(1).isEvicted()).isTrue();
        assertThat(most.stream().filter(ConnectionSlot::isEvicted)).hasSize(1);
        assertThat(few).noneMatch(ConnectionSlot::isEvicted);
    }

    @Test
    void aConnectionWithARunningExchangeNeverGivesWay() {
        List<ConnectionSlot> busy = IntStream.range(0, LIMIT)
                .mapToObj(i -> established(address(i), address(i)))
                .toList();
        busy.forEach(slot -> assertThat(slot.beginExchange()).isTrue());

        assertThat(table.accept(new EmbeddedChannel(), address(2000))).isNull();

        assertThat(busy).noneMatch(ConnectionSlot::isEvicted);
        assertThat(registry.get("sealgate.connections.turned.away")
                        .tag("reason", "full")
                        .counter()
                        .count())
                .isEqualTo(1);
        busy.get(7).endExchange(now.incrementAndGet());
        assertThat(table.accept(new EmbeddedChannel(), address(2000))).isNotNull();
        assertThat(busy.get(7).isEvicted()).isTrue();
    }

    @Test
    void anIdleConnectionGivesWayHoweverManyOfTheClientWithMostAreInUse() {
        ConnectionTable large = new ConnectionTable("edge", 2000, metrics, now::incrementAndGet);
        for (int i = 0; i < 1000; i++) {
            ConnectionSlot slot = Objects.requireNonNull(large.accept(new EmbeddedChannel(), address(i)));
            assertThat(large.establish(slot, address(5000))).isTrue();
            assertThat(slot.beginExchange()).isTrue();
        }
        ConnectionSlot idle = Objects.requireNonNull(large.accept(new EmbeddedChannel(), address(0)));
        assertThat(large.establish(idle, address(6000))).isTrue();
        for (int i = 0; i < 999; i++) {
            ConnectionSlot slot = Objects.requireNonNull(large.accept(new EmbeddedChannel(), address(i)));
            assertThat(large.establish(slot, address(7000 + i))).isTrue();
        }

        assertThat(large.accept(new EmbeddedChannel(), address(4000))).isNotNull();

        assertThat(idle.isEvicted()).isTrue();
    }

    @Test
    void noExchangeBeginsOnAConnectionThatHasLostItsPlace() {
        ConnectionSlot slot = established(address(1), address(1));
        IntStream.range(0, LIMIT).forEach(i -> established(address(i + 10), address(i + 10)));

        assertThat(slot.isEvicted()).isTrue();
        assertThat(slot.beginExchange()).isFalse();
    }

    @Test
    void newcomersDoNotOnlyReplaceEachOther() {
        List<ConnectionSlot> idle = IntStream.range(0, LIMIT)
                .mapToObj(i -> established(address(i), address(i)))
                .toList();

        ConnectionSlot first = accept(address(2000));
        ConnectionSlot second = accept(address(2001));

        assertThat(List.of(first, second)).noneMatch(ConnectionSlot::isEvicted);
        assertThat(idle.subList(0, 2)).allMatch(ConnectionSlot::isEvicted);
    }

    @Test
    void handshakesFromEverywhereTakeHalfAtMost() {
        List<ConnectionSlot> idle = IntStream.range(0, LIMIT)
                .mapToObj(i -> established(address(i), address(i)))
                .toList();

        IntStream.range(0, 1000).forEach(i -> accept(address(5000 + i)));

        assertThat(idle.stream().filter(slot -> !slot.isEvicted())).hasSize(LIMIT / 2);
    }

    @Test
    void whoHasNoCertificateTakesNoPlaceFromWhoHasOne() {
        List<ConnectionSlot> certified = IntStream.range(0, LIMIT / 2)
                .mapToObj(i -> established(address(i), certificate(1)))
                .toList();
        for (int i = 0; i < LIMIT * 3; i++) {
            established(address(1000 + i), address(1000 + i));
        }

        assertThat(certified).noneMatch(ConnectionSlot::isEvicted);
        assertThat(evicted("idle", "full")).isEqualTo(LIMIT * 2.5);
    }

    @Test
    void whoHasACertificateTakesThePlaceOfWhoHasNoneFirst() {
        ConnectionSlot certified = established(address(1), certificate(1));
        List<ConnectionSlot> anonymous = IntStream.range(2, LIMIT + 1)
                .mapToObj(i -> established(address(i), address(i)))
                .toList();

        established(address(2000), certificate(2));

        assertThat(certified.isEvicted()).isFalse();
        assertThat(anonymous.get(0).isEvicted()).isTrue();
    }

    @Test
    void aHandshakeThatTakesLongGivesWayFirst() {
        ConnectionSlot slow = accept(address(3000));
        now.addAndGet(TimeUnit.SECONDS.toNanos(3));
        IntStream.range(0, LIMIT - 1).forEach(i -> established(address(i), address(i)));

        accept(address(2000));

        assertThat(slow.isEvicted()).isTrue();
    }

    @Test
    void anAddressOfManyClientsHasNoShareAndGivesWayOnlyWhenFull() {
        ClientKey nat = address(1).shared();
        List<ConnectionSlot> slots =
                IntStream.range(0, LIMIT).mapToObj(i -> accept(nat)).toList();
        assertThat(slots).noneMatch(ConnectionSlot::isEvicted);

        assertThat(table.accept(new EmbeddedChannel(), nat)).isNotNull();

        assertThat(slots.get(0).isEvicted()).isTrue();
        assertThat(evicted("handshake", "full")).isEqualTo(1);
    }

    @Test
    void aConnectionThatEndsLeavesNothingBehind() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ConnectionSlot slot = Objects.requireNonNull(table.accept(channel, address(1)));
        table.establish(slot, address(2));

        table.release(slot);
        table.release(slot);

        assertThat(table.open()).isZero();
        assertThat(many(LIMIT, 1).stream().filter(ConnectionSlot::isEvicted)).hasSize(LIMIT / 2);
    }

    @Test
    void aHandshakeThatEndsAfterItsPlaceWasTakenIsNobodys() {
        ConnectionSlot late = accept(address(1));
        many(LIMIT / 2, 1);

        assertThat(late.isEvicted()).isTrue();
        assertThat(table.establish(late, address(7))).isFalse();
    }

    @Test
    void theHintIsGivenOnceAndOnlyWhileNobodyElseIsThere() {
        ConnectionListener listener = (ConnectionListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConnectionListener.class}, (proxy, method, arguments) -> {
                    hints.addAndGet(method.getName().equals("oneAddressOnly") ? 1 : 0);
                    return null;
                });
        ConnectionTable hinting = new ConnectionTable("edge", 4, listener, now::incrementAndGet);
        ConnectionSlot other = Objects.requireNonNull(hinting.accept(new EmbeddedChannel(), address(2)));
        IntStream.range(0, 5).forEach(i -> hinting.accept(new EmbeddedChannel(), address(1)));
        assertThat(hints).hasValue(0);
        hinting.release(other);

        IntStream.range(0, 5).forEach(i -> hinting.accept(new EmbeddedChannel(), address(1)));

        assertThat(hints).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverHappensNobodyHasMoreThanHalfAndTheListenerNoMoreThanItMay(long seed) {
        Random random = new Random(seed);
        List<ConnectionSlot> open = new ArrayList<>();
        List<ConnectionSlot> busy = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            int what = random.nextInt(10);
            ConnectionSlot any = open.isEmpty() ? null : open.get(random.nextInt(open.size()));
            if (what < 4 || any == null) {
                ConnectionSlot slot = table.accept(new EmbeddedChannel(), address(random.nextInt(12)));
                if (slot != null) {
                    open.add(slot);
                }
            } else if (what < 6) {
                int client = random.nextInt(6);
                table.establish(any, client < 3 ? address(100 + client) : certificate(client));
            } else if (what < 8 && !busy.contains(any) && any.isEstablished && any.beginExchange()) {
                busy.add(any);
            } else if (what == 8 && !busy.isEmpty()) {
                busy.remove(random.nextInt(busy.size())).endExchange(now.incrementAndGet());
            } else if (!busy.contains(any)) {
                table.release(any);
                open.remove(any);
            }
            open.removeIf(slot -> slot.group == null);
            assertThat(table.open()).isEqualTo(open.size()).isLessThanOrEqualTo(LIMIT);
            assertThat(busy).noneMatch(ConnectionSlot::isEvicted);
        }
    }

    private List<ConnectionSlot> many(int count, int address) {
        return IntStream.range(0, count).mapToObj(i -> accept(address(address))).toList();
    }

    private ConnectionSlot accept(ClientKey address) {
        return Objects.requireNonNull(table.accept(new EmbeddedChannel(), address));
    }

    private ConnectionSlot established(ClientKey address, ClientKey client) {
        ConnectionSlot slot = accept(address);
        assertThat(table.establish(slot, client)).isTrue();
        return slot;
    }

    private void use(ConnectionSlot slot) {
        assertThat(slot.beginExchange()).isTrue();
        slot.endExchange(now.incrementAndGet());
    }

    private double evicted(String state, String reason) {
        @Nullable
        Counter counter = registry.find("sealgate.connections.evicted")
                .tags("state", state, "reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static ClientKey certificate(int number) {
        return ClientKey.certified(new byte[0], new byte[] {(byte) number}, List.of());
    }

    private static ClientKey address(int number) {
        return ClientKey.of(new InetSocketAddress("10.0." + number / 256 + "." + number % 256, 1));
    }
}
