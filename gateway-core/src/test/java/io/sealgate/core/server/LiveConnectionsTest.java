package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.observe.GatewayMetrics;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.Standing;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose connections are ended when trust changes, and how. */
class LiveConnectionsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("192.0.2.1", 4711);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> revoked = new HashSet<>();
    private Instant now = NOW;

    private LiveConnections live(Ending ending) {
        return new LiveConnections("edge", ending, new GatewayMetrics(registry), () -> now);
    }

    private Standing standing(String device) {
        return () -> revoked.contains(device) ? HandshakeRefusal.REVOKED : null;
    }

    private static ClientIdentity.Certified client(Instant notAfter) {
        return new ClientIdentity.Certified(
                "CN=device", "device", List.of(), "1", "CN=ca", "00", "00", notAfter, List.of());
    }

    private Tenure enter(LiveConnections live, Peer peer, String device) {
        return live.enter(peer.channel, ADDRESS, client(NOW.plusSeconds(3600)), standing(device), live.latestReview());
    }

    private double ended(String reason) {
        return registry.counter("sealgate.connections.ended", "listener", "edge", "reason", reason)
                .count();
    }

    @Test
    void aReviewEndsExactlyThoseWhoWouldNotBeLetInAnyMore() {
        LiveConnections live = live(new Ending(DEADLINE));
        Peer good = new Peer();
        Peer bad = new Peer();
        Tenure stays = enter(live, good, "good");
        Tenure goes = enter(live, bad, "bad");
        revoked.add("bad");

        live.review();

        assertThat(goes.isOver()).isTrue();
        assertThat(stays.isOver()).isFalse();
        assertThat(bad.events()).containsExactly(DrainEvent.INSTANCE);
        assertThat(good.events()).isEmpty();
        assertThat(ended("revoked")).isEqualTo(1);
    }

    /** As in a handshake: what cannot be judged is not let in, and is no reason to keep others. */
    @Test
    void whoCannotBeJudgedHasToGoAndKeepsNobodyElse() {
        LiveConnections live = live(new Ending(DEADLINE));
        List<Tenure> bad = new ArrayList<>();
        List<Tenure> strange = new ArrayList<>();
        for (int i = 0; i < 5; i++) { // whatever the order
            bad.add(enter(live, new Peer(), "bad"));
            Standing broken = () -> {
                throw new IllegalStateException("no judge");
            };
            strange.add(live.enter(
                    new Peer().channel, ADDRESS, client(NOW.plusSeconds(3600)), broken, live.latestReview()));
        }
        Tenure good = enter(live, new Peer(), "good");
        revoked.add("bad");

        live.review();

        assertThat(bad).allMatch(Tenure::isOver);
        assertThat(strange).allMatch(Tenure::isOver);
        assertThat(good.isOver()).isFalse();
        assertThat(ended("other")).isEqualTo(5);
    }

    @Test
    void aConnectionIsEndedOnce() {
        LiveConnections live = live(new Ending(DEADLINE));
        Peer peer = new Peer();
        enter(live, peer, "bad");
        revoked.add("bad");

        live.review();
        live.review();

        assertThat(peer.events()).hasSize(1);
        assertThat(ended("revoked")).isEqualTo(1);
    }

    @Test
    void whatRunsIsCutOffAtTheDeadlineAndNotBefore() {
        LiveConnections live = live(new Ending(DEADLINE));
        Peer peer = new Peer();
        enter(live, peer, "bad");
        revoked.add("bad");
        live.review();

        peer.pass(DEADLINE.minusSeconds(1));
        boolean openBefore = peer.channel.isOpen();
        peer.pass(Duration.ofSeconds(2));

        assertThat(openBefore).isTrue();
        assertThat(peer.channel.isOpen()).isFalse();
    }

    @Test
    void withoutADeadlineItIsCutOffAtOnce() {
        LiveConnections live = live(Ending.AT_ONCE);
        Peer peer = new Peer();
        enter(live, peer, "bad");
        revoked.add("bad");

        live.review();

        peer.channel.runPendingTasks();
        assertThat(peer.channel.isOpen()).isFalse();
    }

    @Test
    void whoShookHandsDuringAReviewIsJudgedAfterIt() {
        LiveConnections live = live(new Ending(DEADLINE));
        int before = live.latestReview();
        revoked.add("bad");
        live.review();

        Tenure late = live.enter(new Peer().channel, ADDRESS, client(NOW.plusSeconds(1)), standing("bad"), before);

        assertThat(late.isOver()).isTrue();
    }

    @Test
    void noExchangeBeginsAfterTheCertificatesLastMoment() {
        LiveConnections live = live(new Ending(DEADLINE));
        Tenure tenure = live.enter(new Peer().channel, ADDRESS, client(NOW), standing("good"), live.latestReview());

        boolean overAtItsEnd = tenure.isOver();
        now = NOW.plusMillis(1);

        assertThat(overAtItsEnd).isFalse();
        assertThat(tenure.isOver()).isTrue();
    }

    @Test
    void whoseCaEndsIsJudgedAgainWhenItHasAndNotBefore() {
        LiveConnections live = live(new Ending(DEADLINE));
        Peer peer = new Peer();
        List<Instant> judged = new ArrayList<>();
        Standing standing = new Standing() {
            @Override
            public @Nullable HandshakeRefusal judge() {
                judged.add(now);
                return judged.size() < 2 ? null : HandshakeRefusal.EXPIRED;
            }

            @Override
            public long holdsUntil(long from) {
                long one = NOW.plusSeconds(5).toEpochMilli();
                long other = NOW.plusSeconds(9).toEpochMilli();
                return from <= one ? one : from <= other ? other : Long.MAX_VALUE;
            }
        };
        live.enter(peer.channel, ADDRESS, client(NOW.plusSeconds(3600)), standing, live.latestReview());

        for (int i = 0; i <= 20; i++) {
            now = NOW.plusSeconds(i);
            live.reviewDue();
        }

        assertThat(judged).containsExactly(NOW.plusSeconds(6), NOW.plusSeconds(10));
        assertThat(ended("expired")).isEqualTo(1);
    }

    @Test
    void connectionsOfExpiredCertificatesAreEnded() {
        LiveConnections live = live(new Ending(DEADLINE));
        Peer peer = new Peer();
        live.enter(peer.channel, ADDRESS, client(NOW), standing("good"), live.latestReview());
        now = NOW.plusSeconds(1);

        live.endExpired();

        assertThat(peer.events()).containsExactly(DrainEvent.INSTANCE);
        assertThat(ended("expired")).isEqualTo(1);
    }

    @Test
    void aConnectionThatEndedByItselfIsForgotten() {
        LiveConnections live = live(new Ending(DEADLINE));
        Peer peer = new Peer();
        enter(live, peer, "bad");
        peer.channel.close();
        revoked.add("bad");

        live.review();

        assertThat(ended("revoked")).isZero();
    }

    /** A connection that remembers what it was told. */
    private static final class Peer {

        private final List<Object> events = new ArrayList<>();
        private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }
        });

        List<Object> events() {
            channel.runPendingTasks();
            return events;
        }

        void pass(Duration time) {
            channel.runPendingTasks();
            channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
