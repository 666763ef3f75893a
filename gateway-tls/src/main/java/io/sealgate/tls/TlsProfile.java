package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.TlsConfig.Version;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a handshake that configuration may choose.
 *
 * @param minVersion   the oldest protocol version
 * @param cipherSuites of TLS 1.2 in order of preference; none if that is not spoken
 * @param groups       for the key exchange, in order of preference
 */
record TlsProfile(Version minVersion, List<CipherSuite> cipherSuites, List<NamedGroup> groups) {

    TlsProfile {
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
    }

    /** As configured, with the defaults for what is {@code null}. */
    static TlsProfile of(
            @Nullable Version minVersion, @Nullable List<CipherSuite> cipherSuites, @Nullable List<NamedGroup> groups) {
        Version version = minVersion == null ? Version.TLS_1_2 : minVersion;
        List<CipherSuite> defaultSuites = version == Version.TLS_1_2 ? CipherSuite.all() : List.of();
        return new TlsProfile(
                version,
                cipherSuites == null ? defaultSuites : cipherSuites,
                groups == null ? NamedGroup.defaults() : groups);
    }

    boolean isTls12Spoken() {
        return minVersion == Version.TLS_1_2;
    }

    void check(Problems problems, String path) {
        checkSuites(problems, path + ".cipher-suites");
        checkGroups(problems, path + ".groups");
    }

    private void checkSuites(Problems problems, String path) {
        if (!isTls12Spoken() && !cipherSuites.isEmpty()) {
            problems.add(
                    path,
                    "cipher-suites: " + cipherSuites + " (expected: none, because min-version is " + minVersion
                            + " and its suites are always the same three)");
        } else if (isTls12Spoken()) {
            checkChoice(problems, path, "cipher-suites", cipherSuites);
        }
    }

    private void checkGroups(Problems problems, String path) {
        checkChoice(problems, path, "groups", groups);
        if (isTls12Spoken() && !groups.isEmpty() && groups.stream().noneMatch(NamedGroup::isForTls12)) {
            problems.add(path, "groups: " + groups + " (expected: one for TLSv1.2 too, or min-version TLSv1.3)");
        }
    }

    private static void checkChoice(Problems problems, String path, String what, List<?> choice) {
        if (new HashSet<>(choice).size() < choice.size()) {
            problems.add(path, what + ": " + choice + " (expected: each once)");
        }
        // What was refused while it was read is missing here, and has been reported.
        boolean isKnown = problems.lines().stream().anyMatch(line -> line.startsWith(path));
        if (choice.isEmpty() && !isKnown) {
            problems.add(path, what + ": none (expected: at least one)");
        }
    }

    /** False if a certificate with such a key could be presented in TLS 1.3 only, although older clients are let in. */
    boolean serves(boolean isEcdsa) {
        return cipherSuites.isEmpty() || cipherSuites.stream().anyMatch(suite -> suite.isEcdsa() == isEcdsa);
    }
}
