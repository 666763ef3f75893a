package io.sealgate.origin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has become of each name in buckets with versioning, the latest first. Kept in memory only: after a restart what is current then is
 * the one version there is, and it has no id. Guarded by its {@link ObjectStore}.
 */
final class ObjectVersions {
    /** @param object null for a delete marker */
    private record Version(String id, @Nullable StoredObject object) {}

    private final Map<ObjectName, Deque<Version>> versions = new HashMap<>();

    /** {@code object} is the latest of its name now. */
    void add(StoredObject object) {
        of(object.name()).push(new Version(newId(), object));
    }

    /** There is none of that name now, though there may have been. */
    void addMarker(ObjectName name) {
        of(name).push(new Version(newId(), null));
    }

    /** What is said about {@code object} has changed, so that it is {@code changed} now. */
    void replace(StoredObject object, StoredObject changed) {
        Deque<Version> all = of(object.name());
        Version latest = all.peek();
        if (latest != null && object.equals(latest.object())) {
            all.pop();
            all.push(new Version(latest.id(), changed));
        }
    }

    /** The id of the latest version, which may be a marker. */
    Optional<String> latestId(ObjectName name) {
        return Optional.ofNullable(of(name).peek()).map(Version::id);
    }

    /** The id under which {@code object} is kept. */
    Optional<String> idOf(StoredObject object) {
        return of(object.name()).stream()
                .filter(version -> object.equals(version.object()))
                .findFirst()
                .map(Version::id);
    }

    /** The latest version, unless it is a marker. */
    Optional<StoredObject> latest(ObjectName name) {
        return Optional.ofNullable(of(name).peek()).map(Version::object);
    }

    /**
     * Forgets one version.
     *
     * @return whether there was one; a marker counts
     */
    boolean remove(ObjectName name, String id) {
        return of(name).removeIf(version -> version.id().equals(id));
    }

    /** The object of one version. */
    Optional<StoredObject> find(ObjectName name, String id) {
        return of(name).stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .map(Version::object);
    }

    private Deque<Version> of(ObjectName name) {
        return versions.computeIfAbsent(name, key -> new ArrayDeque<>());
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
