package io.sealgate.integrity;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A {@link PartLedger} of one process. When it is full the upload that was not used for longest is forgotten. Thread-safe. */
final class PartsInMemory implements PartLedger {

    private final int capacity;
    private final LinkedHashMap<Upload, Map<Integer, Part>> uploads = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    /** @param capacity parts, of all uploads together */
    PartsInMemory(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized void stored(Upload upload, int number, Part part) {
        Map<Integer, Part> parts = uploads.computeIfAbsent(upload, key -> new HashMap<>());
        if (parts.put(number, part) == null) {
            size++;
        }
        Iterator<Map<Integer, Part>> oldest = uploads.values().iterator();
        while (size > capacity && oldest.hasNext()) {
            size -= oldest.next().size();
            oldest.remove();
        }
    }

    @Override
    public synchronized Optional<Part> find(Upload upload, int number) {
        Map<Integer, Part> parts = uploads.get(upload);
        return parts == null ? Optional.empty() : Optional.ofNullable(parts.get(number));
    }

    @Override
    public synchronized long bytes(Upload upload, int except) {
        long bytes = 0;
        for (Map.Entry<Integer, Part> part :
                uploads.getOrDefault(upload, Map.of()).entrySet()) {
            bytes += part.getKey() == except ? 0 : part.getValue().bytes();
        }
        return bytes;
    }

    @Override
    public synchronized void forget(Upload upload) {
        Map<Integer, Part> parts = uploads.remove(upload);
        if (parts != null) {
            size -= parts.size();
        }
    }
}
