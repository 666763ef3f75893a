package io.sealgate.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are offered to a client, by the name that it asks for: those for exactly this name, then those
 * with a wildcard for it; of each kind ECDSA before RSA, then as configured. Valid certificates come before all that
 * are not valid. A client that asks for no name, or for one that no certificate has, is treated as if it had asked for
 * the first name of the first certificate. Immutable.
 *
 * @param <T> what stands for a certificate
 */
final class NameTable<T> {

    private final Map<String, List<T>> byName;
    private final List<T> byDefault;

    private NameTable(Map<String, List<T>> byName, List<T> byDefault) {
        this.byName = byName;
        this.byDefault = byDefault;
    }

    /** Of at least one entry. */
    static <T> NameTable<T> of(List<Entry<T>> entries) {
        List<Entry<T>> preferred = new ArrayList<>(entries);
        preferred.sort(
                Comparator.comparing((Entry<T> entry) -> entry.dates()).thenComparing(entry -> !entry.isEcdsa()));
        Map<String, List<T>> byName = new LinkedHashMap<>();
        for (Entry<T> entry : entries) {
            for (String name : entry.names()) {
                byName.computeIfAbsent(name, n -> candidates(preferred, n));
            }
        }
        List<String> first = entries.get(0).names();
        List<T> byDefault = first.isEmpty() ? nameless(preferred) : byName.getOrDefault(first.get(0), List.of());
        return new NameTable<>(Map.copyOf(byName), byDefault);
    }

    private static <T> List<T> candidates(List<Entry<T>> preferred, String name) {
        List<Entry<T>> candidates = new ArrayList<>(having(preferred, name));
        ServerName.wildcard(name)
                .filter(wildcard -> !wildcard.equals(name))
                .ifPresent(wildcard -> candidates.addAll(having(preferred, wildcard)));
        candidates.sort(Comparator.comparing(Entry::dates));
        return candidates.stream().map(Entry::value).distinct().toList();
    }

    private static <T> List<Entry<T>> having(List<Entry<T>> preferred, String name) {
        return preferred.stream().filter(entry -> entry.names().contains(name)).toList();
    }

    private static <T> List<T> nameless(List<Entry<T>> preferred) {
        return preferred.stream()
                .filter(entry -> entry.names().isEmpty())
                .map(Entry::value)
                .toList();
    }

    /** In order of preference, at least one; {@code sni} as the client sent it, {@code null} if it did not. */
    List<T> find(@Nullable String sni) {
        Optional<String> name = Optional.ofNullable(sni).flatMap(ServerName::canonical);
        return name.map(byName::get)
                .or(() -> name.flatMap(ServerName::wildcard).map(byName::get))
                .orElse(byDefault);
    }

    /** Everything that somebody can be offered. */
    Set<T> reachable() {
        Set<T> reachable = new HashSet<>(byDefault);
        byName.values().forEach(reachable::addAll);
        return reachable;
    }

    /**
     * A certificate.
     *
     * @param names   DNS names in their canonical form, wildcards included
     * @param isEcdsa whether its key is one for ECDSA rather than RSA
     * @param dates   whether its chain is valid now
     */
    record Entry<T>(List<String> names, boolean isEcdsa, Dates dates, T value) {
        Entry {
            names = List.copyOf(names);
        }
    }

    /** Whether a chain is valid at a time. The order is that of preference. */
    enum Dates {
        VALID,
        /** The certificate is valid, an issuer in its chain is not. Clients may know another issuer. */
        ISSUER_NOT_VALID,
        NOT_VALID
    }
}
