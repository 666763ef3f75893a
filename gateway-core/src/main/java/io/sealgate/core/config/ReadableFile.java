package io.sealgate.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Reads configured files. Only a regular file of a limited size is read: a pipe or a device may never end, and the
 * thread that waits for it would watch no other file any more.
 */
public final class ReadableFile {

    private ReadableFile() {}

    /**
     * All bytes of {@code file}, links followed.
     *
     * @param largest in bytes
     * @throws IOException if it cannot be read; the message says why, {@code file: … (expected: …)}
     */
    public static byte[] read(Path file, long largest) throws IOException {
        String expected;
        try {
            expected = expected(Files.readAttributes(file, BasicFileAttributes.class), largest);
            if (expected == null) {
                return Files.readAllBytes(file);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("file: " + file + " (expected: a file that exists)", e);
        } catch (IOException e) {
            throw new IOException("file: " + file + " (expected: a file that can be read)", e);
        }
        throw new IOException("file: " + file + " (expected: " + expected + ")");
    }

    /** What a file with {@code attributes} should be, or {@code null} if it is that. */
    private static @Nullable String expected(BasicFileAttributes attributes, long largest) {
        if (attributes.isDirectory()) {
            return "a file, not a directory";
        }
        if (!attributes.isRegularFile()) {
            return "a regular file";
        }
        return attributes.size() > largest ? "at most " + largest + " bytes" : null;
    }
}
