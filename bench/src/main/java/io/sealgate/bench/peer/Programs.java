package io.sealgate.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Short runs of other programs, for what they say. */
final class Programs {
    private Programs() {}

    /** The first line such a command prints, or empty where it cannot be run or fails. */
    static Optional<String> firstLine(String... command) {
        return lines(command).findFirst();
    }

    /** The lines such a command prints; none where it cannot be run or fails. */
    static Stream<String> lines(String... command) {
        try {
            return run(command).lines();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** All that the command prints on both streams. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(Arrays.toString(command) + ": exit " + exit + " (expected: 0): " + said.strip());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(Arrays.toString(command) + ": interrupted", e);
        }
        return said;
    }
}
