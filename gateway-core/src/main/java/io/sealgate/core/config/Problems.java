package io.sealgate.core.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a configuration, each with its path, so that the operator sees all of it at once. Not thread-safe. */
public final class Problems {

    private final List<String> lines = new ArrayList<>();

    /** Adds {@code path: what: value (expected: …)}; the message must not contain a secret. */
    public void add(String path, String message) {
        lines.add(path + ": " + message);
    }

    /** Adds what {@code others} has. */
    public void addAll(Problems others) {
        lines.addAll(others.lines);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** All problems in the order found. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
