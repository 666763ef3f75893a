package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.RevocationListener.Kind;
import io.sealgate.tls.fetch.FetchTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lists of a listener that are not in files. Thread-safe. */
final class FetchedLists {

    /** Of all issuers, so it has no share that it could exceed; each URL is fetched once at a time. */
    private static final ClientKey CONFIGURED =
            ClientKey.certified(new byte[0], new byte[0], List.of()).shared();

    private final List<CrlSource> urls = new ArrayList<>();
    private final @Nullable DistributionPoints points;

    FetchedLists(CrlConfig config, CrlFetching fetching, String where) {
        List<FetchTarget> targets = config.targets(new Problems(), where);
        for (int i = 0; i < targets.size(); i++) {
            FetchTarget target = targets.get(i);
            CrlLoader.Origin origin = new CrlLoader.Origin(target.toString(), where + ".urls[" + i + "]", true);
            urls.add(new CrlSource(fetching, CONFIGURED, target, Kind.CRL_URL, origin, url -> true));
        }
        points = config.distributionPoints() == CrlConfig.DistributionPointUse.NONE
                ? null
                : new DistributionPoints(fetching);
    }

    /** Begins with what is configured. The result completes when every URL was tried. */
    CompletableFuture<Void> start() {
        return CompletableFuture.allOf(urls.stream().map(CrlSource::ask).toArray(CompletableFuture<?>[]::new));
    }

    /** Other CAs are trusted than before, so what was no good then may be good now. */
    void retry() {
        urls.forEach(CrlSource::retry);
    }

    /** Has the lists of certificates fetched; see {@link DistributionPoints#ask}. */
    CompletableFuture<Void> ask(List<Revocation.Uncovered> certificates) {
        DistributionPoints all = points;
        return all == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.allOf(certificates.stream().map(all::ask).toArray(CompletableFuture<?>[]::new));
    }

    /** See {@link DistributionPoints#inForce}. */
    void inForce(List<LoadedCrl> lists) {
        if (points != null) {
            points.inForce(lists);
        }
    }

    /** How many distribution points are remembered. */
    int points() {
        return points == null ? 0 : points.size();
    }

    /** What each URL has held so far. */
    List<SourceLists> sources() {
        Stream<SourceLists> configured = urls.stream().map(CrlSource::lists);
        return Stream.concat(configured, points == null ? Stream.of() : points.sources().stream())
                .toList();
    }

    void close() {
        urls.forEach(CrlSource::close);
        if (points != null) {
            points.close();
        }
    }
}
