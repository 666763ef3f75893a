package io.sealgate.tls.revocation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Remembers in files which CAs have ever had a revocation list in force, for the processes that come after this one.
 * Each is a file of its own that never changes, whose name is the digest of its content: several processes may share
 * the directory, none undoes what another has written, and damage shows. Thread-safe.
 */
public final class CrlIssuerStore {

    private static final String DIRECTORY = "crl-issuers";
    private static final String SUFFIX = ".issuer";
    private static final String TEMPORARY = ".tmp";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.issuer");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

    /** Many times as many as there are CAs and listeners anywhere. */
    private static final int MAX_ENTRIES = 10_000;

    private static final int MAX_ENTRY_BYTES = 64 * 1024;

    private static final int LISTENER_LINE = 1;
    private static final int KEY_LINE = 3;

    /** What a process that was stopped has left behind; one that is at work is done much earlier. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path directory;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private CrlIssuerStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads what is there, to be added to.
     *
     * @param state must exist and be writable: one that is not mounted would otherwise be taken for one in which
     *              nothing was ever written
     * @throws IOException if it cannot be used or is damaged, with a message for the operator
     */
    public static CrlIssuerStore open(Path state) throws IOException {
        CrlIssuerStore store = read(state);
        Files.createDirectories(store.directory);
        if (!Files.isWritable(store.directory)) {
            throw new IOException("directory: " + store.directory + " (expected: writable)");
        }
        return store;
    }

    /** The same, only to be looked at: nothing is written. */
    public static CrlIssuerStore read(Path state) throws IOException {
        if (!Files.isDirectory(state) || !Files.isReadable(state)) {
            throw new IOException("directory: " + state + " (expected: a directory that exists and can be read)");
        }
        CrlIssuerStore store = new CrlIssuerStore(state.resolve(DIRECTORY));
        if (Files.exists(store.directory)) {
            store.load();
        }
        return store;
    }

    private void load() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(".") && name.endsWith(TEMPORARY)) {
                    deleteIfLeftBehind(file);
                    continue;
                }
                remember(name, verified(file, name));
                if (names.size() > MAX_ENTRIES) {
                    throw new IOException("directory: " + directory + " (expected: at most " + MAX_ENTRIES
                            + " files; those of CAs that are gone may be deleted)");
                }
            }
        }
    }

    /** A file that says something else than when it was written stood for a CA that would no longer be known. */
    private static byte[] verified(Path file, String name) throws IOException {
        try {
            if (NAME.matcher(name).matches() && Files.isRegularFile(file) && Files.size(file) <= MAX_ENTRY_BYTES) {
                byte[] content = Files.readAllBytes(file);
                if (name.equals(nameOf(content))) {
                    return content;
                }
            }
        } catch (AccessDeniedException e) {
            throw new IOException("file: " + file + " (expected: a file that can be read)", e);
        }
        throw new IOException("file: " + file + " is damaged (expected: as the gateway has written it; restore it, or"
                + " delete it if the CA that it was about may do without a revocation list)");
    }

    private void remember(String name, byte[] content) {
        names.add(name);
        known.add(identity(content));
    }

    /** Another process may be done with it at any moment. */
    private static void deleteIfLeftBehind(Path file) throws IOException {
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            if (written.isBefore(Instant.now().minus(LEFT_BEHIND))) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return; // has its name by now
        }
    }

    boolean contains(String listener, AuthorityId issuer) {
        return known.contains(identity(content(listener, issuer)));
    }

    /** Writes it down; returns once it is on the disk. */
    void add(String listener, AuthorityId issuer) throws IOException {
        byte[] content = content(listener, issuer);
        String name = nameOf(content);
        if (names.contains(name) && Files.exists(directory.resolve(name))) {
            return;
        }
        if (names.size() >= MAX_ENTRIES || content.length > MAX_ENTRY_BYTES) {
            throw new IOException("directory: " + directory + " is full (expected: at most " + MAX_ENTRIES + " CAs)");
        }
        write(content, directory.resolve(name));
        remember(name, content);
    }

    private void write(byte[] content, Path file) throws IOException {
        // Readable as the umask says: another instance may run as another user.
        Path temporary = directory.resolve("." + UUID.randomUUID() + TEMPORARY);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        try (FileChannel itself = FileChannel.open(directory, StandardOpenOption.READ)) {
            itself.force(true); // the name too
        }
    }

    /** The name is in it for people: whoever wants a CA to do without its list looks for the file to delete. */
    private static byte[] content(String listener, AuthorityId issuer) {
        byte[] key = new byte[issuer.key().remaining()];
        issuer.key().duplicate().get(key);
        String name = CONTROL.matcher(issuer.printable()).replaceAll("?");
        return ("sealgate crl-issuer 1\nlistener: " + listener + "\nissuer: " + name + "\nkey-sha256: " + sha256(key)
                        + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Without the issuer's name: a CA that is renewed may spell it in other characters, and has the same key. */
    private static String identity(byte[] content) {
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        return lines.length > KEY_LINE ? lines[LISTENER_LINE] + "\n" + lines[KEY_LINE] : "";
    }

    private static String nameOf(byte[] content) {
        return sha256(content) + SUFFIX;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: none (expected: in every JDK)", e);
        }
    }
}
