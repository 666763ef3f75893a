package io.sealgate.app.dev;

import io.sealgate.app.OperatorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * {@code sealgate dev --demo}: the whole job on free ports and in a directory that is gone afterwards, step by step, with a ✓ for
 * every promise that was seen to hold.
 */
public final class Demo {

    private final PrintWriter out;

    public Demo(PrintWriter out) {
        this.out = out;
    }

    /** Plays all steps and prints each; true if every one held. */
    public boolean play() throws OperatorException {
        Path directory = temporaryDirectory();
        try (DevSite site = DevSite.start(directory, 0, true)) {
            boolean held = true;
            for (DemoStep step : DemoSteps.of(site)) {
                held &= play(step);
            }
            out.println(held ? "Every step held." : "Some steps failed.");
            out.flush();
            return held;
        } finally {
            delete(directory);
        }
    }

    private boolean play(DemoStep step) {
        String failure = step.play();
        out.println(failure.isEmpty() ? "  ✓ " + step.promise() : "  ✗ " + step.promise() + ": " + failure);
        out.flush();
        return failure.isEmpty();
    }

    private static Path temporaryDirectory() throws OperatorException {
        try {
            return Files.createTempDirectory("sealgate-demo");
        } catch (IOException e) {
            throw new OperatorException("temporary directory: cannot be made: " + e.getMessage(), e);
        }
    }

    private void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            out.println("left behind: " + directory);
        }
    }
}
