package io.sealgate.integrity;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A {@link PartLedger} of one process. When it is full the upload that was not used for longest is forgotten. Thread-safe. */
final class PartsInMemory implements PartLedger {

    /** The parts of one upload, and how many bytes they count together. */
    private static final class Parts {
        private final Map<Integer, SentPart> byNumber = new HashMap<>();
        private long bytes;

        private long bytes(int number) {
            SentPart part = byNumber.get(number);
            return part == null ? 0 : part.bytes();
        }
    }

    private final int capacity;
    private final LinkedHashMap<Upload, Parts> uploads = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    /** @param capacity parts, of all uploads together */
    PartsInMemory(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized boolean sent(Upload upload, int number, long bytes, long most) {
        Parts parts = uploads.get(upload);
        long others = parts == null ? 0 : parts.bytes - parts.bytes(number);
        if (bytes > most - others) {
            return false;
        }
        part(upload, number, part -> part.sent(bytes));
        return true;
    }

    @Override
    public synchronized void stored(Upload upload, int number, Part stored) {
        part(upload, number, part -> part.stored(stored));
    }

    /** Changes the part, which is new if it is not remembered, and makes room for it. */
    private void part(Upload upload, int number, Consumer<SentPart> change) {
        Parts parts = uploads.computeIfAbsent(upload, key -> new Parts());
        SentPart part = parts.byNumber.get(number);
        if (part == null) {
            part = new SentPart();
            parts.byNumber.put(number, part);
            size++;
        }
        long before = part.bytes();
        change.accept(part);
        parts.bytes += part.bytes() - before;
        Iterator<Parts> oldest = uploads.values().iterator();
        while (size > capacity && oldest.hasNext()) {
            size -= oldest.next().byNumber.size();
            oldest.remove();
        }
    }

    @Override
    public synchronized void refused(Upload upload, int number, long bytes) {
        Parts parts = uploads.get(upload);
        SentPart part = parts == null ? null : parts.byNumber.get(number);
        if (parts == null || part == null) {
            return;
        }
        long before = part.bytes();
        part.refused(bytes);
        parts.bytes += part.bytes() - before;
        if (part.isNothing()) {
            parts.byNumber.remove(number);
            size--;
        }
        if (parts.byNumber.isEmpty()) {
            uploads.remove(upload);
        }
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
        Parts parts = uploads.remove(upload);
        if (parts != null) {
            size -= parts.byNumber.size();
        }
    }
}
