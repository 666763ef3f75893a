package io.sealgate.core.config;

import java.io.IOException;
import java.io.InputStream;
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
                byte[] content = content(file, largest);
                if (content.length <= largest) {
                    return content;
                }
                expected = atMost(largest);
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
        return attributes.size() > largest ? atMost(largest) : null;
    }

    private static String atMost(long largest) {
        return "at most " + largest + " bytes";
    }

    /** At most one byte more than {@code largest}: the file may grow while it is read. */
    private static byte[] content(Path file, long largest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes((int) Math.min(largest + 1, Integer.MAX_VALUE));
        }
    }
}
