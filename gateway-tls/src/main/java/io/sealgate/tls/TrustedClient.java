package io.sealgate.tls;

import io.sealgate.core.model.ClientIdentity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A client whose chain was found good.
 *
 * @param path     from its certificate to the trust anchor, both included
 * @param identity who it is
 */
record TrustedClient(List<X509Certificate> path, ClientIdentity.Certified identity) {

    TrustedClient {
        path = List.copyOf(path);
    }

    /** Whether every certificate on the path is within its dates. */
    boolean isValid(Instant now) {
        for (X509Certificate certificate : path) {
            if (!Certificates.isValid(certificate, now)) {
                return false;
            }
        }
        return true;
    }
}
