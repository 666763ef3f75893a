package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.model.ByteSize;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {

    @Test
    void theLaunchersMemoryIsEnoughForWhatTheDocumentationSays() {
        Capacity capacity = Capacity.of(ByteSize.ofMiB(256), ByteSize.ofMiB(512), List.of(LimitsConfig.defaults()));

        assertThat(capacity).isEqualTo(new Capacity(1638, 504, ByteSize.ofMiB(32)));
    }

    @Test
    void allBodiesTogetherLeaveAFifthOfDirectMemory() {
        LimitsConfig limits = LimitsConfig.defaults();
        long direct = ByteSize.ofMiB(512).bytes();
        Capacity capacity = Capacity.of(ByteSize.ofMiB(256), new ByteSize(direct), List.of(limits));

        assertThat(capacity.bodies() * ExchangeMemory.body(limits)).isLessThanOrEqualTo(direct / 5 * 4);
    }

    @Test
    void howeverLittleMemoryThereIsSomethingCanBeServed() {
        Capacity capacity = Capacity.of(ByteSize.ofMiB(1), ByteSize.ofMiB(1), List.of(LimitsConfig.defaults()));

        assertThat(capacity.exchanges()).isPositive();
        assertThat(capacity.bodies()).isPositive();
    }
}
