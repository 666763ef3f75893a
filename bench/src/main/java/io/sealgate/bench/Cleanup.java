package io.sealgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Ends in reverse order what a run began, whether it ends well, fails, or is interrupted. Thread-safe: on Ctrl-C the
 * shutdown hook runs beside the main thread, and whatever that one still starts is ended at once.
 */
final class Cleanup implements AutoCloseable {
    private final Deque<AutoCloseable> begun = new ArrayDeque<>();
    private boolean closed;

    static Cleanup alsoAtShutdown() {
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
        return cleanup;
    }

    synchronized <T extends AutoCloseable> T add(T resource) {
        if (closed) {
            end(resource);
            throw new IllegalStateException("run: interrupted");
        }
        begun.push(resource);
        return resource;
    }

    /** A directory of this run, deleted with all it holds at the end. */
    Path temporaryDirectory() throws IOException {
        Path directory = Files.createTempDirectory("sealgate-bench-");
        add(() -> deleteAll(directory));
        return directory;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!begun.isEmpty()) {
            end(begun.pop());
        }
    }

    private static void end(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.err.println("clean-up: " + e);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            found.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
