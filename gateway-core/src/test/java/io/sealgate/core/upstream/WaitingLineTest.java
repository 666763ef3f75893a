package io.sealgate.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.PoolConfig;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.load.ClientLoad;
import io.sealgate.core.load.Clients;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

    private static final int CONNECTIONS = 4;
    private static final int PLACES = 6;

    private final ClientShares shares = new ClientShares(PoolConfig.defaults(), CONNECTIONS, PLACES);
    private final WaitingLine line = new WaitingLine(PLACES, shares);
    private final ClientLoad greedy = Clients.any();
    private final ClientLoad other = Clients.any();

    @Test
    void aClientHasHalfOfTheConnections() {
        ClientShares.Tenancy first = connect(greedy);
        connect(greedy);

        assertThat(shares.mayConnect(greedy)).isFalse();
        assertThat(shares.mayConnect(other)).isTrue();
        first.end();
        first.end();
        assertThat(shares.mayConnect(greedy)).isTrue();
        connect(greedy);
        assertThat(shares.mayConnect(greedy)).isFalse();
    }

    @Test
    void whoeverHasItsShareIsPassedOver() {
        connect(greedy);
        ClientShares.Tenancy second = connect(greedy);
        Wish early = new Wish(greedy);
        Wish late = new Wish(other);
        line.join(early);
        line.join(late);

        assertThat(line.next()).isSameAs(late);

        assertThat(line.next()).isNull();
        second.end();
        assertThat(line.next()).isSameAs(early);
    }

    @Test
    void aClientHasHalfOfThePlacesInLine() {
        for (int i = 0; i < PLACES / 2; i++) {
            assertThat(line.join(new Wish(greedy))).isTrue();
        }

        assertThat(line.join(new Wish(greedy))).isFalse();

        for (int i = 0; i < PLACES / 2; i++) {
            assertThat(line.join(new Wish(other))).isTrue();
        }
        assertThat(line.join(new Wish(Clients.any()))).isFalse();
    }

    @Test
    void whoLeavesTheLineMakesRoomInIt() {
        Wish leaving = new Wish(greedy);
        line.join(leaving);
        line.join(new Wish(greedy));
        line.join(new Wish(greedy));
        leaving.cancelled = true;

        assertThat(line.join(new Wish(greedy))).isTrue();
    }

    @Test
    void orderIsThatOfArrival() {
        Wish first = new Wish(greedy);
        Wish gone = new Wish(other);
        Wish second = new Wish(other);
        gone.cancelled = true;
        line.join(first);
        line.join(gone);
        line.join(second);

        assertThat(line.next()).isSameAs(first);
        assertThat(line.next()).isSameAs(second);
        assertThat(line.next()).isNull();
    }

    private ClientShares.Tenancy connect(ClientLoad client) {
        ClientShares.Tenancy tenancy = shares.new Tenancy();
        tenancy.begin(client);
        return tenancy;
    }

    private static final class Wish implements UpstreamLease {

        private final ClientLoad client;
        private boolean cancelled;

        Wish(ClientLoad client) {
            this.client = client;
        }

        @Override
        public ClientLoad client() {
            return client;
        }

        @Override
        public void connected(UpstreamConnection connection) {}

        @Override
        public void failed(GatewayError error) {}

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
