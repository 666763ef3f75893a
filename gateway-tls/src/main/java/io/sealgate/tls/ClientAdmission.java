package io.sealgate.tls;

import io.sealgate.tls.revocation.Revocation;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client is let in: its chain must be good, and nothing in it revoked. Does no I/O, so it may run on an event loop.
 * Thread-safe.
 */
final class ClientAdmission {

    private final ClientChainValidator validator;
    private final @Nullable Revocation revocation;

    /** Looks for no revoked certificates if {@code revocation} is null. */
    ClientAdmission(ClientChainValidator validator, @Nullable Revocation revocation) {
        this.validator = validator;
        this.revocation = revocation;
    }

    /**
     * The client, if it is let in.
     *
     * @param presented what the client sent, its own certificate first
     */
    TrustedClient admit(X509Certificate[] presented) throws RefusedCertificateException {
        TrustedClient client = validator.validate(presented);
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
