package io.sealgate.tls;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.ocsp.OcspCheck;
import io.sealgate.tls.revocation.Inquiry;
import io.sealgate.tls.revocation.Revocation;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All that a listener does to find revoked certificates. Immutable and thread-safe.
 *
 * @param lists   what is known from lists, or {@code null}
 * @param inquiry has lists fetched about which too little is known, or {@code null}
 * @param ocsp    asks a responder, or {@code null}
 */
record RevocationChecks(
        @Nullable Revocation lists,
        @Nullable Inquiry inquiry,
        @Nullable OcspCheck ocsp) {

    /** Nothing. */
    static final RevocationChecks NONE = new RevocationChecks(null, null, null);

    /**
     * Where {@link #check} is to be called, because it may wait there; null for any event loop, where it does no I/O.
     */
    @Nullable
    Executor executor() {
        if (inquiry != null) {
            return inquiry.executor();
        }
        return ocsp == null ? null : ocsp.executor();
    }

    /** Judges a path that is good in every other respect, on account of {@code client}. */
    void check(ClientKey client, List<X509Certificate> path) throws RefusedCertificateException {
        if (inquiry != null) {
            inquiry.hold(client, path);
        }
        checkLists(path);
        if (ocsp != null) {
            Optional<OcspCheck.Objection> objection = ocsp.judge(client, path);
            if (objection.isPresent()) {
                throw refusal(objection.get(), path.get(0));
            }
        }
    }

    /** The same by what is known already. Does no I/O. */
    void review(List<X509Certificate> path) throws RefusedCertificateException {
        checkLists(path);
        if (ocsp != null && ocsp.isKnownRevoked(path)) {
            throw refusal(OcspCheck.Objection.REVOKED, path.get(0));
        }
    }

    /** Grows when {@link #review} may find more revoked than before, beside what lists say. */
    long learnt() {
        return ocsp == null ? 0 : ocsp.learnt();
    }

    private void checkLists(List<X509Certificate> path) throws RefusedCertificateException {
        Optional<Revocation.Refusal> refusal = lists == null ? Optional.empty() : lists.judge(path);
        if (refusal.isPresent()) {
            throw new RefusedCertificateException(
                    refusal.get().reason(), refusal.get().message());
        }
    }

    private static RefusedCertificateException refusal(OcspCheck.Objection objection, X509Certificate client) {
        String name = Certificates.subject(client) + ", serial "
                + client.getSerialNumber().toString(16);
        return switch (objection) {
            case REVOKED ->
                new RefusedCertificateException(HandshakeRefusal.REVOKED, name + ": revoked, says its responder");
            case UNDECIDED ->
                new RefusedCertificateException(
                        HandshakeRefusal.OCSP_UNDECIDED, name + ": no answer of its responder (expected: good)");
        };
    }
}
