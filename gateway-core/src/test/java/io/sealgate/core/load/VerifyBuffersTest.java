package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import io.sealgate.core.model.ByteSize;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifyBuffersTest {

    private static final VerifyBuffer LIMITS = new VerifyBuffer(ByteSize.ofKiB(4), ByteSize.ofKiB(10));

    private final VerifyBuffers buffers = new VerifyBuffers(24 * 1024);
    private final AtomicLong one = new AtomicLong();
    private final AtomicLong other = new AtomicLong();

    @Test
    void largerBodiesThanOneMayHaveAreNotHeld() {
        assertThat(buffers.take(one, "a", LIMITS, 4 * 1024)).isTrue();
        assertThat(buffers.take(one, "a", LIMITS, 4 * 1024 + 1)).isFalse();
    }

    @Test
    void oneClientHasNoMoreThanHalfOfWhatARouteHas() {
        assertThat(buffers.take(one, "a", LIMITS, 4096)).isTrue();
        assertThat(buffers.take(one, "a", LIMITS, 1024)).isTrue();
        assertThat(buffers.take(one, "a", LIMITS, 1)).isFalse();
        assertThat(buffers.take(one, "b", LIMITS, 1)).isFalse();
        assertThat(buffers.take(other, "a", LIMITS, 4096)).isTrue();
    }

    @Test
    void noMoreIsHeldThanTheRouteHasRoomFor() {
        assertThat(buffers.take(one, "a", LIMITS, 4096)).isTrue();
        assertThat(buffers.take(other, "a", LIMITS, 4096)).isTrue();
        AtomicLong third = new AtomicLong();
        assertThat(buffers.take(third, "a", LIMITS, 4096)).isFalse();
        assertThat(third).hasValue(0);
        assertThat(buffers.take(third, "a", LIMITS, 2048)).isTrue();
        assertThat(buffers.take(third, "b", LIMITS, 2048)).isTrue();

        buffers.give(one, "a", 4096);

        assertThat(one).hasValue(0);
        assertThat(buffers.take(one, "a", LIMITS, 4096)).isTrue();
    }

    @Test
    void noMoreIsHeldThanTheProcessHasRoomForHoweverManyTheRoutes() {
        for (int i = 0; i < 6; i++) {
            assertThat(buffers.take(new AtomicLong(), "route" + i, LIMITS, 4096))
                    .isTrue();
        }
        assertThat(buffers.take(one, "another", LIMITS, 1)).isFalse();
        assertThat(one).hasValue(0);
    }
}
