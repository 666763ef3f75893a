package io.sealgate.tls;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose client certificates are accepted.
 *
 * @param bundle           PEM files with CA certificates: self-signed ones are trusted, the others only help to build a
 *                         path to those, because some clients (COS's iOS SDK) send nothing but their own certificate
 * @param maxDepth         how many intermediate certificates may lie between the client's and the trusted one
 * @param extendedKeyUsage whether a client certificate must be meant for that
 * @param minRsaBits       the shortest RSA key of clients and their CAs
 * @param minEcBits        the shortest key on a NIST curve
 */
public record TrustConfig(
        List<Path> bundle, Integer maxDepth, ExtendedKeyUsage extendedKeyUsage, Integer minRsaBits, Integer minEcBits) {

    private static final int LARGEST_DEPTH = 16;

    public TrustConfig {
        bundle = List.copyOf(requireNonNullElse(bundle, List.of()));
        maxDepth = requireNonNullElse(maxDepth, 4);
        extendedKeyUsage = requireNonNullElse(extendedKeyUsage, ExtendedKeyUsage.REQUIRE);
        minRsaBits = requireNonNullElse(minRsaBits, AlgorithmStrength.LEAST_RSA);
        minEcBits = requireNonNullElse(minEcBits, AlgorithmStrength.LEAST_EC);
    }

    /** The defaults with these files. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static TrustConfig of(Path... bundle) {
        return new TrustConfig(List.of(bundle), null, null, null, null);
    }

    /** Trust in nobody. */
    static TrustConfig none() {
        return of();
    }

    /** Reports everything that keeps the bundle from being used. */
    public void check(Problems problems, String path) {
        load(null, problems, path);
    }

    /** The bundle, or nothing and at least one problem; {@code last} as in {@link TrustBundle#load}. */
    Optional<TrustBundle> load(@Nullable TrustBundle last, Problems problems, String path) {
        int before = problems.lines().size();
        checkWithin(problems, path, "max-depth", maxDepth, 0, LARGEST_DEPTH);
        checkWithin(
                problems, path, "min-rsa-bits", minRsaBits, AlgorithmStrength.LEAST_RSA, AlgorithmStrength.MOST_RSA);
        checkWithin(problems, path, "min-ec-bits", minEcBits, AlgorithmStrength.LEAST_EC, AlgorithmStrength.MOST_EC);
        boolean isSensible = problems.lines().size() == before;
        return TrustBundle.load(bundle, strength(), last, problems, path + ".bundle")
                .filter(loaded -> isSensible);
    }

    /** What keys must have. */
    AlgorithmStrength strength() {
        return new AlgorithmStrength(minRsaBits, minEcBits);
    }

    private static void checkWithin(Problems problems, String path, String key, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(path + "." + key, key + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    /** What is done about the extended key usage (RFC 5280 §4.2.1.12). */
    public enum ExtendedKeyUsage {
        /**
         * {@code clientAuth} or {@code anyExtendedKeyUsage} must be there; a certificate that says nothing is refused.
         */
        REQUIRE,
        /** Not looked at. */
        IGNORE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
