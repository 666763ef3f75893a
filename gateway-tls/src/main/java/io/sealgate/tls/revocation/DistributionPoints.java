package io.sealgate.tls.revocation;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.share.FairCache;
import io.sealgate.core.spi.RevocationListener.Kind;
import io.sealgate.tls.fetch.FetchException;
import io.sealgate.tls.fetch.FetchTarget;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The lists that certificates themselves point to. A point is remembered, whether or not there was anything to be had
 * from it, until others have been asked for more recently, each issuer having a share, or until its lists have been
 * replaced by newer ones from elsewhere. Thread-safe.
 */
final class DistributionPoints {

    /** Of these, each can hold a list. */
    private static final int MAX_POINTS = 100;

    /** Of one certificate, for each is a connection; those behind are usually for other protocols. */
    private static final int MOST_OF_ONE = 4;

    private final CrlFetching fetching;
    private final FairCache<FetchTarget, CrlSource> points = new FairCache<>(MAX_POINTS);

    private volatile List<LoadedCrl> inForce = List.of();

    DistributionPoints(CrlFetching fetching) {
        this.fetching = fetching;
    }

    /**
     * Has the lists of a certificate fetched that stands on a path to an anchor. The result completes when those that
     * are under way have ended, well or not.
     */
    CompletableFuture<Void> ask(Revocation.Uncovered uncovered) {
        ClientKey owner = owner(uncovered.issuer());
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        DistributionPointNames.urls(uncovered.certificate()).stream()
                .limit(MOST_OF_ONE)
                .forEach(url -> {
                    try {
                        asked.add(source(owner, fetching.door().admit(url)).ask());
                    } catch (FetchException e) {
                        fetching.tell(Kind.DISTRIBUTION_POINT, e.outcome(), String.valueOf(e.getMessage()));
                    }
                });
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new));
    }

    /** The CA's key: a CA whose certificates all have points of their own cannot evict the points of other CAs. */
    private static ClientKey owner(X509Certificate issuer) {
        return ClientKey.issuer(issuer.getPublicKey());
    }

    private synchronized CrlSource source(ClientKey owner, FetchTarget target) {
        CrlSource known = points.get(target);
        if (known != null) {
            return known;
        }
        CrlSource source = new CrlSource(
                fetching,
                owner,
                target,
                Kind.DISTRIBUTION_POINT,
                new CrlLoader.Origin(target.toString(), "distribution point", false),
                this::isNeeded);
        points.put(owner, target, source).forEach(CrlSource::close);
        return source;
    }

    /** From now on these are the newest lists of each issuer and scope, from everywhere. */
    void inForce(List<LoadedCrl> lists) {
        inForce = lists;
    }

    /**
     * Forgets a point whose lists newer ones have replaced: a CA that publishes each list under a name of its own would
     * leave one behind each time. Not before its time to be fetched again, so that nobody has it fetched more often.
     */
    private boolean isNeeded(CrlSource source) {
        if (!source.isReplaced(inForce)) {
            return true;
        }
        points.removeIf(point -> point == source);
        source.close();
        return false;
    }

    /** What was fetched from each. */
    List<SourceLists> sources() {
        return points.values().stream().map(CrlSource::lists).toList();
    }

    int size() {
        return points.size();
    }

    void close() {
        points.values().forEach(CrlSource::close);
    }
}
