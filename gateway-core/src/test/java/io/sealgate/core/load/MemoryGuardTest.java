package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ByteSize;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {

    private final RecordedOverload overload = new RecordedOverload();
    private final AtomicLong used = new AtomicLong();
    private final MemoryGuard guard = new MemoryGuard(used::get, new ByteSize(1000), overload);

    @Test
    void memoryIsShortFromTheHighMarkUntilBelowTheLowMark() {
        assertThat(shortAt(799)).isFalse();
        assertThat(shortAt(800)).isTrue();
        assertThat(shortAt(750)).isTrue();
        assertThat(shortAt(700)).isTrue();
        assertThat(shortAt(699)).isFalse();
        assertThat(shortAt(750)).isFalse();
    }

    @Test
    void everyShortageIsToldOnceAtItsBeginningAndOnceAtItsEnd() {
        shortAt(900);
        shortAt(950);
        shortAt(100);
        shortAt(100);
        shortAt(900);

        assertThat(overload.events())
                .containsExactly("began direct-memory", "ended direct-memory", "began direct-memory");
    }

    private boolean shortAt(long bytes) {
        used.set(bytes);
        return guard.isShort();
    }
}
