package io.sealgate.tls;

import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Whether a client is let in: its chain must be good, and nothing in it revoked. Thread-safe. */
final class ClientAdmission {

    private final ClientChainValidator validator;
    private final RevocationChecks checks;

    ClientAdmission(ClientChainValidator validator, RevocationChecks checks) {
        this.validator = validator;
        this.checks = checks;
    }

    /** Where {@link #admit} is to be called; null for any event loop. */
    @Nullable
    Executor executor() {
        return checks.executor();
    }

    /**
     * The client, if it is let in. Where others may be asked this can wait for their answer; otherwise it does no I/O.
     *
     * @param presented what the client sent, its own certificate first
     */
    TrustedClient admit(X509Certificate[] presented) throws RefusedCertificateException {
        TrustedClient client = validator.validate(presented);
        checks.check(client.identity().key(), client.path());
        return client;
    }

    /**
     * Refuses whoever would not be let in any more, by what is known at the moment. Does no I/O, so it may run on an
     * event loop.
     */
    void review(X509Certificate[] presented) throws RefusedCertificateException {
        checks.review(validator.validate(presented).path());
    }

    /** The CAs that clients are told of, to choose their certificate by. */
    X509Certificate[] acceptedIssuers() {
        return validator.acceptedIssuers();
    }
}
