package io.sealgate.tls.revocation;

import io.sealgate.core.model.ClientKey;
import io.sealgate.tls.fetch.FetchThreads;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What is done in a handshake when too little is known of a client's path to judge it: others are asked, and the
 * handshake waits for as long as that may take. Thread-safe.
 *
 * @param patience for one handshake
 */
public record Inquiry(Revocation revocation, RevocationLists lists, FetchThreads threads, Duration patience) {

    /** The threads on which {@link #hold} may wait. */
    public Executor executor() {
        return threads.handshakes();
    }

    /**
     * Asks, and waits. Blocks, so not to be called on an event loop.
     *
     * @param client whose handshake waits
     * @param path   good in every other respect: nobody else's certificate has the gateway ask anybody anything
     */
    public void hold(ClientKey client, List<X509Certificate> path) {
        threads.hold(client, lists.ask(revocation.uncovered(path)), patience);
    }
}
