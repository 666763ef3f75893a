package io.sealgate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String WORK = "GET of 2 GiB";

    @Test
    void ratioComparesMediansAndUnitsDivideThem() {
        assertThat(report().markdown())
                .containsPattern("nginx +\\| 2\\.00 \\(1\\.00–3\\.00\\) +\\| 1\\.00 s/GiB +\\| 1\\.00 ")
                .containsPattern("other +\\| 3\\.00 \\(3\\.00–3\\.00\\) +\\| 1\\.50 s/GiB +\\| 1\\.50 ");
    }

    @Test
    void rungWithoutAProxyShowsOnlyItsPace() {
        assertThat(report().markdown())
                .containsPattern("direct +\\| – +\\| – +\\| – +\\| 5\\.00 \\(5\\.00–5\\.00\\) +\\| – ");
    }

    @Test
    void conditionsAndAbsenteesStandAboveTheTable() {
        assertThat(report().markdown().lines().limit(3))
                .containsExactly("- JDK: 17", "- not run: haproxy: not installed", "");
    }

    @Test
    void everyLineOfTheTableIsEquallyWide() {
        List<String> table =
                report().markdown().lines().filter(line -> line.startsWith("|")).toList();

        assertThat(table).hasSize(5).allSatisfy(line -> assertThat(line).hasSameSizeAs(table.get(0)));
    }

    @Test
    void jsonKeepsEveryRunAndEscapesText() {
        assertThat(Json.write(Map.of("a\"\\\n", List.of(1, 2.5, true))))
                .isEqualTo("{\"a\\\"\\\\\\u000a\": [1,\n2.5,\ntrue]}");
        assertThat(report().json().split("\"round\"", -1)).hasSize(6);
    }

    private static Report report() {
        return new Report(
                Map.of("JDK", "17"),
                List.of(new Report.Row(WORK, "s/GiB", 2)),
                List.of(
                        run("direct", Optional.empty()),
                        run("nginx", Optional.of(1)),
                        run("nginx", Optional.of(3)),
                        run("nginx", Optional.of(2)),
                        run("other", Optional.of(3))),
                Map.of("haproxy", "not installed"));
    }

    private static Measurement run(String rung, Optional<Integer> cpuSeconds) {
        Optional<Duration> cpu = cpuSeconds.map(Duration::ofSeconds);
        return new Measurement(WORK, rung, 1, Duration.ofSeconds(5), cpu, 1 << 20, 2 << 20);
    }
}
