package io.sealgate.tls;

import io.sealgate.tls.revocation.Inquiry;
import io.sealgate.tls.revocation.Revocation;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Whether a client is let in: its chain must be good, and nothing in it revoked. Thread-safe. */
final class ClientAdmission {

    private final ClientChainValidator validator;
    private final @Nullable Revocation revocation;
    private final @Nullable Inquiry inquiry;

    /**
     * Looks for no revoked certificates if {@code revocation} is null.
     *
     * @param inquiry has others asked in handshakes, or {@code null} to go by what is known
     */
    ClientAdmission(ClientChainValidator validator, @Nullable Revocation revocation, @Nullable Inquiry inquiry) {
        this.validator = validator;
        this.revocation = revocation;
        this.inquiry = inquiry;
    }

    /** Where {@link #admit} is to be called; null for any event loop. */
    @Nullable
    Executor executor() {
        return inquiry == null ? null : inquiry.executor();
    }

    /**
     * The client, if it is let in. Where others may be asked this can wait for their answer; otherwise it does no I/O.
     *
     * @param presented what the client sent, its own certificate first
     */
    TrustedClient admit(X509Certificate[] presented) throws RefusedCertificateException {
        TrustedClient client = validator.validate(presented);
        if (inquiry != null) {
            inquiry.hold(client.path());
        }
        return judged(client);
    }

    /** The same by what is known at the moment. Does no I/O, so it may run on an event loop. */
    TrustedClient review(X509Certificate[] presented) throws RefusedCertificateException {
        return judged(validator.validate(presented));
    }

    private TrustedClient judged(TrustedClient client) throws RefusedCertificateException {
        Optional<Revocation.Refusal> refusal = revocation == null ? Optional.empty() : revocation.judge(client.path());
        if (refusal.isPresent()) {
            throw new RefusedCertificateException(
                    refusal.get().reason(), refusal.get().message());
        }
        return client;
    }

    /** The CAs that clients are told of, to choose their certificate by. */
    X509Certificate[] acceptedIssuers() {
        return validator.acceptedIssuers();
    }
}
