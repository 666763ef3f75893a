package io.sealgate.tls;

import io.sealgate.core.config.ReadableFile;
import io.sealgate.tls.pem.PemException;
import io.sealgate.tls.pem.PemStructure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the files that hold keys and certificates. */
final class MaterialFile {

    /** No bundle of real CAs comes near it; a device file or somebody's database does. */
    private static final long LARGEST = 16L << 20;

    private MaterialFile() {}

    /** The whole file. */
    static byte[] read(Path file) throws TlsMaterialException {
        try {
            return ReadableFile.read(file, LARGEST);
        } catch (IOException e) {
            throw new TlsMaterialException(String.valueOf(e.getMessage()), e);
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
