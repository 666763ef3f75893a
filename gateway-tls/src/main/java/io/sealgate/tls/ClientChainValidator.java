package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.UNKNOWN_CA;

import io.sealgate.core.model.ClientIdentity;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client's certificate chain is good: looks for a path to a trusted CA ({@link PathSearch}) that
 * holds against {@link PathRules}, and remembers those that did. Does no I/O, so it may run on an event loop.
 * Thread-safe.
 */
final class ClientChainValidator {

    private final TrustBundle bundle;
    private final int maxDepth;
    private final PathRules rules;
    private final InstantSource clock;
    private final VerdictCache verdicts;

    /** Trusts {@code bundle}, at the time that {@code clock} tells. */
    ClientChainValidator(TrustBundle bundle, TrustConfig config, InstantSource clock) {
        this(bundle, config, clock, VerdictCache.forThisHeap());
    }

    /** @param verdicts takes a cache that no other validator uses */
    ClientChainValidator(TrustBundle bundle, TrustConfig config, InstantSource clock, VerdictCache verdicts) {
        this.bundle = bundle;
        this.maxDepth = config.maxDepth();
        this.rules = new PathRules(new CertificateRules(config.extendedKeyUsage(), config.strength()), maxDepth);
        this.clock = clock;
        this.verdicts = verdicts;
    }

    /**
     * The client, with the path that was found from its certificate to the trust anchor.
     *
     * @param presented what the client sent, its own certificate first; parsed only if it was not seen before
     */
    TrustedClient validate(X509Certificate[] presented) throws RefusedCertificateException {
        try {
            PresentedChain chain = PresentedChain.of(presented, maxDepth);
            // the unit of dates in certificates: one is valid throughout the second that it ends in
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            ByteBuffer digest = chain.digest();
            TrustedClient known = verdicts.find(digest, now);
            return known != null ? known : judge(chain.parse(), digest, now);
        } catch (RuntimeException e) {
            // Certificates are hostile input, and an unchecked exception from deep inside a parser is a refusal like
            // any other.
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE, "certificate: malformed (expected: X.509, RFC 5280)", e);
        }
    }

    private TrustedClient judge(List<X509Certificate> presented, ByteBuffer digest, Instant now)
            throws RefusedCertificateException {
        X509Certificate leaf = presented.get(0);
        List<X509Certificate> path = path(leaf, presented, now);
        TrustedClient client = new TrustedClient(path, identity(path));
        if (isPlain(presented, path)) {
            verdicts.remember(digest, client);
        }
        return client;
    }

    /**
     * Strangers in a chain can be varied without end, so such chains are judged each time: nobody fills the cache
     * alone.
     */
    private static boolean isPlain(List<X509Certificate> presented, List<X509Certificate> path) {
        return path.containsAll(presented) && new HashSet<>(presented).size() == presented.size();
    }

    private List<X509Certificate> path(X509Certificate leaf, List<X509Certificate> presented, Instant now)
            throws RefusedCertificateException {
        Judge judge = new Judge(now);
        new PathSearch(bundle, presented.subList(1, presented.size()), now).from(leaf, judge);
        return judge.verdict(leaf);
    }

    /** Refuses names that could not be told apart later, while there is still an alert to send. */
    private static ClientIdentity.Certified identity(List<X509Certificate> path) throws RefusedCertificateException {
        try {
            return IdentityExtractor.identify(path);
        } catch (RefusedCertificateException e) {
            throw e;
        } catch (CertificateException e) {
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE, "certificate: malformed (expected: X.509, RFC 5280)", e);
        }
    }

    /** The CAs that clients are told of, to choose their certificate by. */
    X509Certificate[] acceptedIssuers() {
        return bundle.announced().toArray(X509Certificate[]::new);
    }

    /** Takes the first path that holds, and keeps the best reason why the others did not. */
    private final class Judge implements PathSearch.Visitor {

        private final Instant now;
        private List<X509Certificate> taken = List.of();
        private @Nullable RefusedCertificateException refusal;

        Judge(Instant now) {
            this.now = now;
        }

        @Override
        public boolean takes(List<X509Certificate> path) {
            try {
                rules.check(path, now);
                taken = path;
                return true;
            } catch (RefusedCertificateException e) {
                // that some CA of the name is not the issuer says the least
                if (refusal == null || refusal.reason() == UNKNOWN_CA) {
                    refusal = e;
                }
                return false;
            }
        }

        List<X509Certificate> verdict(X509Certificate leaf) throws RefusedCertificateException {
            if (!taken.isEmpty()) {
                return taken;
            }
            if (refusal != null) {
                throw refusal;
            }
            throw new RefusedCertificateException(
                    UNKNOWN_CA,
                    Certificates.subject(leaf) + ": issuer " + Certificates.name(leaf.getIssuerX500Principal())
                            + " (expected: a CA of the trust bundle)");
        }
    }
}
