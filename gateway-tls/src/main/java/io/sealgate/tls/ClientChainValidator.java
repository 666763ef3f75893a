package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.TOO_DEEP;

import io.sealgate.core.spi.HandshakeRefusal;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a client's certificate chain is good: RFC 5280 by the JDK's path builder, {@link CertificateRules} on
 * every certificate, and names that can be read. Does no I/O, so it may run on an event loop. Immutable and thread-safe.
 *
 * <p>The decision is the builder's alone. When it says no, {@link ChainDiagnosis} finds out why, and can only say no again.
 */
final class ClientChainValidator {

    private final TrustBundle bundle;
    private final List<TrustAnchor> anchors;
    private final List<X509Certificate> admittedIntermediates;
    private final int maxDepth;
    private final CertificateRules rules;
    private final InstantSource clock;

    /** Trusts {@code bundle}, at the time that {@code clock} tells. */
    ClientChainValidator(TrustBundle bundle, TrustConfig config, InstantSource clock) {
        this.bundle = bundle;
        this.anchors = bundle.anchors().stream().map(Anchors::of).toList();
        this.maxDepth = config.maxDepth();
        this.rules = new CertificateRules(config.extendedKeyUsage());
        this.admittedIntermediates = admitted(bundle.intermediates());
        this.clock = clock;
    }

    /**
     * The path that was found from the client's certificate to the trust anchor, both included.
     *
     * @param presented what the client sent, its own certificate first
     */
    List<X509Certificate> validate(X509Certificate[] presented) throws RefusedCertificateException {
        try {
            return validate(parse(presented), clock.instant());
        } catch (RuntimeException e) {
            // Certificates are hostile input, and an unchecked exception from deep inside a parser is a refusal like
            // any other.
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE, "certificate: malformed (expected: X.509, RFC 5280)", e);
        }
    }

    private List<X509Certificate> validate(List<X509Certificate> presented, Instant now)
            throws RefusedCertificateException {
        X509Certificate leaf = presented.get(0);
        List<X509Certificate> sentAlong = presented.subList(1, presented.size());
        List<X509Certificate> path;
        try {
            path = build(leaf, sentAlong, now);
        } catch (GeneralSecurityException e) {
            List<X509Certificate> intermediates = concat(sentAlong, bundle.intermediates());
            throw new ChainDiagnosis(bundle.anchors(), intermediates, maxDepth, rules, now).explain(leaf, e);
        }
        rules.checkLeaf(leaf);
        requireIdentity(leaf);
        return path;
    }

    /** Refuses names that could not be told apart later, while there is still an alert to send. */
    private static void requireIdentity(X509Certificate leaf) throws RefusedCertificateException {
        try {
            IdentityExtractor.identify(leaf);
        } catch (RefusedCertificateException e) {
            throw e;
        } catch (CertificateException e) {
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE, "certificate: malformed (expected: X.509, RFC 5280)", e);
        }
    }

    private List<X509Certificate> build(X509Certificate leaf, List<X509Certificate> sentAlong, Instant now)
            throws GeneralSecurityException {
        Set<TrustAnchor> valid = anchors.stream()
                .filter(anchor -> Certificates.isValid(anchor.getTrustedCert(), now))
                .collect(Collectors.toSet());
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(valid, target);
        parameters.addCertStore(store(leaf, sentAlong));
        parameters.setDate(Date.from(now));
        parameters.setMaxPathLength(maxDepth);
        // Revocation is not the builder's business: it would fetch lists over the network, here on the event loop.
        parameters.setRevocationEnabled(false);
        return path(
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters));
    }

    private CertStore store(X509Certificate leaf, List<X509Certificate> sentAlong) throws GeneralSecurityException {
        List<X509Certificate> certificates = concat(admitted(sentAlong), admittedIntermediates);
        certificates.add(leaf);
        return CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates));
    }

    /** Those that the rules admit, so that the builder cannot choose one that they refuse. */
    private List<X509Certificate> admitted(List<X509Certificate> intermediates) {
        return intermediates.stream().filter(this::isAdmitted).toList();
    }

    private static List<X509Certificate> concat(List<X509Certificate> first, List<X509Certificate> second) {
        List<X509Certificate> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private boolean isAdmitted(X509Certificate intermediate) {
        try {
            rules.checkIntermediate(intermediate);
            return true;
        } catch (RefusedCertificateException e) {
            return false;
        }
    }

    /** Leaf first, anchor last. */
    private List<X509Certificate> path(PKIXCertPathBuilderResult result) throws CertPathBuilderException {
        List<X509Certificate> path = new ArrayList<>();
        result.getCertPath().getCertificates().forEach(certificate -> path.add((X509Certificate) certificate));
        X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
        // RFC 5280 does not look at a trust anchor's own path length, but whoever wrote it there meant it.
        if (path.isEmpty() || path.size() - 1 > Math.min(maxDepth, anchor.getBasicConstraints())) {
            throw new CertPathBuilderException("path of " + path.size() + " certificates");
        }
        path.add(anchor);
        return List.copyOf(path);
    }

    private List<X509Certificate> parse(X509Certificate[] presented) throws RefusedCertificateException {
        // Leaf, intermediates, and the root that some clients send along. The bound also keeps a client from making the
        // builder search through a thicket of CAs that it grew for the purpose.
        int most = maxDepth + 2;
        if (presented.length > most) {
            throw new RefusedCertificateException(
                    TOO_DEEP, "certificates: " + presented.length + " (expected: at most " + most + ")");
        }
        if (presented.length == 0) {
            throw new RefusedCertificateException(
                    HandshakeRefusal.NO_CERTIFICATE, "certificates: none (expected: at least one)");
        }
        List<X509Certificate> parsed = new ArrayList<>();
        for (X509Certificate certificate : presented) {
            try {
                parsed.add(Certificates.parse(certificate.getEncoded()));
            } catch (CertificateException e) {
                throw new RefusedCertificateException(
                        INVALID_CERTIFICATE, "certificate: malformed (expected: X.509, RFC 5280)", e);
            }
        }
        return parsed;
    }

    /** The CAs that clients are told of, to choose their certificate by. */
    X509Certificate[] acceptedIssuers() {
        return bundle.all().toArray(X509Certificate[]::new);
    }
}
