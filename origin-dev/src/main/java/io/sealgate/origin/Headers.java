package io.sealgate.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Header lines in the order and the spelling in which they travel; names are compared without regard to case. */
public record Headers(List<Map.Entry<String, String>> lines) {
    private static final Headers NONE = new Headers(List.of());

    public Headers {
        lines = List.copyOf(lines);
    }

    public static Headers none() {
        return NONE;
    }

    /** The first value of {@code name}. */
    public Optional<String> first(String name) {
        return lines.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Every value of {@code name}, in order. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /** These lines and one more. */
    public Headers and(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(lines);
        more.add(Map.entry(name, value));
        return new Headers(more);
    }

    /** These lines and {@code others} after them. */
    public Headers and(Headers others) {
        List<Map.Entry<String, String>> more = new ArrayList<>(lines);
        more.addAll(others.lines);
        return new Headers(more);
    }

    /** These lines without {@code name}. */
    public Headers without(String name) {
        return new Headers(lines.stream()
                .filter(line -> !line.getKey().equalsIgnoreCase(name))
                .toList());
    }

    /** These lines with exactly one line {@code name}, at the end. */
    public Headers replacing(String name, String value) {
        return without(name).and(name, value);
    }
}
