package io.sealgate.tls.fetch;

import io.netty.channel.ChannelPipeline;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.share.FairPlaces;
import io.sealgate.core.spi.RevocationListener.Outcome;
import io.sealgate.core.spi.UpstreamSecurity;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for revocation lists and OCSP. A URL has to be http(s) and name an allowed host; every address of
 * that host has to be allowed, and the connection is made to the address that was checked. No redirect is followed;
 * size and time are bounded. One owner has at most half of the fetches that run, and half of those that wait.
 * Thread-safe.
 */
public final class Door {

    private final FetchConfig config;
    private final AllowedHosts hosts;
    private final AllowedAddresses addresses;
    private final NameResolver resolver;
    private final FetchThreads threads;
    private final UpstreamSecurity security;
    private final FairPlaces running;
    private final FairPlaces places;

    /**
     * Fetches that wait for a place or for their owner's share. Its monitor guards {@code running} and {@code places}.
     */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(ClientKey owner, Fetch fetch) {}

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
        this.running = new FairPlaces(most);
        this.places = new FairPlaces(mostWaiting);
    }

    /** Checks a URL as far as that can be done without asking anybody. */
    public FetchTarget admit(String url) throws FetchException {
        FetchTarget target = FetchTarget.parse(url);
        hosts.check(target);
        return target;
    }

    /**
     * Gets what is at {@code target}, which was admitted, as soon as few enough others are under way. Does not block.
     * Once begun it takes no longer than {@link FetchConfig#timeout}; what the result fails with is always a {@link
     * FetchException}.
     *
     * @param owner whose share of the fetches it takes
     */
    public CompletableFuture<Fetched> get(ClientKey owner, FetchTarget target) {
        return begin(owner, new Fetch(this, owner, target, null));
    }

    /** The same for what {@code target} answers to {@code body}. */
    public CompletableFuture<Fetched> post(ClientKey owner, FetchTarget target, String contentType, byte[] body) {
        return begin(owner, new Fetch(this, owner, target, new Fetch.Body(contentType, ByteBuffer.wrap(body))));
    }

    private CompletableFuture<Fetched> begin(ClientKey owner, Fetch fetch) {
        boolean begins;
        synchronized (waiting) {
            begins = running.take(owner);
            if (!begins && !places.take(owner)) {
                return CompletableFuture.failedFuture(
                        fetch.failure(Outcome.BUSY, "too many under way already (expected: fewer)"));
            }
            if (!begins) {
                waiting.add(new Waiting(owner, fetch));
            }
        }
        fetch.result().whenComplete((fetched, failure) -> ended(owner));
        if (begins) {
            fetch.start();
        }
        return fetch.result();
    }

    private void ended(ClientKey owner) {
        Waiting next;
        synchronized (waiting) {
            running.give(owner);
            next = next();
        }
        if (next != null) {
            next.fetch().start();
        }
    }

    /** The first whose owner may have another one under way. */
    private @Nullable Waiting next() {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting next = each.next();
            if (running.take(next.owner())) {
                each.remove();
                places.give(next.owner());
                return next;
            }
        }
        return null;
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
    void secure(ChannelPipeline pipeline, FetchTarget target) {
        security.secure(pipeline, target.host(), target.port());
    }
}
