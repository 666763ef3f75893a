package io.sealgate.core.clients;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity.Certified;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of certificates by their SHA-256. Immutable: a new list replaces the old one whole.
 *
 * @param values lower-case hex
 */
public record Fingerprints(Set<String> values) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public Fingerprints {
        values = Set.copyOf(values);
    }

    /** Nobody. */
    public static Fingerprints none() {
        return new Fingerprints(Set.of());
    }

    /**
     * Reads a list: one fingerprint on a line, 64 hex digits with or without colons; what follows {@code #} is a comment.
     *
     * @param file name of what is read, for the problems
     */
    public static Fingerprints parse(String text, String file, Problems problems, String path) {
        Set<String> values = new HashSet<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("#.*", "").strip();
            String value = line.replace(":", "").toLowerCase(Locale.ROOT);
            if (SHA_256.matcher(value).matches()) {
                values.add(value);
            } else if (!line.isEmpty()) {
                problems.add(
                        path,
                        "line " + (i + 1) + " of " + file + " (expected: SHA-256 of a certificate, 64 hex digits)");
            }
        }
        return new Fingerprints(values);
    }

    /** Whether a client's certificate is on the list, in whichever of its forms the client presents it. */
    public boolean contains(Certified client) {
        String twin = client.twinSha256();
        return values.contains(client.fingerprintSha256()) || (twin != null && values.contains(twin));
    }
}
