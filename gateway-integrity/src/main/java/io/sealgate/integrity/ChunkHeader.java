package io.sealgate.integrity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line in front of a chunk.
 *
 * @param bytes     length of the chunk; 0 for the last
 * @param signature 64 hex digits, or empty in the form without
 */
record ChunkHeader(long bytes, String signature) {

    private static final String SIGNATURE = ";chunk-signature=";
    private static final Pattern SIZE = Pattern.compile("[0-9A-Fa-f]{1,16}");

    /** 64 hex digits. */
    static final Pattern HEX_SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Reads a line without its end. Nothing but a size, and where it must be a signature, is a chunk's header. */
    static Optional<ChunkHeader> parse(String line, boolean isSigned) {
        int semicolon = line.indexOf(';');
        String size = semicolon < 0 ? line : line.substring(0, semicolon);
        String extension = semicolon < 0 ? "" : line.substring(semicolon);
        if (!SIZE.matcher(size).matches()) {
            return Optional.empty();
        }
        long bytes = Long.parseUnsignedLong(size, 16);
        if (bytes < 0) {
            return Optional.empty();
        }
        if (!isSigned) {
            return extension.isEmpty() ? Optional.of(new ChunkHeader(bytes, "")) : Optional.empty();
        }
        String signature = extension.startsWith(SIGNATURE) ? extension.substring(SIGNATURE.length()) : "";
        return HEX_SHA256.matcher(signature).matches()
                ? Optional.of(new ChunkHeader(bytes, signature))
                : Optional.empty();
    }
}
