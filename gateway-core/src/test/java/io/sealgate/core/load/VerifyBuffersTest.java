package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.spi.OverloadListener.Room;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifyBuffersTest {

    private static final VerifyBuffer LIMITS = new VerifyBuffer(ByteSize.ofKiB(4), ByteSize.ofKiB(10));

    private final VerifyBuffers buffers = new VerifyBuffers(24 * 1024);
    private final AtomicLong one = new AtomicLong();
    private final AtomicLong other = new AtomicLong();

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
        AtomicLong third = new AtomicLong();
        assertThat(buffers.take(third, "a", LIMITS, 4096)).isEqualTo(Room.ROUTE);
        assertThat(third).hasValue(0);
        assertThat(buffers.take(third, "a", LIMITS, 2048)).isNull();
        assertThat(buffers.take(third, "b", LIMITS, 2048)).isNull();

        buffers.give(one, "a", 4096);

        assertThat(one).hasValue(0);
        assertThat(buffers.take(one, "a", LIMITS, 4096)).isNull();
    }

    @Test
    void noMoreIsHeldThanTheProcessHasRoomForHoweverManyTheRoutes() {
        for (int i = 0; i < 6; i++) {
            assertThat(buffers.take(new AtomicLong(), "route" + i, LIMITS, 4096))
                    .isNull();
        }
        assertThat(buffers.take(one, "another", LIMITS, 1)).isEqualTo(Room.PROCESS);
        assertThat(one).hasValue(0);
    }
}
