package io.sealgate.certs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * Writes whole files: a reader sees the old content or the new, never a part, and a secret is created unreadable to
 * others instead of being made so afterwards.
 */
final class AtomicFile {
    private AtomicFile() {}

    /** Mode 0644, less what the umask takes away. */
    static void writePublic(Path file, byte[] content, WriteMode mode) {
        write(file, content, mode, "rw-r--r--");
    }

    /** Mode 0600. */
    static void writeSecret(Path file, byte[] content, WriteMode mode) {
        write(file, content, mode, "rw-------");
    }

    /**
     * Refuses, under {@link WriteMode#CREATE}, a file that exists. It guards against a slip, not against a race: where
     * two writers are possible, they hold a {@link FileMutex}.
     */
    static void requireWritable(Path file, WriteMode mode) {
        if (mode == WriteMode.CREATE && Files.exists(file)) {
            throw new CertsException("file: " + file + " exists (expected: no such file, or leave to replace it)");
        }
    }

    private static void write(Path file, byte[] content, WriteMode mode, String permissions) {
        requireWritable(file, mode);
        Path temporary =
                file.resolveSibling("." + file.getFileName() + "." + Long.toHexString(new SecureRandom().nextLong()));
        try {
            try {
                writeAndSync(temporary, content, permissions);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new CertsException("file: " + file + ": " + e + " (expected: a writable directory)", e);
        }
    }

    private static void writeAndSync(Path file, byte[] content, String permissions) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, creationAttributes(file, permissions))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] creationAttributes(Path file, String permissions) {
        // Without POSIX modes (Windows) a file takes the access list of its directory, and there is nothing to set.
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
