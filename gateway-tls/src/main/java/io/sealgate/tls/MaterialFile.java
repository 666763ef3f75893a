package io.sealgate.tls;

import io.sealgate.tls.pem.PemException;
import io.sealgate.tls.pem.PemStructure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** The text of a PEM file whose blocks are whole: one that was cut short is no file with fewer certificates. */
    static String readPem(Path file) throws TlsMaterialException {
        String text = new String(read(file), StandardCharsets.US_ASCII);
        try {
            PemStructure.check(text);
        } catch (PemException e) {
            throw new TlsMaterialException(file + ": " + e.problem());
        }
        return text;
    }
}
