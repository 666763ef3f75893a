package io.sealgate.core.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file by which a unix socket is found. Binding makes it and closing the channel deletes it; what a process leaves behind that
 * was killed is in the next one's way. Blocks, for no longer than the file system does.
 */
final class SocketFile {

    /** Type bits of {@code st_mode} (stat(2)). */
    private static final int TYPE = 0170000;

    private static final int SOCKET = 0140000;

    /** Who may connect has to be able to write: the gateway's user and group. */
    private static final String PERMISSIONS = "rw-rw----";

    private final UnixDomainSocketAddress address;

    SocketFile(UnixDomainSocketAddress address) {
        this.address = address;
    }

    /**
     * Deletes a socket on which nobody listens.
     *
     * @throws IOException if there is anything else in its place
     */
    void makeRoom() throws IOException {
        Path path = address.getPath();
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & TYPE) != SOCKET) {
            throw new IOException("file: " + path + " (expected: nothing, or a socket)");
        }
        if (isServed()) {
            throw new IOException("socket: " + path + " (expected: one that no other process listens on)");
        }
        Files.delete(path);
    }

    /** Only a refusal says that nobody listens: a full queue, for one, does not. */
    private boolean isServed() throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(address);
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }

    /** Lets nobody else connect than the gateway's user and group, whatever the umask. */
    void restrict() throws IOException {
        Files.setPosixFilePermissions(address.getPath(), PosixFilePermissions.fromString(PERMISSIONS));
    }
}
