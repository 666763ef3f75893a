package io.sealgate.tls.revocation;

import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.revocation.CrlConfig.Check;
import io.sealgate.tls.revocation.CrlConfig.WhenStale;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a certificate of a client's path is revoked, as far as its listener's lists and rules go (RFC 5280
 * §6.3). Knows no files and does no I/O, so it may run on an event loop. Thread-safe.
 */
public final class Revocation {

    private final CrlConfig rules;
    private final Supplier<CrlSet> crls;
    private final InstantSource clock;
    private final Consumer<String> staleAccepted;

    /**
     * Judges by the lists that {@code crls} has at that moment.
     *
     * @param staleAccepted told the name of the CA when a client is let in although a list of that CA is stale
     */
    public Revocation(CrlConfig rules, Supplier<CrlSet> crls, InstantSource clock, Consumer<String> staleAccepted) {
        this.rules = rules;
        this.crls = crls;
        this.clock = clock;
        this.staleAccepted = staleAccepted;
    }

    /**
     * A certificate about which too little is known.
     *
     * @param issuer its issuer's
     */
    record Uncovered(X509Certificate certificate, X509Certificate issuer) {}

    /**
     * Why a client is not let in.
     *
     * @param message for the operator
     */
    public record Refusal(HandshakeRefusal reason, String message) {}

    /**
     * Judges a path that is good in every other respect. Whoever is revoked is refused for that, whatever else is
     * amiss.
     *
     * @param path from the client's certificate to the trust anchor, both included
     */
    public Optional<Refusal> judge(List<X509Certificate> path) {
        List<Link> links = links(path, crls.get());
        return links.stream()
                .flatMap(link -> link.revoked().stream())
                .findFirst()
                .or(() -> missingOrStale(links));
    }

    /** The certificates of a path about which there is no list, or only stale ones. */
    List<Uncovered> uncovered(List<X509Certificate> path) {
        Instant now = clock.instant();
        List<Link> links = links(path, crls.get());
        return IntStream.range(0, links.size())
                .filter(i -> links.get(i).covering().noneMatch(list -> !list.isStale(now)))
                .mapToObj(i -> new Uncovered(path.get(i), path.get(i + 1)))
                .toList();
    }

    private List<Link> links(List<X509Certificate> path, CrlSet set) {
        List<Link> links = new ArrayList<>();
        int last = rules.check() == Check.LEAF ? 1 : path.size() - 1;
        for (int i = 0; i < last; i++) {
            AuthorityId issuer = AuthorityId.of(path.get(i + 1));
            links.add(new Link(path.get(i), set.of(issuer), issuerWithoutList(set, issuer)));
        }
        return links;
    }

    /** Elsewhere a CA without a list is a reason to refuse, whether it has had one or not. */
    private @Nullable AuthorityId issuerWithoutList(CrlSet set, AuthorityId issuer) {
        return rules.check() == Check.CHAIN_IF_AVAILABLE ? set.issuerWithoutList(issuer) : null;
    }

    private Optional<Refusal> missingOrStale(List<Link> links) {
        Instant now = clock.instant();
        Optional<Refusal> missing = links.stream()
                .filter(this::isMissing)
                .map(link -> new Refusal(
                        HandshakeRefusal.CRL_MISSING,
                        link.name() + ": no CRL for it (expected: one of " + link.issuer() + ")"))
                .findFirst();
        if (missing.isPresent()) {
            return missing;
        }
        List<Link> stale = links.stream().filter(link -> link.isStale(now)).toList();
        Optional<Refusal> tooOld = stale.stream()
                .filter(link -> link.issuerWithoutList() != null
                        ? rules.whenStale() != WhenStale.ACCEPT
                        : link.covering().noneMatch(crl -> rules.isAccepted(crl, now)))
                .map(link -> new Refusal(
                        HandshakeRefusal.CRL_STALE,
                        link.name() + (link.issuerWithoutList() != null ? ": its CRL is gone" : ": its CRL is stale")
                                + " (expected: a newer one of " + link.issuer() + ")"))
                .findFirst();
        if (tooOld.isEmpty() && !stale.isEmpty()) {
            staleAccepted.accept(stale.get(0).authority());
        }
        return tooOld;
    }

    private boolean isMissing(Link link) {
        // A CA that has lists is judged by them: that none is for this certificate is no reason to let it in.
        boolean isExcused =
                rules.check() == Check.CHAIN_IF_AVAILABLE && link.lists().isEmpty();
        return !isExcused && link.covering().findAny().isEmpty();
    }
}
