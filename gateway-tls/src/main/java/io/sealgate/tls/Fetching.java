package io.sealgate.tls;

import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.ocsp.OcspCheck;
import io.sealgate.tls.ocsp.Outside;
import io.sealgate.tls.revocation.CrlConfig;
import io.sealgate.tls.revocation.Inquiry;
import io.sealgate.tls.revocation.Revocation;
import io.sealgate.tls.revocation.RevocationConfig;
import io.sealgate.tls.revocation.RevocationLists;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Sets up what one listener asks others. Owns nothing.
 *
 * @param https verifies the servers of others
 */
record Fetching(String listener, RevocationConfig rules, InstantSource clock, Outside outside, UpstreamSecurity https) {

    /** Begins to fetch what is configured, and returns the checks that go by it. Blocks until each URL was tried. */
    RevocationChecks begin(RevocationLists lists, @Nullable Revocation revocation) {
        CrlConfig crl = rules.crl();
        if (crl != null && crl.isFetched()) {
            lists.fetch(rules, crl, listener, clock, outside, https, "tls.revocation");
        }
        Inquiry inquiry = revocation == null || !hasPoints(crl)
                ? null
                : new Inquiry(
                        revocation, lists, outside.threads(), rules.fetch().timeout());
        return new RevocationChecks(revocation, inquiry, rules.ocsp().isAsked() ? ocsp() : null);
    }

    private static boolean hasPoints(@Nullable CrlConfig crl) {
        return crl != null && crl.distributionPoints() != CrlConfig.DistributionPointUse.NONE;
    }

    private OcspCheck ocsp() {
        return OcspCheck.of(
                listener,
                rules.ocsp(),
                rules.fetch(),
                Fetching::isStrong,
                (oid, parameters) ->
                        AlgorithmStrength.weaknessOfSignature(oid, parameters).isEmpty(),
                clock,
                outside,
                https);
    }

    private static boolean isStrong(X509Certificate responder) {
        return AlgorithmStrength.LEAST.weaknessOfKey(responder).isEmpty()
                && AlgorithmStrength.weaknessOfSignature(responder).isEmpty();
    }
}
