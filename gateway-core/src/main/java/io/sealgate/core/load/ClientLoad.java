package io.sealgate.core.load;

import io.sealgate.core.model.ClientKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one client has of the process just now, over all its connections and event loops. Two connections of one client share
 * one instance. Thread-safe.
 */
public final class ClientLoad {

    /** Exchanges that are served. */
    final AtomicLong exchanges = new AtomicLong();
    /** Exchanges that only get to hear why they are not served. */
    final AtomicLong refusals = new AtomicLong();
    /** Bodies under way. */
    final AtomicLong bodies = new AtomicLong();
    /** Bytes of control documents. */
    final AtomicLong documents = new AtomicLong();

    /** Bytes of bodies that are held for a verdict. */
    final AtomicLong held = new AtomicLong();

    /** Open connections; changed by {@link ClientLoads}. */
    final AtomicInteger connections = new AtomicInteger();

    private final ClientKey key;

    ClientLoad(ClientKey key) {
        this.key = key;
    }

    /** Whose it is. */
    public ClientKey key() {
        return key;
    }
}
