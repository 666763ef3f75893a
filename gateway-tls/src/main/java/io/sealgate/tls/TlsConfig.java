package io.sealgate.tls;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.revocation.CrlIssuerStore;
import io.sealgate.tls.revocation.CrlSet;
import io.sealgate.tls.revocation.KnownIssuers;
import io.sealgate.tls.revocation.RevocationConfig;
import io.sealgate.tls.revocation.RevocationLists;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * TLS on one listener. Parameters may be absent ({@code null}) in configuration; the components never are.
 *
 * @param minVersion   the oldest protocol version that is spoken
 * @param certificates what the gateway presents, by the name that the client asks for; the first is the default
 * @param clientAuth   whether clients must, may or need not present a certificate
 * @param trust        whose client certificates are accepted; not looked at with {@code client-auth: none}
 * @param revocation   how revoked ones of these are found out; null for not at all
 * @param resumption   how sessions may be resumed
 * @param cipherSuites of TLS 1.2 in order of preference
 * @param groups       for the key exchange, in order of preference
 * @param expiryNotice when clients are told that their certificate ends, {@code null} for never
 */
public record TlsConfig(
        Version minVersion,
        List<CertificateConfig> certificates,
        ClientAuthentication clientAuth,
        TrustConfig trust,
        @Nullable RevocationConfig revocation,
        Resumption resumption,
        List<CipherSuite> cipherSuites,
        List<NamedGroup> groups,
        @Nullable ExpiryNoticeConfig expiryNotice) {

    public TlsConfig {
        TlsProfile profile = TlsProfile.of(minVersion, cipherSuites, groups);
        minVersion = profile.minVersion();
        cipherSuites = profile.cipherSuites();
        groups = profile.groups();
        certificates = List.copyOf(requireNonNullElse(certificates, List.of()));
        clientAuth = requireNonNullElse(clientAuth, ClientAuthentication.REQUIRE);
        trust = requireNonNullElse(trust, TrustConfig.none());
        resumption = requireNonNullElse(resumption, Resumption.NONE);
    }

    /** With the defaults for all that is not said. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public TlsConfig(
            Version minVersion,
            List<CertificateConfig> certificates,
            ClientAuthentication clientAuth,
            TrustConfig trust,
            @Nullable RevocationConfig revocation,
            Resumption resumption) {
        this(minVersion, certificates, clientAuth, trust, revocation, resumption, null, null, null);
    }

    TlsProfile profile() {
        return new TlsProfile(minVersion, cipherSuites, groups);
    }

    /**
     * Reports everything that would keep the listener from starting, by reading every file as the start would.
     *
     * @param warnings gets what works but should be looked after
     */
    public void check(Problems problems, Problems warnings, String path) {
        check("", null, problems, warnings, path);
    }

    /**
     * The same for one of several listeners.
     *
     * @param store what earlier processes have written down, or {@code null}
     */
    public void check(
            String listener, @Nullable CrlIssuerStore store, Problems problems, Problems warnings, String path) {
        InstantSource clock = InstantSource.system();
        loadKeys(null, clock, problems, path).ifPresent(keys -> keys.warnOfNameless(warnings, path + ".certificates"));
        loadTrust(null, problems, path).ifPresent(bundle -> {
            bundle.warnOfKeys(warnings, path + ".trust.bundle");
            bundle.warnOfNames(warnings, path + ".trust.bundle");
            loadCrls(bundle, clock, problems, warnings, path)
                    .ifPresent(crls -> checkCoverage(
                            bundle, crls, knownIssuers(listener, store), clock, problems, warnings, path));
        });
        if (expiryNotice != null) {
            checkNotice(expiryNotice, problems, path + ".expiry-notice");
        }
    }

    private void checkNotice(ExpiryNoticeConfig notice, Problems problems, String path) {
        notice.check(problems, path);
        if (clientAuth == ClientAuthentication.NONE) {
            problems.add(path, "expiry-notice: present (expected: none, because client-auth is none)");
        }
    }

    /** Warns of certificates and CAs that end soon after {@code now}, or have ended, or are not made for servers. */
    public void warnOfExpiry(Problems warnings, String path, Instant now) {
        ExpiryWarnings expiry = new ExpiryWarnings(warnings, now);
        for (int i = 0; i < certificates.size(); i++) {
            expiry.certificate(certificates.get(i), CertificateInUse.Use.SERVER, path + ".certificates[" + i + "]");
        }
        if (clientAuth != ClientAuthentication.NONE) {
            expiry.bundle(trust.bundle(), path + ".trust.bundle");
        }
    }

    /** How long a connection has whose client may not stay. */
    public Duration patience() {
        return revocation == null ? Duration.ofSeconds(30) : revocation.patience();
    }

    /**
     * What the gateway presents, or nothing and at least one problem.
     *
     * @param last as in {@link ServerCertificates#load}
     */
    Optional<ServerCertificates> loadKeys(
            @Nullable ServerCertificates last, InstantSource clock, Problems problems, String path) {
        TlsProfile profile = profile();
        profile.check(problems, path);
        return ServerCertificates.load(certificates, profile, last, clock.instant(), problems, path + ".certificates");
    }

    /** Whose clients are let in, or nothing and at least one problem; {@code last} as in {@link TrustBundle#load}. */
    Optional<TrustBundle> loadTrust(@Nullable TrustBundle last, Problems problems, String path) {
        // Nobody is asked for a certificate; should one come all the same, nobody is trusted.
        return asksClients() ? trust.load(last, problems, path + ".trust") : Optional.of(TrustBundle.empty());
    }

    /**
     * Distinguished names of the CAs that are trusted to name clients; none if clients are not asked or the files are
     * not good.
     */
    public Set<String> clientAuthorities() {
        return loadTrust(null, new Problems(), "").stream()
                .flatMap(TrustBundle::all)
                .map(Certificates::subject)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * DNS names that the certificates have, in canonical form, {@code *.} in front of one possible; none if the files
     * are not good.
     */
    public Set<String> certificateNames() {
        return loadKeys(null, InstantSource.system(), new Problems(), "").stream()
                .flatMap(loaded -> loaded.all().stream())
                .flatMap(certificate -> certificate.names().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The revocation lists of these CAs, none without {@code revocation}; or nothing and at least one problem. */
    Optional<CrlSet> loadCrls(
            TrustBundle bundle, InstantSource clock, Problems problems, Problems warnings, String path) {
        return revocation == null || !asksClients()
                ? Optional.of(CrlSet.none())
                : revocation.load(
                        bundle.all().toList(),
                        AlgorithmStrength::weaknessOfSignature,
                        clock.instant(),
                        problems,
                        warnings,
                        path + ".revocation");
    }

    /** The same for a listener that runs: each file is watched by itself. Incomplete if there are problems. */
    RevocationLists watchCrls(
            TrustBundle bundle,
            String listener,
            @Nullable CrlIssuerStore store,
            InstantSource clock,
            Problems problems,
            String path,
            ReloadListener events) {
        return RevocationLists.load(
                asksClients() ? revocation : null,
                bundle.all().toList(),
                listener,
                knownIssuers(listener, store),
                AlgorithmStrength::weaknessOfSignature,
                clock,
                problems,
                path + ".revocation",
                events);
    }

    /** Elsewhere clients of a CA without a list are refused, and whether it has had one does not matter. */
    KnownIssuers knownIssuers(String listener, @Nullable CrlIssuerStore store) {
        return KnownIssuers.of(listener, excusesMissingLists() || looksUpNoLists() ? store : null);
    }

    private boolean looksUpNoLists() {
        return asksClients() && (revocation == null || revocation.crl() == null);
    }

    /** Whether clients are asked, and those of a CA without a revocation list are let in. */
    public boolean excusesMissingLists() {
        return asksClients() && revocation != null && revocation.excusesMissingLists();
    }

    /** Reports CAs that lack a revocation list where each needs one, or that have had one where none is looked up. */
    void checkCoverage(
            TrustBundle bundle,
            CrlSet crls,
            KnownIssuers known,
            InstantSource clock,
            Problems problems,
            Problems warnings,
            String path) {
        List<X509Certificate> authorities = bundle.all().toList();
        String where = path + ".revocation";
        if (looksUpNoLists()) {
            known.warnOfUnused(authorities, warnings, where);
        } else if (revocation != null && asksClients()) {
            revocation.checkCoverage(authorities, crls, known, clock.instant(), problems, warnings, where);
        }
    }

    List<Path> certificateFiles() {
        return certificates.stream().flatMap(CertificateConfig::files).toList();
    }

    List<Path> trustFiles() {
        return asksClients() ? trust.bundle() : List.of();
    }

    /** Whether a listener of this kind asks others about its clients. */
    public boolean isFetched() {
        return asksClients() && revocation != null && revocation.isFetched();
    }

    /** Whether clients are asked for a certificate. */
    boolean asksClients() {
        return clientAuth != ClientAuthentication.NONE;
    }

    /** Protocol versions. Older ones are broken (RFC 8996) and have no name here. */
    public enum Version {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String protocol;

        Version(String protocol) {
            this.protocol = protocol;
        }

        /** The name in configuration and in the JDK. */
        @Override
        public String toString() {
            return protocol;
        }
    }

    /** What is asked of clients. */
    public enum ClientAuthentication {
        /** No certificate, no connection. */
        REQUIRE,
        /** Clients without a certificate are anonymous; one that is presented must be valid. */
        REQUEST,
        /** Clients are not asked; all are anonymous. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How sessions may be resumed. */
    public enum Resumption {
        /** Never: a resumed session would skip the check of the client's certificate. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
