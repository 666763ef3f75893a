package io.sealgate.tls;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chains that were found good, by the SHA-256 of what was presented; those that were not asked about for the longest time give
 * way. It belongs to one trust: with another one the verdicts may be others. Thread-safe.
 *
 * <p>A refusal is not remembered. It can turn into a yes (a certificate that is not yet valid), and somebody who is refused could
 * crowd out those who are not.
 */
final class VerdictCache {

    private static final int LEAST = 1_000;
    private static final int MOST = 10_000;

    /** Of heap, for each chain, with room to spare: a certificate and what was read from it. */
    private static final int BYTES_EACH = 6 * 1024;

    private static final int PART_OF_HEAP = 32;

    private final Map<ByteBuffer, TrustedClient> clients;

    /** A cache of up to 10,000 chains that takes no more than a thirty-second of the heap. */
    static VerdictCache forThisHeap() {
        long affordable = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_EACH;
        return new VerdictCache((int) Math.max(LEAST, Math.min(MOST, affordable)));
    }

    /** @param capacity how many chains it remembers */
    VerdictCache(int capacity) {
        clients = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, TrustedClient> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The client with this chain, if it was found good before and every certificate on its path is still within its dates. */
    @Nullable
    TrustedClient find(ByteBuffer digest, Instant now) {
        TrustedClient client;
        // held for a look-up only: a lock-free map would need an order of its own
        synchronized (clients) {
            client = clients.get(digest);
        }
        return client != null && client.isValid(now) ? client : null;
    }

    void remember(ByteBuffer digest, TrustedClient client) {
        synchronized (clients) {
            clients.put(digest, client);
        }
    }

    int size() {
        synchronized (clients) {
            return clients.size();
        }
    }
}
