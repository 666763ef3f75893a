package io.sealgate.tls.revocation;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.fetch.FetchException;
import io.sealgate.tls.fetch.FetchTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which revocation lists there are, and what they are asked. Parameters may be absent ({@code null}) in configuration; the
 * components never are.
 *
 * @param files     with lists in PEM or DER; PEM files may hold several
 * @param urls      where lists are fetched from
 * @param distributionPoints whether lists are fetched from where certificates say they are
 * @param check     whose revocation is looked for
 * @param whenStale what happens once a list's {@code nextUpdate} has passed
 * @param grace     with {@link WhenStale#GRACE}: for how long after that
 */
public record CrlConfig(
        List<Path> files,
        List<String> urls,
        DistributionPointUse distributionPoints,
        Check check,
        WhenStale whenStale,
        Duration grace) {

    public CrlConfig {
        files = List.copyOf(requireNonNullElse(files, List.of()));
        urls = List.copyOf(requireNonNullElse(urls, List.of()));
        distributionPoints = requireNonNullElse(distributionPoints, DistributionPointUse.NONE);
        check = requireNonNullElse(check, Check.CHAIN);
        whenStale = requireNonNullElse(whenStale, WhenStale.REJECT);
        grace = requireNonNullElse(grace, Duration.ofHours(24));
    }

    /** From files only. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public CrlConfig(List<Path> files, Check check, WhenStale whenStale, Duration grace) {
        this(files, null, null, check, whenStale, grace);
    }

    /** Whether lists may come from elsewhere than files. */
    public boolean isFetched() {
        return !urls.isEmpty() || distributionPoints != DistributionPointUse.NONE;
    }

    /** {@code urls: 2, distribution-points: none}, for messages. */
    String describeFetching() {
        return "urls: " + urls.size() + ", distribution-points: "
                + distributionPoints.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those of {@code urls} that can be read. */
    List<FetchTarget> targets(Problems problems, String path) {
        List<FetchTarget> targets = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            try {
                targets.add(FetchTarget.parse(urls.get(i)));
            } catch (FetchException e) {
                problems.add(path + ".urls[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return targets;
    }

    /** Reports what cannot be meant. */
    void check(Problems problems, String path) {
        if (files.isEmpty() && !isFetched()) {
            problems.add(path + ".files", "files: empty (expected: at least one file with CRLs, or urls)");
        }
        targets(problems, path);
        if (grace.isNegative() || grace.isZero()) {
            problems.add(path + ".grace", "grace: " + grace.toMillis() + "ms (expected: > 0)");
        }
    }

    /** Until when a list is good enough. */
    boolean isAccepted(Crl crl, Instant now) {
        return switch (whenStale) {
            case REJECT -> !crl.isStale(now);
            case GRACE -> !now.isAfter(crl.nextUpdate().plus(grace));
            case ACCEPT -> true;
        };
    }

    /** Whether lists are fetched from the distribution points of clients' certificates. */
    public enum DistributionPointUse {
        /** Never. */
        NONE,
        /** If they are on a host that is allowed. */
        ALLOWED_HOSTS
    }

    /** Whose revocation is looked for. */
    public enum Check {
        /** The client's certificate only. */
        LEAF,
        /** Every certificate of the path but the anchor, which nobody can revoke. */
        CHAIN,
        /** The same, but certificates of CAs that have no list are taken for good. */
        CHAIN_IF_AVAILABLE
    }

    /** What happens once {@code nextUpdate} has passed. What a list revokes stays revoked in any case. */
    public enum WhenStale {
        /** Clients are refused. */
        REJECT,
        /** Clients are refused once the grace is over as well. */
        GRACE,
        /** The list is good for ever. */
        ACCEPT
    }
}
