package io.sealgate.tls.revocation;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.fetch.FetchConfig;
import io.sealgate.tls.ocsp.OcspConfig;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a listener learns of revoked certificates.
 *
 * @param crl          by lists; null for none
 * @param ocsp         by asking a responder
 * @param fetch        how lists are fetched that are not in files
 * @param onRevocation what becomes of connections whose clients are revoked after they connected
 * @param deadline     with {@link OnRevocation#DRAIN}: how long their exchanges may take to finish
 */
public record RevocationConfig(
        @Nullable CrlConfig crl, OcspConfig ocsp, FetchConfig fetch, OnRevocation onRevocation, Duration deadline) {

    public RevocationConfig {
        ocsp = requireNonNullElseGet(ocsp, OcspConfig::none);
        fetch = requireNonNullElseGet(fetch, FetchConfig::defaults);
        onRevocation = requireNonNullElse(onRevocation, OnRevocation.DRAIN);
        deadline = requireNonNullElse(deadline, Duration.ofSeconds(30));
    }

    /** By these lists, with the defaults for the rest. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public RevocationConfig(@Nullable CrlConfig crl) {
        this(crl, null, null, null, null);
    }

    /** Whether anything is fetched. */
    public boolean isFetched() {
        return ocsp.isAsked() || (crl != null && crl.isFetched());
    }

    /** Whether a CA without a list is one whose certificates are not looked up. */
    public boolean excusesMissingLists() {
        return crl != null && crl.check() == CrlConfig.Check.CHAIN_IF_AVAILABLE;
    }

    /** What becomes of a connection whose client may not stay. */
    public enum OnRevocation {
        /** What runs may finish, until the deadline; nothing new begins. */
        DRAIN,
        /** It is closed at once. */
        CLOSE
    }

    /** How long a connection whose client may not stay has; zero if it is closed at once. */
    public Duration patience() {
        return onRevocation == OnRevocation.CLOSE ? Duration.ZERO : deadline;
    }

    /** Reports what cannot be meant, without a look at any file. */
    void check(Problems problems, Problems warnings, String path) {
        fetch.check(problems, warnings, path + ".fetch");
        ocsp.check(problems, path + ".ocsp");
        if (crl == null && !ocsp.isAsked()) {
            problems.add(path + ".crl", "missing (expected: a section, or ocsp)");
            return;
        }
        if (deadline.isNegative() || deadline.isZero()) {
            problems.add(path + ".deadline", "deadline: " + deadline.toMillis() + "ms (expected: > 0)");
        }
        if (crl != null) {
            crl.check(problems, path + ".crl");
        }
        checkReach(problems, warnings, path);
    }

    /**
     * Whoever is to be asked must be allowed to be: otherwise {@code soft} lets the revoked in, and all else nobody.
     */
    private void checkReach(Problems problems, Problems warnings, String path) {
        boolean hasHosts =
                !fetch.allowedHosts().isEmpty() || (crl != null && !crl.urls().isEmpty());
        if (ocsp.isAsked() && ocsp.responder() == null && !hasHosts) {
            problems.add(
                    path + ".ocsp.responder",
                    "responder: none (expected: one, or fetch.allowed-hosts for those that certificates name)");
        }
        boolean followsCertificates = crl != null && crl.distributionPoints() != CrlConfig.DistributionPointUse.NONE;
        if (followsCertificates && !hasHosts) {
            warnings.add(
                    path + ".crl.distribution-points",
                    "fetch.allowed-hosts: none, so nothing that certificates name is fetched"
                            + " (expected: the hosts that they may name)");
        }
    }

    /**
     * Reads and verifies the lists, which takes a second or more if they are large: not on an event loop.
     *
     * @param authorities the trust bundle, all keys strong
     * @param strength    which signatures are
     * @param now         nothing may be later than that
     * @param problems    gets what is wrong, with its place under {@code path}
     * @param warnings    gets what works but should be looked after
     * @return the lists, or nothing and at least one problem
     */
    public Optional<CrlSet> load(
            List<X509Certificate> authorities,
            SignatureStrength strength,
            Instant now,
            Problems problems,
            Problems warnings,
            String path) {
        int before = problems.lines().size();
        check(problems, warnings, path);
        if (crl == null) {
            return problems.lines().size() == before ? Optional.of(CrlSet.none()) : Optional.empty();
        }
        CrlIssuers issuers = new CrlIssuers(authorities);
        List<LoadedCrl> loaded =
                new CrlLoader(issuers, strength, now).load(crl.files(), problems, warnings, path + ".crl.files");
        return problems.lines().size() == before ? Optional.of(CrlSet.of(loaded)) : Optional.empty();
    }

    /**
     * Reports CAs that lack a list where each needs one. A matter of the configuration and not of the lists: of a
     * bundle that grows while the gateway runs, the lists of the other CAs are as good as before.
     */
    public void checkCoverage(
            List<X509Certificate> authorities,
            CrlSet crls,
            KnownIssuers known,
            Instant now,
            Problems problems,
            Problems warnings,
            String path) {
        if (crl != null) {
            CrlCoverage coverage = new CrlCoverage(new CrlIssuers(authorities), crls, known, now);
            if (crl.isFetched()) {
                // What is not in a file may be fetched, and nobody can tell of which CA before.
                coverage.lacking()
                        .forEach(name -> warnings.add(
                                path + ".crl",
                                "CRL of " + name + ": not in a file (expected: fetched, " + crl.describeFetching()
                                        + ")"));
            } else {
                coverage.check(crl.check(), problems, warnings, path + ".crl.files");
            }
        }
    }
}
