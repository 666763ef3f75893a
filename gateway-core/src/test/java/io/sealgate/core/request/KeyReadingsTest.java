package io.sealgate.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReadingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a/", "a+b", "a b", "a\\b", "中/b"})
    void keyWithoutEmptySegmentsHasOneReading(String key) {
        KeyReadings readings = KeyReadings.of(key);

        assertThat(readings.others()).isEmpty();
        assertThat(readings.all()).containsExactly(key);
    }

    @ParameterizedTest
    @CsvSource({"a//b, a/b", "a//, a/", "a////b///c/d//, a/b/c/d/"})
    void slashesMayBeMerged(String key, String merged) {
        assertThat(KeyReadings.of(key)).isEqualTo(new KeyReadings(key, List.of(merged)));
    }

    @Test
    void rawPlusMayBeASpaceAndSlashesMayBeMergedAsWell() {
        assertThat(KeyReadings.ofRaw("a//b+c", "a//b c").all())
                .containsExactlyInAnyOrder("a//b+c", "a//b c", "a/b+c", "a/b c")
                .startsWith("a//b+c");
        assertThat(KeyReadings.ofRaw("b+c", "b c").others()).containsExactly("b c");
    }

    @ParameterizedTest
    @CsvSource({"/, ''", "/a, a", "a//b, a/b"})
    void prefixMayLoseItsLeadingSlash(String prefix, String reading) {
        assertThat(KeyReadings.ofPrefix(prefix, prefix).others()).containsExactly(reading);
    }

    @Test
    void prefixMayLoseAllOfItsLeadingSlashes() {
        assertThat(KeyReadings.ofPrefix("//a", "//a").others()).containsExactlyInAnyOrder("/a", "a");
    }
}
