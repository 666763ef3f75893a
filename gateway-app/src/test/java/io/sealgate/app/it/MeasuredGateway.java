package io.sealgate.app.it;

import io.sealgate.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a process of its own, so that its memory can be measured. Linux only: reads {@code /proc}. */
final class MeasuredGateway implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("https?://[^:\\s]+:(\\d+)");

    private final Process process;
    private final Path output;

    private MeasuredGateway(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static boolean isSupported() {
        return Files.isReadable(Path.of("/proc/self/status"));
    }

    /** Runs {@code sealgate run} on {@code configuration} with this test's class path. */
    static MeasuredGateway start(Path configuration, Path output, String... jvmFlags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(jvmFlags));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "-c",
                configuration.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new MeasuredGateway(process, output);
    }

    /** The port of the first address that the ready lines name, that is the listener's. */
    int port() {
        return ready(0);
    }

    /** The port of the management endpoint, which the ready lines name last. */
    int managementPort() {
        return ready(1);
    }

    private int ready(int index) {
        Instant end = Instant.now().plus(START);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            List<Integer> ports = new ArrayList<>();
            Matcher matcher = PORT.matcher(text());
            while (matcher.find()) {
                ports.add(Integer.parseInt(matcher.group(1)));
            }
            if (ports.size() > index) {
                return ports.get(index);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the gateway did not start: " + text());
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory now, in bytes. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new AssertionError("no VmRSS for process " + process.pid());
    }

    /** Netty's count of direct memory, in bytes, as the metrics page has it. */
    long directBytes() throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + managementPort() + "/metrics");
        String metrics = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("sealgate_netty_direct_memory_bytes"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no direct memory gauge in: " + metrics));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
