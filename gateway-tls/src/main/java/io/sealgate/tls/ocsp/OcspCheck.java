package io.sealgate.tls.ocsp;

import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.fetch.AllowedHosts;
import io.sealgate.tls.fetch.Door;
import io.sealgate.tls.fetch.FetchConfig;
import io.sealgate.tls.fetch.FetchException;
import io.sealgate.tls.fetch.FetchTarget;
import io.sealgate.tls.fetch.FetchThreads;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Says of a client's certificate whether its issuer's responder calls it revoked. Thread-safe. */
public final class OcspCheck {

    private static final ByteSize LARGEST = ByteSize.ofKiB(64);

    /** At the same time; whoever comes then is judged without an answer. */
    private static final int MOST = 64;

    private final String listener;
    private final OcspConfig config;
    private final OcspClient client;
    private final FetchThreads threads;
    private final RevocationListener events;

    private OcspCheck(String listener, OcspConfig config, OcspClient client, Outside outside) {
        this.listener = listener;
        this.config = config;
        this.client = client;
        this.threads = outside.threads();
        this.events = outside.events();
    }

    /**
     * For one listener.
     *
     * @param fetch           which hosts and addresses may be asked
     * @param strongKey       whether a responder's certificate has a strong key and signature
     * @param strongSignature whether a signature algorithm, by its OID and its parameters in DER, is strong
     * @param security        for https; not owned
     */
    public static OcspCheck of(
            String listener,
            OcspConfig config,
            FetchConfig fetch,
            Predicate<X509Certificate> strongKey,
            BiPredicate<String, byte[]> strongSignature,
            InstantSource clock,
            Outside outside,
            UpstreamSecurity security) {
        AllowedHosts hosts = new AllowedHosts(fetch.allowedHosts(), responder(config));
        FetchConfig limits = new FetchConfig(
                fetch.allowedHosts(), fetch.allowedAddresses(), config.timeout(), Duration.ofHours(1), LARGEST);
        Door door = new Door(limits, hosts, outside.resolver(), outside.threads(), security, MOST, 0);
        OcspReader reader = new OcspReader(
                new ResponderRules(strongKey, strongSignature), config.nonce() == OcspConfig.Nonce.REQUIRE);
        OcspClient client = new OcspClient(listener, config, door, reader, clock, outside);
        return new OcspCheck(listener, config, client, outside);
    }

    private static List<FetchTarget> responder(OcspConfig config) {
        try {
            return config.responder() == null ? List.of() : List.of(FetchTarget.parse(config.responder()));
        } catch (FetchException e) {
            throw new IllegalStateException("responder: unreadable (expected: checked before)", e);
        }
    }

    /** Where {@link #judge} may wait. */
    public Executor executor() {
        return threads.handshakes();
    }

    /** What stands against a client. */
    public enum Objection {
        /** Its responder says so. */
        REVOKED,
        /** Nobody says anything, and somebody should. */
        UNDECIDED
    }

    /**
     * Asks, and waits for the answer. Blocks, so not to be called on an event loop.
     *
     * @param owner whose certificate it is
     * @param path  good in every other respect, from the client's certificate to the anchor
     */
    public Optional<Objection> judge(ClientKey owner, List<X509Certificate> path) {
        RevokedCertificates revoked = client.revoked();
        if (revoked.isFinal(path.get(0), path.get(1))) {
            return Optional.of(Objection.REVOKED);
        }
        CompletableFuture<OcspAnswer> answer = client.ask(owner, path.get(0), path.get(1));
        threads.hold(owner, answer, config.timeout());
        boolean isAnswered = answer.isDone() && !answer.isCompletedExceptionally();
        // A good answer that was remembered may be older than what is known by now: the same certificate can be
        // written, and so be asked about, in two ways.
        boolean isRevoked = (isAnswered && answer.join().isRevoked()) || revoked.contains(path.get(0), path.get(1));
        if (isRevoked || isAnswered) {
            return isRevoked ? Optional.of(Objection.REVOKED) : Optional.empty();
        }
        boolean isLetIn = config.mode() == OcspConfig.Mode.SOFT;
        events.undecided(listener, isLetIn);
        return isLetIn ? Optional.empty() : Optional.of(Objection.UNDECIDED);
    }

    /** Grows when any listener has learnt of a certificate that it is revoked. */
    public long learnt() {
        return client.revoked().learnt();
    }

    /**
     * By what is known already: whether the certificate is revoked.
     *
     * @param path as for {@link #judge}
     */
    public boolean isKnownRevoked(List<X509Certificate> path) {
        return client.revoked().contains(path.get(0), path.get(1));
    }
}
