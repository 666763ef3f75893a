package io.sealgate.tls;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards one origin.
 *
 * @param trust        which CAs may vouch for the origin
 * @param certificate  what the gateway presents, if the origin asks
 * @param minVersion   the oldest protocol version that is spoken
 * @param cipherSuites of TLS 1.2, to choose from for the origin
 * @param groups       for the key exchange, in order of preference
 */
public record UpstreamTlsConfig(
        Trust trust,
        @Nullable CertificateConfig certificate,
        TlsConfig.Version minVersion,
        List<CipherSuite> cipherSuites,
        List<NamedGroup> groups) {

    private static final String EMPTY =
            "trust: empty (expected: system, or at least one PEM file with CA certificates)";

    public UpstreamTlsConfig {
        trust = requireNonNullElse(trust, new SystemTrust());
        TlsProfile profile = TlsProfile.of(minVersion, cipherSuites, groups);
        minVersion = profile.minVersion();
        cipherSuites = profile.cipherSuites();
        groups = profile.groups();
    }

    /** With the defaults for all that is not said. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public UpstreamTlsConfig(Trust trust, @Nullable CertificateConfig certificate) {
        this(trust, certificate, null, null, null);
    }

    /** The JDK's CAs, no client certificate. */
    public static UpstreamTlsConfig defaults() {
        return new UpstreamTlsConfig(new SystemTrust(), null);
    }

    TlsProfile profile() {
        return new TlsProfile(minVersion, cipherSuites, groups);
    }

    /** Reports everything that would keep a connection from being made. */
    public void check(Problems problems, String path) {
        load(null, InstantSource.system(), problems, path);
    }

    /**
     * What the files hold, or nothing and at least one problem.
     *
     * @param last what was loaded before, null the first time: a bad file of CAs or a bad certificate is reported, and
     *             its last good content stays
     */
    Optional<UpstreamTls.Material> load(
            UpstreamTls.@Nullable Material last, InstantSource clock, Problems problems, String path) {
        Problems ofProfile = new Problems();
        profile().check(ofProfile, path);
        Problems ofTrust = new Problems();
        List<List<X509Certificate>> authorities = trust instanceof BundleTrust bundle
                ? bundle.load(last == null ? null : last.files(), ofTrust, path + ".trust")
                : null;
        Problems ofOwn = new Problems();
        KeyMaterial own = certificate == null
                ? null
                : own(certificate, last == null ? null : last.own(), clock.instant(), ofOwn, path + ".certificate");
        problems.addAll(ofProfile);
        problems.addAll(ofTrust);
        problems.addAll(ofOwn);
        boolean isGood = ofProfile.isEmpty() && ofTrust.isEmpty() && ofOwn.isEmpty();
        if (last == null && !isGood) {
            return Optional.empty();
        }
        return Optional.of(
                new UpstreamTls.Material(profile(), authorities, last == null || ofOwn.isEmpty() ? own : last.own()));
    }

    private static @Nullable KeyMaterial own(
            CertificateConfig config, @Nullable KeyMaterial before, Instant now, Problems problems, String path) {
        return KeyMaterialLoader.load(config, problems, path)
                .filter(next -> next.isNoWorse(Optional.ofNullable(before), now, problems, path))
                .orElse(null);
    }

    /** All that are read. */
    List<Path> files() {
        Stream<Path> authorities = trust instanceof BundleTrust bundle ? bundle.files().stream() : Stream.of();
        Stream<Path> own = certificate == null ? Stream.of() : certificate.files();
        return Stream.concat(authorities, own).toList();
    }

    /** What is presented to the origin, with its issuers, and the CAs, as {@code material} has them of these files. */
    Stream<CertificateInUse> inUse(UpstreamTls.Material material) {
        Stream<CertificateInUse> own = certificate == null || material.own() == null
                ? Stream.of()
                : material.own().inUse(certificate.file(), CertificateInUse.Use.CLIENT, () -> "the origin refuses it");
        return trust instanceof BundleTrust bundle && material.files() != null
                ? Stream.concat(own, TrustBundle.inUse(bundle.files(), material.files()))
                : own;
    }

    /** Warns of certificates and CAs that end soon after {@code now}, or have ended, or are not made for clients. */
    public void warnOfExpiry(Problems warnings, String path, Instant now) {
        ExpiryWarnings expiry = new ExpiryWarnings(warnings, now);
        if (trust instanceof BundleTrust bundle) {
            expiry.bundle(bundle.files(), path + ".trust");
        }
        if (certificate != null) {
            expiry.certificate(certificate, CertificateInUse.Use.CLIENT, path + ".certificate");
        }
    }

    /** Which CAs may vouch for an origin. */
    public sealed interface Trust {}

    /** The CAs that come with the JDK. */
    public record SystemTrust() implements Trust {}

    /**
     * The CAs in these files and no others.
     *
     * @param files PEM; every certificate in them is trusted as it stands
     */
    public record BundleTrust(List<Path> files) implements Trust {

        public BundleTrust {
            files = List.copyOf(files);
        }

        /**
         * The certificates of each file, or those of {@code last} for a bad file. Reports a problem if there are no
         * files: to the TLS library no CAs would mean the system's.
         */
        List<List<X509Certificate>> load(@Nullable List<List<X509Certificate>> last, Problems problems, String path) {
            List<List<X509Certificate>> contents = new ArrayList<>();
            if (files.isEmpty()) {
                problems.add(path, EMPTY);
            }
            for (int i = 0; i < files.size(); i++) {
                try {
                    contents.add(PemCertificates.read(files.get(i)));
                } catch (TlsMaterialException e) {
                    problems.add(path + "[" + i + "]", e.problem());
                    if (last != null) {
                        contents.add(last.get(i));
                    }
                }
            }
            return contents;
        }
    }
}
