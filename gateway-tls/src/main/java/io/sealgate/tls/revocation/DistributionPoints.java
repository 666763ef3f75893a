package io.sealgate.tls.revocation;

import io.sealgate.core.spi.RevocationListener.Kind;
import io.sealgate.tls.fetch.FetchException;
import io.sealgate.tls.fetch.FetchTarget;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The lists that certificates themselves point to. A point is remembered, whether or not there was anything to be had from it, until
 * others have been asked for more recently. Thread-safe.
 */
final class DistributionPoints {

    /** Of these, each can hold a list. */
    private static final int MOST = 100;

    /** Of one certificate, for each is a connection; those behind are usually for other protocols. */
    private static final int MOST_OF_ONE = 4;

    private final CrlFetching fetching;
    private final Map<FetchTarget, CrlSource> points = new LinkedHashMap<>(16, 0.75f, true);

    DistributionPoints(CrlFetching fetching) {
        this.fetching = fetching;
    }

    /**
     * Has the lists of a certificate fetched that stands on a path to an anchor. The result completes when those that are under way
     * have ended, well or not.
     */
    CompletableFuture<Void> ask(X509Certificate certificate) {
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        DistributionPointNames.urls(certificate).stream().limit(MOST_OF_ONE).forEach(url -> {
            try {
                asked.add(source(fetching.door().admit(url)).ask());
            } catch (FetchException e) {
                fetching.tell(Kind.DISTRIBUTION_POINT, e.outcome(), String.valueOf(e.getMessage()));
            }
        });
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new));
    }

    private CrlSource source(FetchTarget target) {
        synchronized (points) {
            CrlSource known = points.get(target);
            if (known != null) {
                return known;
            }
            if (points.size() >= MOST) {
                Iterator<CrlSource> eldest = points.values().iterator();
                eldest.next().close();
                eldest.remove();
            }
            CrlSource source = new CrlSource(
                    fetching,
                    target,
                    Kind.DISTRIBUTION_POINT,
                    new CrlLoader.Origin(target.toString(), "distribution point", false));
            points.put(target, source);
            return source;
        }
    }

    /** What was fetched from each. */
    List<SourceLists> sources() {
        synchronized (points) {
            return points.values().stream().map(CrlSource::lists).toList();
        }
    }

    int size() {
        synchronized (points) {
            return points.size();
        }
    }

    void close() {
        synchronized (points) {
            points.values().forEach(CrlSource::close);
        }
    }
}
