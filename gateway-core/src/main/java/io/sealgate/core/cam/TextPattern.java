package io.sealgate.core.cam;

import io.netty.util.AsciiString;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Reference;
import io.sealgate.core.cam.TextPattern.Part.Star;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Text with variables and wildcards. A variable's value is always literal: a star in a name is a star and nothing more. Immutable.
 *
 * @param parts in their order; no two literals and no two stars stand side by side
 */
record TextPattern(List<Part> parts) {

    /** A piece of a pattern. */
    sealed interface Part {
        /** Itself; never empty. */
        record Literal(String text) implements Part {}

        /** The value of a variable. */
        record Reference(Variable variable) implements Part {}

        /** Any text, slashes included, or none. */
        record Star() implements Part {}
    }

    TextPattern {
        parts = joined(parts);
    }

    /**
     * Reads a pattern.
     *
     * @param hasStars whether {@code *} is a wildcard
     * @param decoder  applied to what is neither variable nor wildcard
     * @throws IllegalArgumentException with a complete message if there is an unknown variable
     */
    static TextPattern parse(String text, boolean hasStars, UnaryOperator<String> decoder) {
        List<List<Part>> runs = VariableText.parse(
                text, words -> words(words, hasStars, decoder), name -> List.of(new Reference(variable(name))));
        return new TextPattern(runs.stream().flatMap(List::stream).toList());
    }

    private static Variable variable(String name) {
        return Variable.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "variable: " + name + " (expected: one of " + Variable.all() + ")"));
    }

    private static List<Part> words(String text, boolean hasStars, UnaryOperator<String> decoder) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (hasStars && text.indexOf('*', from) >= 0) {
            int star = text.indexOf('*', from);
            parts.add(new Literal(decoder.apply(text.substring(from, star))));
            parts.add(new Star());
            from = star + 1;
        }
        parts.add(new Literal(decoder.apply(text.substring(from))));
        return parts;
    }

    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (part instanceof Literal literal && literal.text().isEmpty()) {
                continue;
            }
            if (part instanceof Literal literal && last instanceof Literal before) {
                joined.set(joined.size() - 1, new Literal(before.text() + literal.text()));
            } else if (!(part instanceof Star && last instanceof Star)) {
                joined.add(part);
            }
        }
        return List.copyOf(joined);
    }

    /** The same with a part more at its end. */
    TextPattern followedBy(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new TextPattern(more);
    }

    /** The same with the variables that a route decides put in. */
    TextPattern on(String bucket, String route) {
        return new TextPattern(parts.stream()
                .map(part -> part instanceof Reference reference ? known(reference, bucket, route) : part)
                .toList());
    }

    private static Part known(Reference reference, String bucket, String route) {
        return switch (reference.variable()) {
            case BUCKET -> new Literal(bucket);
            case ROUTE -> new Literal(route);
            default -> reference;
        };
    }

    /** The variables of the client's in it. */
    List<Variable> clientVariables() {
        List<Variable> variables = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Reference reference && reference.variable().isOfClient()) {
                variables.add(reference.variable());
            }
        }
        return variables;
    }

    /** The text, if it is nothing else. */
    @Nullable
    String literal() {
        if (parts.isEmpty()) {
            return "";
        }
        return parts.size() == 1 && parts.get(0) instanceof Literal literal ? literal.text() : null;
    }

    /**
     * How {@code text} fits. A variable without a value could stand for anything: where the rest fits, nobody knows.
     *
     * @param ignoresCase whether the letters of ASCII are compared without regard to case; other letters never are, for
     *     some of them fold to those of ASCII
     */
    Truth fits(String text, boolean ignoresCase, Binding binding) {
        boolean isWhole = true;
        int at = 0;
        int next = 0;
        int star = -1;
        int starAt = 0;
        while (true) {
            if (next < parts.size()) {
                Part part = parts.get(next);
                String piece = piece(part, binding);
                if (piece == null) {
                    isWhole &= part instanceof Star;
                    star = next++;
                    starAt = at;
                    continue;
                }
                if (matches(text, at, piece, ignoresCase)) {
                    at += piece.length();
                    next++;
                    continue;
                }
            } else if (at == text.length() || (star >= 0 && star == next - 1)) {
                return isWhole ? Truth.YES : Truth.UNSURE;
            }
            if (star < 0 || starAt == text.length()) {
                return Truth.NO;
            }
            at = ++starAt;
            next = star + 1;
        }
    }

    private static boolean matches(String text, int at, String piece, boolean ignoresCase) {
        return ignoresCase
                ? AsciiString.regionMatchesAscii(text, true, at, piece, 0, piece.length())
                : text.startsWith(piece, at);
    }

    /** What must stand there; {@code null} if it may be anything. */
    private static @Nullable String piece(Part part, Binding binding) {
        if (part instanceof Literal literal) {
            return literal.text();
        }
        if (part instanceof Reference reference) {
            return binding.value(reference.variable());
        }
        return null;
    }
}
