package io.sealgate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, with this test's class path. */
public final class GatewayProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private GatewayProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
    }

    public static GatewayProcess start(Path directory, String... arguments) throws IOException {
        return start(directory, List.of(), arguments);
    }

    /** The same with more options for the JVM. */
    public static GatewayProcess start(Path directory, List<String> jvmOptions, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile=classpath:log4j2.xml",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.add("io.sealgate.app.Main");
        command.addAll(List.of(arguments));
        return new GatewayProcess(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** Reads output until a line contains {@code text}, and returns that line. */
    public String awaitLine(String text) throws Exception {
        List<String> seen = new ArrayList<>();
        return CompletableFuture.supplyAsync(() -> output.lines()
                        .peek(seen::add)
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no line with " + text + " in " + seen)))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process: still running");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
