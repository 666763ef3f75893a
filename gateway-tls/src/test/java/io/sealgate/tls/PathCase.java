package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One row of the path validation suite.
 *
 * @param what      what is special about the chain; unique
 * @param standard  who says what should happen to it
 * @param good      whether it should be accepted
 * @param bundle    the certificates in the trust bundle
 * @param presented what the client sends
 * @param trust     the rest of the trust configuration
 * @param now       when
 * @param deviation why the gateway decides otherwise; empty if it does not
 */
record PathCase(
        String what,
        String standard,
        boolean good,
        List<X509Certificate> bundle,
        List<X509Certificate> presented,
        TrustConfig trust,
        Instant now,
        String deviation) {

    static final String ACCEPTED = "accepted";

    static PathCase accept(String standard, String what) {
        return of(standard, true, what);
    }

    static PathCase refuse(String standard, String what) {
        return of(standard, false, what);
    }

    private static PathCase of(String standard, boolean good, String what) {
        return new PathCase(what, standard, good, List.of(), List.of(), TrustConfig.of(), CertificateRecipe.NOW, "");
    }

    PathCase trusting(Issued... authorities) {
        return trusting(Stream.of(authorities).map(Issued::certificate).toArray(X509Certificate[]::new));
    }

    PathCase trusting(X509Certificate... certificates) {
        return new PathCase(what, standard, good, List.of(certificates), presented, trust, now, deviation);
    }

    /** The client's certificate with its issuers up to the root, as a correct client sends them. */
    PathCase presenting(Issued client) {
        return presenting(client.chainArray());
    }

    PathCase presenting(X509Certificate... certificates) {
        return new PathCase(what, standard, good, bundle, List.of(certificates), trust, now, deviation);
    }

    PathCase under(TrustConfig config) {
        return new PathCase(what, standard, good, bundle, presented, config, now, deviation);
    }

    PathCase at(Instant time) {
        return new PathCase(what, standard, good, bundle, presented, trust, time, deviation);
    }

    PathCase deviating(String reason) {
        return new PathCase(what, standard, good, bundle, presented, trust, now, reason);
    }

    X509Certificate[] chain() {
        return presented.toArray(X509Certificate[]::new);
    }

    /** Whether the gateway would start with this bundle. */
    boolean isBundleGood() {
        return TrustBundle.areAuthorities(bundle, trust.strength(), new Problems(), "bundle");
    }

    ClientChainValidator validator(InstantSource clock) {
        return new ClientChainValidator(TrustBundle.of(bundle), trust, clock);
    }

    /** What the gateway does: {@code accepted}, the reason of a refusal, or {@code bundle}. */
    String verdict() {
        return isBundleGood() ? verdict(validator(InstantSource.fixed(now))) : "bundle";
    }

    String verdict(ClientChainValidator validator) {
        try {
            validator.validate(chain());
            return ACCEPTED;
        } catch (RefusedCertificateException e) {
            return e.reason().label();
        }
    }

    /** The rows by topic, in the order of the document. */
    static Map<String, List<PathCase>> topics() {
        Map<String, List<PathCase>> topics = new LinkedHashMap<>();
        topics.put("Path building", PathBuildingCases.all().toList());
        topics.put("Trust graphs", TrustGraphCases.all().toList());
        topics.put("Path length", PathLengthCases.all().toList());
        topics.put("Name constraints", NameConstraintCases.all().toList());
        topics.put(
                "Name constraints combined and malformed",
                NameConstraintFormCases.all().toList());
        topics.put("Purpose, key usage, CA flags", PurposeCases.all().toList());
        topics.put("Validity", ValidityCases.all().toList());
        topics.put("Algorithms", AlgorithmCases.all().toList());
        topics.put("Form", FormCases.all().toList());
        topics.put("Names", NameCases.all().toList());
        return topics;
    }

    @Override
    public String toString() {
        return what;
    }
}
