package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When lists are fetched again. */
class RefreshPaceTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource({"PT168H, PT1H", "PT2H, PT1H", "PT1H, PT30M", "PT1M, PT30S", "PT1S, PT5S", "PT0S, PT5S", "PT-1H, PT5S"})
    void listIsFetchedAgainLongBeforeItIsStale(Duration untilNextUpdate, Duration pause) {
        assertThat(new RefreshPace(HOUR, () -> 0).afterSuccess(untilNextUpdate)).isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT10S", "3, PT20S", "7, PT5M20S", "8, PT10M", "1000, PT10M"})
    void eachFailureWaitsLongerUpToTenMinutes(int failures, Duration pause) {
        assertThat(new RefreshPace(HOUR, () -> 0).afterFailures(failures)).isEqualTo(pause);
    }

    @Test
    void gatewaysThatWereStartedTogetherDoNotAskTogether() {
        RefreshPace early = new RefreshPace(HOUR, () -> 1);
        assertThat(early.afterSuccess(HOUR.multipliedBy(9))).isEqualTo(Duration.ofMinutes(54));
        assertThat(early.afterFailures(1)).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void failuresAreNotWaitedForLongerThanTheInterval() {
        assertThat(new RefreshPace(Duration.ofMillis(100), () -> 0).afterFailures(9))
                .isEqualTo(Duration.ofMillis(100));
    }
}
