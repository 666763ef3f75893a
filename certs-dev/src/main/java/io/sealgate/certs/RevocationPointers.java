package io.sealgate.certs;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a certificate tells its verifier to ask about revocation.
 *
 * @param crl CRL distribution point (RFC 5280 §4.2.1.13), or null for none
 * @param ocsp OCSP responder (RFC 5280 §4.2.2.1), or null for none
 */
public record RevocationPointers(
        @Nullable URI crl, @Nullable URI ocsp) {
    public static final RevocationPointers NONE = new RevocationPointers(null, null);
}
