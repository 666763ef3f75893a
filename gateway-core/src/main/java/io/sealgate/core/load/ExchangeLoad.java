package io.sealgate.core.load;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import io.sealgate.core.spi.OverloadListener.Room;

/**
 * What one exchange has taken of the process, and gives back when it ends, all at once. Confined to the exchange's event loop.
 */
public final class ExchangeLoad {

    private final ProcessLoad process;
    private final ClientLoad client;
    private final boolean admitted;
    private boolean body;
    private long document;
    private String heldRoute = "";
    private long held;
    private boolean ended;

    ExchangeLoad(ProcessLoad process, ClientLoad client, boolean admitted) {
        this.process = process;
        this.client = client;
        this.admitted = admitted;
    }

    /** Whether the exchange is to be served; otherwise it may only be told why not. */
    public boolean isAdmitted() {
        return admitted;
    }

    /** Whose exchange it is. */
    public ClientLoad client() {
        return client;
    }

    /** Whether to take no more direct memory than is needed to go on. */
    public boolean isMemoryShort() {
        return process.memory().isShort();
    }

    /** A body is about to be under way, in either direction. False if there is no room for it. Once is enough. */
    public boolean takeBody() {
        body = body || process.bodies.take(client, client.bodies, 1);
        return body;
    }

    /** So many more bytes of a document are about to be kept. False if there is no room for them. */
    public boolean takeDocument(long bytes) {
        boolean taken = process.documents.take(client, client.documents, bytes);
        if (taken) {
            document += bytes;
        }
        return taken;
    }

    /**
     * A body of {@code bytes} is about to be held until it has been judged, in place of any held before.
     *
     * @return false if it is larger than one may be, or there is no room for it
     */
    public boolean takeHeldBody(String route, VerifyBuffer limits, long bytes) {
        giveHeldBody();
        if (bytes > limits.object().bytes()) {
            return false;
        }
        Room full = isMemoryShort() ? Room.MEMORY : process.verifyBuffers.take(client, route, limits, bytes);
        if (full != null) {
            process.unheld(route, full);
            return false;
        }
        heldRoute = route;
        held = bytes;
        return true;
    }

    private void giveHeldBody() {
        if (held > 0) {
            process.verifyBuffers.give(client.held, heldRoute, held);
            held = 0;
        }
    }

    /** So many of a document's bytes are no longer kept. */
    public void giveDocument(long bytes) {
        document -= bytes;
        process.documents.give(client.documents, bytes);
    }

    /** Gives everything back. Idempotent. */
    public void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (admitted) {
            process.exchanges.give(client.exchanges, 1);
        } else {
            process.refusals.give(client.refusals, 1);
        }
        if (body) {
            process.bodies.give(client.bodies, 1);
        }
        if (document > 0) {
            process.documents.give(client.documents, document);
        }
        giveHeldBody();
        process.clients().ended(client);
    }
}
