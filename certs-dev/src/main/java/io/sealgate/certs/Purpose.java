package io.sealgate.certs;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate's key may be used for: the key usage, extended key usage and basic constraints extensions. An empty
 * set leaves its extension out. Contradictions are allowed, so that tests can have them.
 *
 * @param authority the cA flag of the basic constraints
 * @param pathLength how many intermediates may follow, or null for no limit
 */
public record Purpose(
        Set<KeyUsage> keyUsages,
        Set<ExtendedKeyUsage> extendedKeyUsages,
        boolean authority,
        @Nullable Integer pathLength) {

    public static final Purpose SERVER = leaf(ExtendedKeyUsage.SERVER_AUTH);
    public static final Purpose CLIENT = leaf(ExtendedKeyUsage.CLIENT_AUTH);
    public static final Purpose AUTHORITY =
            new Purpose(Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN), Set.of(), true, null);

    public Purpose {
        keyUsages = Set.copyOf(keyUsages);
        extendedKeyUsages = Set.copyOf(extendedKeyUsages);
        if (pathLength != null && (!authority || pathLength < 0)) {
            // RFC 5280 §4.2.1.9: without the cA flag the field has no encoding that verifiers agree on.
            throw new CertsException("path length: " + pathLength + " (expected: zero or more, on an authority)");
        }
    }

    private static Purpose leaf(ExtendedKeyUsage usage) {
        // Digital signature alone: every cipher suite in use today is (EC)DHE, where the key only signs.
        return new Purpose(Set.of(KeyUsage.DIGITAL_SIGNATURE), Set.of(usage), false, null);
    }

    Purpose withKeyUsages(KeyUsage... usages) {
        return new Purpose(Set.of(usages), extendedKeyUsages, authority, pathLength);
    }

    Purpose withExtendedKeyUsages(ExtendedKeyUsage... usages) {
        return new Purpose(keyUsages, Set.of(usages), authority, pathLength);
    }

    Purpose withPathLength(int length) {
        return new Purpose(keyUsages, extendedKeyUsages, authority, length);
    }

    Purpose withoutAuthorityFlag() {
        return new Purpose(keyUsages, extendedKeyUsages, false, null);
    }
}
