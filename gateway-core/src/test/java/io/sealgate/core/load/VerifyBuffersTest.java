package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import io.sealgate.core.model.ByteSize;
import org.junit.jupiter.api.Test;

class VerifyBuffersTest {

    private static final VerifyBuffer LIMITS = new VerifyBuffer(ByteSize.ofKiB(4), ByteSize.ofKiB(10));

    private final VerifyBuffers buffers = new VerifyBuffers();

    @Test
    void largerBodiesThanOneMayHaveAreNotHeld() {
        assertThat(buffers.take("a", LIMITS, 4 * 1024)).isTrue();
        assertThat(buffers.take("a", LIMITS, 4 * 1024 + 1)).isFalse();
    }

    @Test
    void noMoreIsHeldThanThereIsRoomForAndOnlyOfThatRoute() {
        assertThat(buffers.take("a", LIMITS, 4096)).isTrue();
        assertThat(buffers.take("a", LIMITS, 4096)).isTrue();
        assertThat(buffers.take("a", LIMITS, 4096)).isFalse();
        assertThat(buffers.take("a", LIMITS, 2048)).isTrue();
        assertThat(buffers.take("b", LIMITS, 4096)).isTrue();

        buffers.give("a", 4096);

        assertThat(buffers.take("a", LIMITS, 4096)).isTrue();
    }
}
