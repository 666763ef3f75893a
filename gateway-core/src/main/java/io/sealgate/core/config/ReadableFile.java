package io.sealgate.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that may be anything: nothing but a regular file of a sensible size is read, because a pipe or a device may never
 * end, and whoever waits for it looks after no other file any more.
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
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw unfit(file, "a file, not a directory");
            }
            if (!attributes.isRegularFile()) {
                throw unfit(file, "a regular file");
            }
            if (attributes.size() > largest) {
                throw unfit(file, "at most " + largest + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (UnfitFileException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new IOException("file: " + file + " (expected: a file that exists)", e);
        } catch (IOException e) {
            throw new IOException("file: " + file + " (expected: a file that can be read)", e);
        }
    }

    private static UnfitFileException unfit(Path file, String expected) {
        return new UnfitFileException("file: " + file + " (expected: " + expected + ")");
    }

    private static final class UnfitFileException extends IOException {

        private static final long serialVersionUID = 1L;

        UnfitFileException(String message) {
            super(message);
        }
    }
}
