package io.sealgate.app.config;

import io.sealgate.core.clients.FingerprintFiles;
import io.sealgate.core.clients.Fingerprints;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.ReadableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads lists of fingerprints from files, once. */
public final class FingerprintLists implements FingerprintFiles {

    /** Enough for a million certificates. */
    private static final long MAX_BYTES = 128L << 20;

    @Override
    public Optional<Supplier<Fingerprints>> open(Path file, Problems problems, String path) {
        return read(file, problems, path).map(list -> () -> list);
    }

    /** The list that is in {@code file}; nothing and at least one problem if it cannot be used. */
    public static Optional<Fingerprints> read(Path file, Problems problems, String path) {
        return read(file, null, problems, path);
    }

    /**
     * The same after a change.
     *
     * @param last what was in the file before, or null: a file in which nothing is left, as after a program that failed
     *     to write it, does not replace a list of somebody
     */
    public static Optional<Fingerprints> read(Path file, @Nullable Fingerprints last, Problems problems, String path) {
        String text;
        try {
            // whatever the bytes are, they become characters, and the lines that are no fingerprints are reported
            text = new String(ReadableFile.read(file, MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            problems.add(path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (text.isBlank() && last != null && !last.values().isEmpty()) {
            problems.add(
                    path,
                    "file: " + file + " without content (expected: fingerprints, or a comment for a list of nobody)");
            return Optional.empty();
        }
        int before = problems.lines().size();
        Fingerprints list = Fingerprints.parse(text, file.toString(), problems, path);
        return problems.lines().size() == before ? Optional.of(list) : Optional.empty();
    }
}
