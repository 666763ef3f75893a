package io.sealgate.bench.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All measurements of a run, as people and as programs want them.
 *
 * @param conditions what must stand above every figure: machine, versions, cipher
 * @param rows the rows in their order, with the unit their CPU time is divided by
 * @param absent the rungs that could not be run, with the reason
 */
public record Report(
        Map<String, String> conditions, List<Row> rows, List<Measurement> measurements, Map<String, String> absent) {
    private static final String YARDSTICK = "nginx";
    private static final String NOTHING = "–";

    public Report {
        rows = List.copyOf(rows);
        measurements = List.copyOf(measurements);
    }

    /**
     * A kind of work.
     *
     * @param units how many units one performance holds
     */
    public record Row(String title, String unit, double units) {}

    public String markdown() {
        StringBuilder text = new StringBuilder();
        conditions.forEach((what, value) ->
                text.append("- ").append(what).append(": ").append(value).append('\n'));
        absent.forEach((rung, reason) -> text.append("- not run: ")
                .append(rung)
                .append(": ")
                .append(reason)
                .append('\n'));
        return text.append('\n').append(table().render()).toString();
    }

    private MarkdownTable table() {
        MarkdownTable table = new MarkdownTable(
                "work", "rung", "proxy CPU s", "per unit", "× nginx", "wall s", "RSS MiB", "peak MiB");
        for (Row row : rows) {
            Optional<Spread> yardstick = cpu(of(row, YARDSTICK));
            for (String rung : rungs()) {
                addRow(table, row, rung, yardstick);
            }
        }
        return table;
    }

    private void addRow(MarkdownTable table, Row row, String rung, Optional<Spread> yardstick) {
        List<Measurement> runs = of(row, rung);
        if (runs.isEmpty()) {
            return;
        }
        Optional<Spread> cpu = cpu(runs);
        table.row(
                row.title(),
                rung,
                cpu.map(Spread::toString).orElse(NOTHING),
                cpu.map(c -> two(c.median() / row.units()) + ' ' + row.unit()).orElse(NOTHING),
                cpu.flatMap(c -> yardstick.map(y -> two(c.median() / y.median())))
                        .orElse(NOTHING),
                spread(runs, run -> seconds(run.wall())).toString(),
                cpu.map(c -> mebibytes(runs, Measurement::resident)).orElse(NOTHING),
                cpu.map(c -> mebibytes(runs, Measurement::peak)).orElse(NOTHING));
    }

    private List<String> rungs() {
        return measurements.stream().map(Measurement::rung).distinct().toList();
    }

    private List<Measurement> of(Row row, String rung) {
        return measurements.stream()
                .filter(each -> each.work().equals(row.title()) && each.rung().equals(rung))
                .toList();
    }

    private static Optional<Spread> cpu(List<Measurement> runs) {
        List<Double> seconds = runs.stream()
                .flatMap(run -> run.cpu().stream())
                .map(Report::seconds)
                .toList();
        return seconds.isEmpty() ? Optional.empty() : Optional.of(Spread.of(seconds));
    }

    private static Spread spread(List<Measurement> runs, Function<Measurement, Double> figure) {
        return Spread.of(runs.stream().map(figure).toList());
    }

    private static String mebibytes(List<Measurement> runs, Function<Measurement, Long> bytes) {
        double median =
                spread(runs, run -> bytes.apply(run) / (double) (1 << 20)).median();
        return String.format(Locale.ROOT, "%.0f", median);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("conditions", conditions);
        document.put("not-run", absent);
        document.put("measurements", measurements.stream().map(Report::fields).collect(Collectors.toList()));
        return Json.write(document) + '\n';
    }

    private static Map<String, Object> fields(Measurement run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("work", run.work());
        fields.put("rung", run.rung());
        fields.put("round", run.round());
        run.cpu().ifPresent(cpu -> fields.put("cpu-seconds", seconds(cpu)));
        fields.put("wall-seconds", seconds(run.wall()));
        fields.put("resident-bytes", run.resident());
        fields.put("peak-bytes", run.peak());
        return fields;
    }
}
