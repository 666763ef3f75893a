package io.sealgate.core.load;

import io.sealgate.core.model.ByteSize;
import io.sealgate.core.spi.OverloadListener;
import io.sealgate.core.spi.OverloadListener.Resource;
import io.sealgate.core.spi.OverloadListener.Room;
import io.sealgate.core.spi.OverloadListener.Scope;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the process carries, and who may add to it. One client may have half of anything, so that no client can take everything
 * from the others, and one that is alone is not hurt much. Thread-safe.
 */
public final class ProcessLoad {

    /** A document of the largest size must fit into one client's part. */
    private static final long LARGEST_DOCUMENT = 2 << 20;

    final Quota exchanges;
    /** Whoever is not served may still be told so, as often as others are served. */
    final Quota refusals;

    final Quota bodies;
    final Quota documents;
    final VerifyBuffers verifyBuffers;

    private final OverloadListener listener;
    private final MemoryGuard memory;
    private final ClientLoads clients = new ClientLoads();

    ProcessLoad(Capacity capacity, LongSupplier usedMemory, ByteSize memoryLimit, OverloadListener listener) {
        this.listener = listener;
        exchanges = quota(Resource.EXCHANGES, capacity.exchanges());
        refusals = quota(Resource.EXCHANGES, capacity.exchanges());
        bodies = quota(Resource.BODIES, capacity.bodies());
        long bytes = capacity.documents().bytes();
        documents = new Quota(Resource.DOCUMENTS, bytes, Math.max(bytes / 2, LARGEST_DOCUMENT), listener);
        verifyBuffers = new VerifyBuffers(memoryLimit.bytes() / 8);
        memory = new MemoryGuard(usedMemory, memoryLimit, listener);
    }

    private Quota quota(Resource resource, long total) {
        return new Quota(resource, total, Math.max(1, total / 2), listener);
    }

    /** Of a process with {@code capacity}, watching the direct memory that Netty uses. */
    public static ProcessLoad of(Capacity capacity, OverloadListener listener) {
        return new ProcessLoad(capacity, DirectMemory::used, DirectMemory.limit(), listener);
    }

    public ClientLoads clients() {
        return clients;
    }

    public MemoryGuard memory() {
        return memory;
    }

    /** A body streams that would have been held. */
    void unheld(String route, Room room) {
        listener.unheld(route, room);
    }

    /** Whether anything is short that every client needs. */
    public boolean isOverloaded() {
        return memory.isShort() || exchanges.isShort() || bodies.isShort() || documents.isShort();
    }

    /**
     * An exchange of {@code client} begins.
     *
     * @return its load, to be ended with it; {@code null} if there is not even room to say that there is no room
     */
    public @Nullable ExchangeLoad enter(ClientLoad client) {
        if (hasMemoryFor(client) && exchanges.take(client, client.exchanges, 1)) {
            return new ExchangeLoad(this, client, true);
        }
        return refusals.take(client, client.refusals, 1) ? new ExchangeLoad(this, client, false) : null;
    }

    /** While memory is short every client is served one request at a time, so that whoever made it short keeps nobody else out. */
    private boolean hasMemoryFor(ClientLoad client) {
        if (!memory.isShort() || (client.exchanges.get() == 0 && !memory.isCritical())) {
            return true;
        }
        listener.refused(Resource.DIRECT_MEMORY, Scope.PROCESS);
        return false;
    }
}
