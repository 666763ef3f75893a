package io.sealgate.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.ConnectionContext;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionFieldsTest {

    @Test
    void namesThatAreShortAreWhole() {
        String fields = fields(
                "CN=" + "a".repeat(1000),
                IntStream.range(0, 100).mapToObj(i -> "n" + i + ".example").toList());

        assertThat(fields)
                .contains("\"CN=" + "a".repeat(1000) + '"', "\"n0.example\",", "\"n99.example\"]")
                .doesNotContain("names_left_out");
    }

    @Test
    void namesOfAnyLengthAreALineThatCanBeRead() {
        String fields = fields(
                "CN=" + "a".repeat(100_000),
                IntStream.range(0, 10_000).mapToObj(i -> "n" + i + ".example").toList());

        assertThat(fields)
                .hasSizeLessThan(12_000)
                .contains("\"CN=" + "a".repeat(1021) + "\u2026\"", "\"n300.example\"");
        int shown = fields.split("\\.example", -1).length - 1;
        assertThat(fields).contains("\"sealgate.client.names_left_out\":" + (10_000 - shown));
    }

    @Test
    void aCharacterIsNotCutInTwo() {
        assertThat(LogText.cut("a".repeat(1023) + "\uD83D\uDE00")).isEqualTo("a".repeat(1023) + '\u2026');
        assertThat(LogText.cut("a".repeat(1022) + "\uD83D\uDE00")).isEqualTo("a".repeat(1022) + "\uD83D\uDE00");
    }

    private static String fields(String subject, List<String> names) {
        Certified client = new Certified(
                subject,
                "a",
                names.stream()
                        .map(name -> new SubjectAltName(SubjectAltName.Type.DNS, name))
                        .toList(),
                "01",
                "CN=ca",
                "00",
                "5b",
                Instant.parse("2030-01-01T00:00:00Z"),
                List.of());
        return new ConnectionFields()
                .of(new ConnectionContext("edge", new InetSocketAddress("10.0.0.1", 4711), client, null));
    }
}
