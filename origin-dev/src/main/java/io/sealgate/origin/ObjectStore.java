package io.sealgate.origin;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The committed objects: one file of bytes and one of description each, and an index in memory. Bytes are written under
 * {@code spool/}; only when everything about them has been verified do two renames make them an object, so nobody ever
 * sees half of one. Safe for any thread.
 */
public final class ObjectStore {
    private final Path spools;
    private final Path data;
    private final ObjectFiles descriptions;
    private final Clock clock;
    private final NavigableMap<ObjectName, StoredObject> index = new ConcurrentSkipListMap<>();

    private ObjectStore(Path directory, Clock clock) throws IOException {
        this.spools = Files.createDirectories(directory.resolve("spool"));
        this.data = Files.createDirectories(directory.resolve("data"));
        this.descriptions = new ObjectFiles(Files.createDirectories(directory.resolve("objects")), data);
        this.clock = clock;
    }

    /** Opens what an earlier run left; uploads it left unfinished are swept away. */
    static ObjectStore open(Path directory, Clock clock) throws IOException {
        ObjectStore store = new ObjectStore(directory, clock);
        Set<Path> described = new HashSet<>();
        for (StoredObject object : store.descriptions.readAll()) {
            store.index.put(object.name(), object);
            described.add(object.file());
        }
        store.sweep(store.spools, Set.of());
        store.sweep(store.data, described);
        return store;
    }

    public Optional<StoredObject> find(String bucket, String key) {
        return find(new ObjectName(bucket, key));
    }

    /** The keys of a bucket in listing order. */
    public List<String> keys(String bucket) {
        return from(new ObjectName(bucket, "")).map(StoredObject::key).toList();
    }

    /** Puts an object there as if it had been uploaded, for tests that only read. */
    public StoredObject put(String bucket, String key, byte[] bytes, Headers metadata) {
        try (Spool spool = spool(true)) {
            spool.write(Unpooled.wrappedBuffer(bytes));
            spool.finish();
            String etag = Etags.ofContent(spool, Encryption.NONE);
            StoredObject object = new StoredObject(
                    bucket,
                    key,
                    spool.size(),
                    etag,
                    spool.crc64(),
                    clock.instant(),
                    StoredObject.Origin.PUT,
                    metadata,
                    Encryption.NONE,
                    "default",
                    Map.of(),
                    spool.file());
            return commit(object, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<StoredObject> find(ObjectName name) {
        return Optional.ofNullable(index.get(name));
    }

    /** The objects of the bucket of {@code start}, from {@code start} on, in order. */
    Stream<StoredObject> from(ObjectName start) {
        return index.tailMap(start, true).values().stream()
                .takeWhile(object -> object.bucket().equals(start.bucket()));
    }

    Spool spool(boolean digesting) throws IOException {
        return new Spool(spools.resolve(UUID.randomUUID().toString()), digesting);
    }

    /** Takes a spool's file away from it, so that it outlives the spool; a restart sweeps it away. */
    Path adopt(Spool finished) throws IOException {
        Path own = spools.resolve(UUID.randomUUID().toString());
        return Files.move(finished.file(), own, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Makes an object of a finished file under {@code spool/}, which is moved away. Replaces an object of that name, or
     * refuses to.
     *
     * @return the object as stored
     */
    synchronized StoredObject commit(StoredObject draft, boolean forbidOverwrite) throws IOException {
        StoredObject previous = index.get(draft.name());
        if (forbidOverwrite && previous != null) {
            throw new Refusal(ErrorCode.FILE_ALREADY_EXISTS, "The object exists and must not be overwritten.");
        }
        return replace(previous, draft);
    }

    /** Commits, if the object of that name still is {@code expected}: two appends may have met. */
    synchronized StoredObject commitOver(@Nullable StoredObject expected, StoredObject draft) throws IOException {
        if (!Objects.equals(index.get(draft.name()), expected)) {
            throw new Refusal(ErrorCode.PATH_CONFLICT, "The object was changed meanwhile.");
        }
        return replace(expected, draft);
    }

    /** Changes what is said about an object, not its bytes. */
    synchronized void describe(ObjectName name, UnaryOperator<StoredObject> change) throws IOException {
        StoredObject object = find(name).orElseThrow(Refusal::noSuchKey);
        StoredObject changed = change.apply(object);
        descriptions.write(changed);
        index.put(name, changed);
    }

    /** Returns whether there was one. */
    synchronized boolean delete(ObjectName name) throws IOException {
        StoredObject object = index.remove(name);
        if (object == null) {
            return false;
        }
        descriptions.delete(name);
        Files.deleteIfExists(object.file());
        return true;
    }

    private StoredObject replace(@Nullable StoredObject previous, StoredObject draft) throws IOException {
        Path home = data.resolve(UUID.randomUUID().toString());
        Files.move(draft.file(), home, StandardCopyOption.ATOMIC_MOVE);
        StoredObject object = new StoredObject(
                draft.bucket(),
                draft.key(),
                draft.size(),
                draft.etag(),
                draft.crc64(),
                draft.modified(),
                draft.origin(),
                draft.metadata(),
                draft.encryption(),
                draft.acl(),
                draft.tags(),
                home);
        descriptions.write(object);
        index.put(object.name(), object);
        if (previous != null) {
            Files.deleteIfExists(previous.file());
        }
        return object;
    }

    private void sweep(Path folder, Set<Path> keep) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> !keep.contains(each)).toList()) {
                Files.delete(file);
            }
        }
    }
}
