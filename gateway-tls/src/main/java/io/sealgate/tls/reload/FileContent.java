package io.sealgate.tls.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file holds, to be compared with what it holds later.
 *
 * @param digest SHA-256 in hex; empty if there is nothing to read
 */
record FileContent(String digest) {

    private static final FileContent NONE = new FileContent("");
    private static final int BUFFER_BYTES = 1 << 16;

    /** Larger files are refused by whoever reads them. */
    private static final long MAX_BYTES = 512L << 20;

    static FileContent of(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return NONE;
            }
            return new FileContent(digest(file));
        } catch (IOException e) {
            return NONE;
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: none (expected: in every JDK)", e);
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
