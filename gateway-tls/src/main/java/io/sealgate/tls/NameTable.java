package io.sealgate.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are offered to a client, by the name that it asks for. BoringSSL takes the first that the client can
 * use.
 *
 * <p>For a name that a certificate has: those for exactly this name, then those with a wildcard for it; then those
 * without any DNS name, which are for every name. For no name, or one that no certificate has: those for the first name
 * of the first certificate; then those without a DNS name; then, for each kind of key, RSA or a curve, that no
 * valid one of these has, one other certificate with such a key, so that a client that can use no other kind is served as well. Of each of
 * these groups ECDSA before RSA, then as configured; one with an outdated issuer after the others of its group. What is
 * not valid itself comes behind all that is. Immutable.
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
                byName.computeIfAbsent(name, n -> values(fitting(preferred, n)));
            }
        }
        List<String> first = entries.get(0).names();
        List<Entry<T>> byDefault = first.isEmpty() ? nameless(preferred) : fitting(preferred, first.get(0));
        preferred.stream().map(Entry::key).distinct().forEach(key -> substitute(preferred, byDefault, key)
                .ifPresent(byDefault::add));
        return new NameTable<>(Map.copyOf(byName), values(byDefault));
    }

    /** Those for {@code name}, and those for any. */
    private static <T> List<Entry<T>> fitting(List<Entry<T>> preferred, String name) {
        List<Entry<T>> fitting = new ArrayList<>(having(preferred, name));
        ServerName.wildcard(name)
                .filter(wildcard -> !wildcard.equals(name))
                .ifPresent(wildcard -> fitting.addAll(having(preferred, wildcard)));
        fitting.sort(Comparator.comparing(Entry::dates));
        fitting.addAll(nameless(preferred));
        return fitting;
    }

    private static <T> List<Entry<T>> having(List<Entry<T>> preferred, String name) {
        return preferred.stream().filter(entry -> entry.names().contains(name)).toList();
    }

    private static <T> List<Entry<T>> nameless(List<Entry<T>> preferred) {
        return preferred.stream()
                .filter(entry -> entry.names().isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** A certificate with such a key, if there is none among {@code offered}, or a valid one if there is no valid one. */
    private static <T> Optional<Entry<T>> substitute(List<Entry<T>> preferred, List<Entry<T>> offered, String key) {
        List<Entry<T>> same =
                offered.stream().filter(entry -> entry.key().equals(key)).toList();
        return same.stream().anyMatch(Entry::isUsable)
                ? Optional.empty()
                : preferred.stream()
                        .filter(entry -> entry.key().equals(key) && (entry.isUsable() || same.isEmpty()))
                        .findFirst();
    }

    private static <T> List<T> values(List<Entry<T>> entries) {
        return Stream.concat(
                        entries.stream().filter(Entry::isUsable),
                        entries.stream().filter(entry -> !entry.isUsable()))
                .map(Entry::value)
                .distinct()
                .toList();
    }

    /** In order of preference, at least one; {@code sni} as the client sent it, {@code null} if it did not. */
    List<T> find(@Nullable String sni) {
        Optional<String> name = Optional.ofNullable(sni).flatMap(ServerName::canonical);
        return name.map(byName::get)
                .or(() -> name.flatMap(ServerName::wildcard).map(byName::get))
                .orElse(byDefault);
    }

    /** The same for a name as a certificate has it, with a wildcard perhaps. */
    List<T> findPresented(String name) {
        return byName.getOrDefault(name, byDefault);
    }

    /**
     * A certificate.
     *
     * @param names   DNS names in their canonical form, wildcards included
     * @param key     what kind of key it has, as clients tell them apart: {@code RSA}, {@code P-256}
     * @param dates   whether its chain is valid now
     */
    record Entry<T>(List<String> names, String key, Dates dates, T value) {

        private static final String RSA = "RSA";

        Entry {
            names = List.copyOf(names);
        }

        boolean isEcdsa() {
            return !key.equals(RSA);
        }

        boolean isUsable() {
            return dates != Dates.NOT_VALID;
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
