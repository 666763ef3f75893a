package io.sealgate.integrity;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.share.FairCache;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PartLedger} of one process. When it is full, the client that has most loses its upload that was not used for
 * longest. Thread-safe.
 */
final class PartsInMemory implements PartLedger {

    /** The parts of one upload, and how many bytes they count together. Guarded by the ledger. */
    private static final class Parts {
        private final Map<Integer, SentPart> byNumber = new HashMap<>();
        private long bytes;

        private long bytes(int number) {
            SentPart part = byNumber.get(number);
            return part == null ? 0 : part.bytes();
        }

        private void change(int number, Consumer<SentPart> change) {
            SentPart part = byNumber.computeIfAbsent(number, key -> new SentPart());
            long before = part.bytes();
            change.accept(part);
            bytes += part.bytes() - before;
            if (part.isNothing()) {
                byNumber.remove(number);
            }
        }
    }

    private final FairCache<Upload, Parts> uploads;

    /** @param capacity parts, of all uploads together */
    PartsInMemory(int capacity) {
        uploads = new FairCache<>(capacity, parts -> parts.byNumber.size());
    }

    @Override
    public synchronized boolean sent(ClientKey client, Upload upload, int number, long bytes, long most) {
        if (bytes > most - bytes(upload, number)) {
            return false;
        }
        change(client, upload, number, part -> part.sent(bytes));
        return true;
    }

    @Override
    public synchronized void stored(ClientKey client, Upload upload, int number, Part stored) {
        change(client, upload, number, part -> part.stored(stored));
    }

    @Override
    public synchronized void refused(ClientKey client, Upload upload, int number, long bytes) {
        Parts parts = uploads.get(upload);
        if (parts != null && parts.byNumber.containsKey(number)) {
            change(client, upload, number, part -> part.refused(bytes));
        }
    }

    private void change(ClientKey client, Upload upload, int number, Consumer<SentPart> change) {
        uploads.update(client, upload, known -> changed(known, number, change));
    }

    private static @Nullable Parts changed(@Nullable Parts known, int number, Consumer<SentPart> change) {
        Parts parts = known == null ? new Parts() : known;
        parts.change(number, change);
        return parts.byNumber.isEmpty() ? null : parts;
    }

    @Override
    public synchronized Optional<Part> find(Upload upload, int number) {
        Parts parts = uploads.get(upload);
        SentPart part = parts == null ? null : parts.byNumber.get(number);
        return part == null ? Optional.empty() : part.stored();
    }

    @Override
    public synchronized long bytes(Upload upload, int except) {
        Parts parts = uploads.get(upload);
        return parts == null ? 0 : parts.bytes - parts.bytes(except);
    }

    @Override
    public synchronized void forget(Upload upload) {
        uploads.remove(upload);
    }
}
