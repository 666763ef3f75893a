package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.LimitsConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileBudgetTest {

    @ParameterizedTest
    @CsvSource({
        "65536, 256, 10000, 100, 10000, 100",
        "10868, 256, 10000, 100, 10000, 100",
        "10867, 256, 10000, 100, 9999, 99",
        "4096, 256, 10000, 10000, 1664, 1664",
        "4096, 256, 9000, 1000, 2995, 332",
        "1024, 256, 10000, 10000, 256, 256",
        "256, 1024, 10000, 1, 127, 1",
        "2147483647, 256, 10000, 10000, 10000, 10000"
    })
    void listenersGrantNoMoreThanThereAreFilesFor(
            long files, long origins, int one, int other, int affordableOne, int affordableOther) {
        LimitsConfig first = LimitsConfig.defaults().withConnections(one);
        LimitsConfig second = LimitsConfig.defaults().withConnections(other);

        FileBudget budget = FileBudget.of(files, origins, List.of(first, second));

        assertThat(budget.affordable(first).connections()).isEqualTo(affordableOne);
        assertThat(budget.affordable(second).connections()).isEqualTo(affordableOther);
    }
}
