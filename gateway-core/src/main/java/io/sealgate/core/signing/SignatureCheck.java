package io.sealgate.core.signing;

import java.util.Locale;
import java.util.Set;

/** What became of checking a request's signature. */
public sealed interface SignatureCheck {

    /**
     * The holder of the key signed this. What the signature does not cover may have been changed or added on the way: COS
     * accepts unsigned headers and parameters, so whoever relies on one looks here first.
     *
     * @param secretId   whose key it was
     * @param headers    canonical (encoded, lower-case) names of the headers that are covered, {@code host} among them
     * @param parameters canonical names of the query parameters that are covered
     */
    record Valid(String secretId, Set<String> headers, Set<String> parameters) implements SignatureCheck {
        public Valid {
            headers = Set.copyOf(headers);
            parameters = Set.copyOf(parameters);
        }
    }

    /** The request must not count as signed. */
    record Invalid(Reason reason) implements SignatureCheck {}

    /** Why a signature does not hold: the closed set behind log and metric. */
    enum Reason {
        /** There is none, neither in {@code Authorization} nor in the query. */
        ABSENT,
        /** The target or the signature's fields cannot be read, or there are two signatures. */
        MALFORMED,
        /** {@code host} is not covered: the request could be meant for another bucket. */
        HOST_NOT_SIGNED,
        /** A header or parameter that is said to be covered is not there. */
        FIELD_MISSING,
        /** A covered header or parameter occurs more than once: which one was signed? */
        FIELD_AMBIGUOUS,
        UNKNOWN_KEY,
        NOT_YET_VALID,
        EXPIRED,
        /** The signature is of something else, or made with another secret. */
        MISMATCH;

        /** The name in logs and metrics: lower case with hyphens. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
