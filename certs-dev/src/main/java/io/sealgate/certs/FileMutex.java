package io.sealgate.certs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Lets one process at a time change a directory, others waiting their turn. Without it, two revocations at once would
 * each write the list it had read, and one of them would be lost.
 */
final class FileMutex {
    private FileMutex() {}

    static <T> T holding(Path lockFile, Supplier<T> action) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                return action.get();
            } finally {
                lock.release();
            }
        } catch (OverlappingFileLockException e) {
            // The operating system's lock belongs to the process, so a second thread cannot wait for it.
            throw new CertsException("directory: " + lockFile.getParent() + " is in use (expected: one writer)", e);
        } catch (IOException e) {
            throw new CertsException("lock: " + lockFile + ": " + e + " (expected: a writable directory)", e);
        }
    }
}
