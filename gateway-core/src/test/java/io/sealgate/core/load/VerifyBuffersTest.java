package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.OverloadListener.Room;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class VerifyBuffersTest {

    private static final VerifyBuffer LIMITS = new VerifyBuffer(ByteSize.ofKiB(4), ByteSize.ofKiB(10));

    private final VerifyBuffers buffers = new VerifyBuffers(24 * 1024);
    private final ClientLoad one = client("192.0.2.1");
    private final ClientLoad other = client("192.0.2.2");

    @Test
    void oneClientHasNoMoreThanHalfOfWhatARouteHas() {
        assertThat(buffers.take(one, "a", LIMITS, 4096)).isNull();
        assertThat(buffers.take(one, "a", LIMITS, 1024)).isNull();
        assertThat(buffers.take(one, "a", LIMITS, 1)).isEqualTo(Room.CLIENT);
        assertThat(buffers.take(one, "b", LIMITS, 1)).isEqualTo(Room.CLIENT);
        assertThat(buffers.take(other, "a", LIMITS, 4096)).isNull();
    }

    @Test
    void noMoreIsHeldThanTheRouteHasRoomFor() {
        assertThat(buffers.take(one, "a", LIMITS, 4096)).isNull();
        assertThat(buffers.take(other, "a", LIMITS, 4096)).isNull();
        ClientLoad third = client("192.0.2.3");
        assertThat(buffers.take(third, "a", LIMITS, 4096)).isEqualTo(Room.ROUTE);
        assertThat(third.held).hasValue(0);
        assertThat(buffers.take(third, "a", LIMITS, 2048)).isNull();
        assertThat(buffers.take(third, "b", LIMITS, 2048)).isNull();

        buffers.give(one.held, "a", 4096);

        assertThat(one.held).hasValue(0);
        assertThat(buffers.take(one, "a", LIMITS, 4096)).isNull();
    }

    @Test
    void noMoreIsHeldThanTheProcessHasRoomForHoweverManyTheRoutes() {
        for (int i = 0; i < 6; i++) {
            assertThat(buffers.take(client("192.0.2." + i), "route" + i, LIMITS, 4096))
                    .isNull();
        }
        assertThat(buffers.take(one, "another", LIMITS, 1)).isEqualTo(Room.PROCESS);
        assertThat(one.held).hasValue(0);
    }

    @Test
    void oneClientHasNoMoreThanHalfOfTheProcessHoweverMuchTheRouteMayHave() {
        VerifyBuffer vast = new VerifyBuffer(ByteSize.ofKiB(4), ByteSize.ofMiB(1));
        for (int i = 0; i < 3; i++) {
            assertThat(buffers.take(one, "a", vast, 4096)).isNull();
        }
        assertThat(buffers.take(one, "a", vast, 4096)).isEqualTo(Room.CLIENT);
        assertThat(buffers.take(one, "b", vast, 1)).isEqualTo(Room.CLIENT);
        assertThat(buffers.take(other, "a", vast, 4096)).isNull();
    }

    @Test
    void whatStandsForManyClientsMayHaveAllThatTheRouteHas() {
        ClientLoad many = new ClientLoad(
                ClientKey.of(new InetSocketAddress("192.0.2.1", 1)).shared());
        assertThat(buffers.take(many, "a", LIMITS, 4096)).isNull();
        assertThat(buffers.take(many, "a", LIMITS, 4096)).isNull();
        assertThat(buffers.take(many, "a", LIMITS, 2048)).isNull();
    }

    private static ClientLoad client(String address) {
        return new ClientLoad(ClientKey.of(new InetSocketAddress(address, 1)));
    }
}
