package io.sealgate.tls.revocation;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which revocation lists there are, and what they are asked. Parameters may be absent ({@code null}) in configuration; the
 * components never are.
 *
 * @param files     lists in PEM or DER; PEM files may hold several
 * @param check     whose revocation is looked for
 * @param whenStale what happens once a list's {@code nextUpdate} has passed
 * @param grace     with {@link WhenStale#GRACE}: for how long after that
 */
public record CrlConfig(List<Path> files, Check check, WhenStale whenStale, Duration grace) {

    public CrlConfig {
        files = List.copyOf(requireNonNullElse(files, List.of()));
        check = requireNonNullElse(check, Check.CHAIN);
        whenStale = requireNonNullElse(whenStale, WhenStale.REJECT);
        grace = requireNonNullElse(grace, Duration.ofHours(24));
    }

    /** Reports what cannot be meant. */
    void check(Problems problems, String path) {
        if (files.isEmpty()) {
            problems.add(path + ".files", "files: empty (expected: at least one file with CRLs)");
        }
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
