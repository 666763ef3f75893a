package io.sealgate.tls.fetch;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.spi.RevocationListener.Outcome;
import io.sealgate.core.spi.UpstreamSecurity;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Where the gateway's own questions to strangers go out. A URL has to be http(s) and lead to an allowed host; every address of that host
 * has to be an allowed one, and the connection is made to the address that was checked; no redirect is followed; size and time are
 * bounded. Thread-safe.
 */
public final class Door {

    private final FetchConfig config;
    private final AllowedHosts hosts;
    private final AllowedAddresses addresses;
    private final NameResolver resolver;
    private final FetchThreads threads;
    private final UpstreamSecurity security;
    private final int most;
    private final int mostWaiting;
    private final Deque<Fetch> waiting = new ArrayDeque<>();
    private int running;

    /**
     * Keeps all of these, and owns none.
     *
     * @param security    for https
     * @param most        at the same time; each may hold as much as is allowed to be fetched
     * @param mostWaiting for these to end; more are refused
     */
    public Door(
            FetchConfig config,
            AllowedHosts hosts,
            NameResolver resolver,
            FetchThreads threads,
            UpstreamSecurity security,
            int most,
            int mostWaiting) {
        this.config = config;
        this.hosts = hosts;
        this.addresses = new AllowedAddresses(config.allowedAddresses());
        this.resolver = resolver;
        this.threads = threads;
        this.security = security;
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    /** Checks a URL as far as that can be done without asking anybody. */
    public FetchTarget admit(String url) throws FetchException {
        FetchTarget target = FetchTarget.parse(url);
        hosts.check(target);
        return target;
    }

    /**
     * Gets what is at {@code target}, which was admitted, as soon as few enough others are under way. Does not block. Once begun it takes
     * no longer than {@link FetchConfig#timeout}; what the result fails with is always a {@link FetchException}.
     */
    public CompletableFuture<Fetched> get(FetchTarget target) {
        return begin(new Fetch(this, target, null));
    }

    /** The same for what {@code target} answers to {@code body}. */
    public CompletableFuture<Fetched> post(FetchTarget target, String contentType, byte[] body) {
        return begin(new Fetch(this, target, new Fetch.Body(contentType, ByteBuffer.wrap(body))));
    }

    private CompletableFuture<Fetched> begin(Fetch fetch) {
        synchronized (waiting) {
            if (running >= most && waiting.size() >= mostWaiting) {
                return CompletableFuture.failedFuture(fetch.failure(
                        Outcome.BUSY,
                        running + " under way and " + mostWaiting + " waiting already (expected: fewer)"));
            }
            waiting.add(fetch);
        }
        fetch.result().whenComplete((fetched, failure) -> ended());
        beginNext();
        return fetch.result();
    }

    private void ended() {
        synchronized (waiting) {
            running--;
        }
        beginNext();
    }

    private void beginNext() {
        Fetch next;
        synchronized (waiting) {
            next = running < most ? waiting.poll() : null;
            if (next == null) {
                return;
            }
            running++;
        }
        next.start();
    }

    FetchConfig config() {
        return config;
    }

    AllowedAddresses addresses() {
        return addresses;
    }

    NameResolver resolver() {
        return resolver;
    }

    FetchThreads threads() {
        return threads;
    }

    /** Verifies the server's name, as for an origin. */
    SslHandler tls(ByteBufAllocator allocator, FetchTarget target) {
        return security.newHandler(allocator, target.host(), target.port());
    }
}
