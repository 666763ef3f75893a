package io.sealgate.tls;

import io.sealgate.core.share.FairCache;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Chains that were found good, by the SHA-256 of what was presented, with a share for each client. It belongs to one
 * trust: with another one the verdicts may be others. Thread-safe.
 *
 * <p>A refusal is not remembered. It can turn into a yes (a certificate that is not yet valid), and somebody who is
 * refused could crowd out those who are not.
 */
final class VerdictCache {

    private static final int LEAST = 1_000;
    private static final int MOST = 10_000;

    /** Of heap, for each chain, with room to spare: a certificate and what was read from it. */
    private static final int BYTES_EACH = 6 * 1024;

    private static final int PART_OF_HEAP = 32;

    private final FairCache<ByteBuffer, TrustedClient> clients;

    /** A cache of up to 10,000 chains that takes no more than a thirty-second of the heap. */
    static VerdictCache forThisHeap() {
        long affordable = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_EACH;
        return new VerdictCache((int) Math.max(LEAST, Math.min(MOST, affordable)));
    }

    /** @param capacity how many chains it remembers */
    VerdictCache(int capacity) {
        clients = new FairCache<>(capacity);
    }

    /**
     * The client with this chain, if it was found good before and every certificate on its path is still within its
     * dates.
     */
    @Nullable
    TrustedClient find(ByteBuffer digest, Instant now) {
        TrustedClient client = clients.get(digest);
        return client != null && client.isValid(now) ? client : null;
    }

    void remember(ByteBuffer digest, TrustedClient client) {
        clients.put(client.identity().key(), digest, client);
    }

    int size() {
        return clients.size();
    }
}
