package io.sealgate.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Finds the ways from a client's certificate up to an anchor (RFC 4158), depth first and one after the other, until one
 * is taken. It follows names and signatures only; the caller validates each path. No signature is verified with a key
 * that only the client presented, because a stranger would decide what that costs; validation begins at the anchor. For
 * one search, on one thread.
 */
final class PathSearch {

    /** A client may make us follow this many certificates in vain, and look at this many paths. */
    private static final int MOST_STEPS = 256;

    private static final int MOST_PATHS = 16;

    private final List<X509Certificate> anchors;
    private final List<X509Certificate> intermediates;
    private final TrustBundle bundle;
    private final BiPredicate<X509Certificate, X509Certificate> issued;
    private final Comparator<X509Certificate> validFirst;
    private final Map<Link, Boolean> signatures = new HashMap<>();
    private int steps;
    private int paths;

    private record Link(X509Certificate issuer, X509Certificate certificate) {}

    /** Looks at a path and decides whether the search is over. */
    interface Visitor {
        /** True to take {@code path}: leaf first, anchor last. */
        boolean takes(List<X509Certificate> path);
    }

    /**
     * @param bundle    where a path ends, and what may lie between
     * @param presented further candidates, sent by the client and not trusted
     * @param now       certificates that are valid now are tried first
     */
    PathSearch(TrustBundle bundle, List<X509Certificate> presented, Instant now) {
        this(bundle, presented, now, Certificates::issued);
    }

    /** @param issued whether the first certificate has the key that signed the second */
    PathSearch(
            TrustBundle bundle,
            List<X509Certificate> presented,
            Instant now,
            BiPredicate<X509Certificate, X509Certificate> issued) {
        this.anchors = bundle.anchors();
        this.bundle = bundle;
        this.intermediates = Stream.concat(bundle.intermediates().stream(), presented.stream())
                .distinct()
                .toList();
        this.issued = issued;
        this.validFirst = Comparator.comparing(certificate -> !Certificates.isValid(certificate, now));
    }

    /** Shows the paths from {@code leaf} to {@code visitor} until it takes one. */
    void from(X509Certificate leaf, Visitor visitor) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(leaf);
        if (anchors.contains(leaf)) {
            visitor.takes(List.copyOf(path));
        } else {
            climb(path, visitor);
        }
    }

    /** True if a path was taken. */
    private boolean climb(List<X509Certificate> path, Visitor visitor) {
        for (X509Certificate issuer : issuers(path)) {
            if (steps++ >= MOST_STEPS || paths >= MOST_PATHS) {
                return false;
            }
            path.add(issuer);
            if (anchors.contains(issuer) ? isTaken(path, visitor) : climb(path, visitor)) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    private boolean isTaken(List<X509Certificate> path, Visitor visitor) {
        paths++;
        return visitor.takes(List.copyOf(path));
    }

    /** Who may have issued the last certificate of {@code path}: anchors first, for they end it. */
    private List<X509Certificate> issuers(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        List<X509Certificate> issuers = new ArrayList<>(namesakes(anchors, last, path));
        issuers.addAll(namesakes(intermediates, last, path));
        // A name with one bearer needs no more: whoever judges the path verifies every signature on it.
        return issuers.size() == 1
                ? issuers
                : issuers.stream()
                        .filter(issuer -> !bundle.contains(issuer) || signed(issuer, last))
                        .toList();
    }

    private List<X509Certificate> namesakes(
            List<X509Certificate> candidates, X509Certificate last, List<X509Certificate> path) {
        return candidates.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                .filter(candidate -> !path.contains(candidate))
                .sorted(validFirst)
                .toList();
    }

    private boolean signed(X509Certificate issuer, X509Certificate certificate) {
        return signatures.computeIfAbsent(new Link(issuer, certificate), link -> issued.test(issuer, certificate));
    }
}
