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
    private final @Nullable ObjectVersions versions;
    private final NavigableMap<ObjectName, StoredObject> index = new ConcurrentSkipListMap<>();

    private ObjectStore(Path directory, Clock clock, boolean versioning) throws IOException {
        this.spools = Files.createDirectories(directory.resolve("spool"));
        this.data = Files.createDirectories(directory.resolve("data"));
        this.descriptions = new ObjectFiles(Files.createDirectories(directory.resolve("objects")), data);
        this.clock = clock;
        this.versions = versioning ? new ObjectVersions() : null;
    }

    /** Opens what an earlier run left; uploads it left unfinished are swept away. */
    static ObjectStore open(Path directory, Clock clock, boolean versioning) throws IOException {
        ObjectStore store = new ObjectStore(directory, clock, versioning);
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
        return put(bucket, key, bytes, metadata, StoredObject.Origin.PUT);
    }

    /** The same for one that more can be appended to. */
    public StoredObject putAppendable(String bucket, String key, byte[] bytes) {
        return put(bucket, key, bytes, Headers.none(), StoredObject.Origin.APPEND);
    }

    private StoredObject put(String bucket, String key, byte[] bytes, Headers metadata, StoredObject.Origin origin) {
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
                    origin,
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

    /** One version of an object, if its bucket has versions. */
    synchronized Optional<StoredObject> find(ObjectName name, String id) {
        return versions == null ? Optional.empty() : versions.find(name, id);
    }

    /** The id of the object's version, if its bucket has versions. */
    synchronized Optional<String> versionId(StoredObject object) {
        return versions == null ? Optional.empty() : versions.idOf(object);
    }

    /** The id of the latest version of that name, which may be a delete marker. */
    synchronized Optional<String> latestVersionId(ObjectName name) {
        return versions == null ? Optional.empty() : versions.latestId(name);
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
     * refuses to; with versioning there is nothing to refuse.
     *
     * @return the object as stored
     */
    synchronized StoredObject commit(StoredObject draft, boolean forbidOverwrite) throws IOException {
        StoredObject previous = index.get(draft.name());
        if (forbidOverwrite && previous != null && versions == null) {
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
        if (versions != null) {
            versions.replace(object, changed);
        }
    }

    /** Returns whether that changed anything. With versioning the object is only hidden. */
    synchronized boolean delete(ObjectName name) throws IOException {
        StoredObject object = index.remove(name);
        if (object != null) {
            descriptions.delete(name);
        }
        if (versions != null) {
            versions.addMarker(name);
            return true;
        }
        if (object != null) {
            Files.deleteIfExists(object.file());
        }
        return object != null;
    }

    /** Deletes one version for good; the one before it is the latest then. Returns whether there was one. */
    synchronized boolean deleteVersion(ObjectName name, String id) throws IOException {
        if (versions == null) {
            return false;
        }
        StoredObject gone = versions.find(name, id).orElse(null);
        boolean removed = versions.remove(name, id);
        StoredObject latest = versions.latest(name).orElse(null);
        if (latest == null) {
            index.remove(name);
            descriptions.delete(name);
        } else {
            index.put(name, latest);
            descriptions.write(latest);
        }
        if (gone != null) {
            Files.deleteIfExists(gone.file());
        }
        return removed;
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
        if (versions != null) {
            versions.add(object);
        } else if (previous != null) {
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
