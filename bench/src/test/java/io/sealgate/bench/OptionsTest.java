package io.sealgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void nothingAskedMeansEverythingInFull() {
        Options options = Options.parse();

        assertThat(options.works()).containsExactly(Work.values());
        assertThat(options.scale()).isEqualTo(Scale.FULL);
        assertThat(Ladder.RUNGS).allMatch(options::wants);
    }

    @Test
    void onlySelectsRowsByGroup() {
        Options options = Options.parse("--only", "put,handshake", "--peers", "nginx");

        assertThat(options.works())
                .containsExactly(Work.PUT, Work.PUT_WITH_MD5, Work.RETURNING_DEVICE, Work.NEW_DEVICES);
        assertThat(options.wants("haproxy")).isFalse();
    }

    @Test
    void misspeltRowIsRefused() {
        assertThatThrownBy(() -> Options.parse("--only", "gte"))
                .hasMessageStartingWith("--only: gte (expected: some of ");
    }

    @Test
    void unknownOptionIsRefused() {
        assertThatThrownBy(() -> Options.parse("--fast")).hasMessage("option: --fast (expected: see --help)");
    }

    @Test
    void optionWithoutItsValueIsRefused() {
        assertThatThrownBy(() -> Options.parse("--rounds")).hasMessage("--rounds: nothing (expected: a value)");
    }

    @Test
    void noRoundsAreRefused() {
        assertThatThrownBy(() -> Options.parse("--rounds", "0")).hasMessage("--rounds: 0 (expected: >= 1)");
    }
}
