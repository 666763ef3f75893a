package io.sealgate.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files that hold keys and certificates. */
final class MaterialFile {

    /** No bundle of real CAs comes near it; a device file or somebody's database does. */
    private static final long LARGEST = 16L << 20;

    private MaterialFile() {}

    /** The whole file. */
    static byte[] read(Path file) throws TlsMaterialException {
        try {
            if (Files.isDirectory(file)) {
                throw new TlsMaterialException("file: " + file + " (expected: a file, not a directory)");
            }
            if (Files.size(file) > LARGEST) {
                throw new TlsMaterialException("file: " + file + " (expected: at most " + LARGEST + " bytes)");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TlsMaterialException("file: " + file + " (expected: a file that exists)", e);
        } catch (IOException e) {
            throw new TlsMaterialException("file: " + file + " (expected: a file that can be read)", e);
        }
    }
}
