package io.sealgate.app;

import io.sealgate.app.config.FingerprintLists;
import io.sealgate.core.clients.FingerprintFiles;
import io.sealgate.core.clients.Fingerprints;
import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import io.sealgate.tls.reload.Watched;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lists of fingerprints whose files may change. A file that several routes name is one list, which changes for all of them in the
 * same moment. {@link #open} is for one start, {@link #refresh} for the thread that looks after files; what was opened may be asked on
 * any thread.
 */
final class WatchedFingerprints implements FingerprintFiles {

    private final ReloadListener events;
    private final Map<Path, Watched<Fingerprints>> lists = new LinkedHashMap<>();

    /** {@code events} learns of later changes, with the file as their owner. */
    WatchedFingerprints(ReloadListener events) {
        this.events = events;
    }

    @Override
    public Optional<Supplier<Fingerprints>> open(Path file, Problems problems, String path) {
        Watched<Fingerprints> open = lists.get(file);
        return (open == null ? load(file, problems, path) : Optional.of(open)).map(list -> list::value);
    }

    private Optional<Watched<Fingerprints>> load(Path file, Problems problems, String path) {
        Optional<Watched<Fingerprints>> loaded = Watched.loadParts(
                Material.CLIENT_LIST,
                file.toString(),
                List.of(file),
                (last, found) -> FingerprintLists.read(file, last, found, path),
                problems,
                events);
        loaded.ifPresent(list -> lists.put(file, list));
        return loaded;
    }

    /** Looks whether files have changed, and puts in force what is good of it. Reads files: not to be called on an event loop. */
    void refresh() {
        for (Watched<Fingerprints> list : lists.values()) {
            list.refresh();
            list.tell();
        }
    }
}
