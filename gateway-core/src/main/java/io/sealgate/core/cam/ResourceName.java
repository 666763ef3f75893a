package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Reference;
import io.sealgate.core.cam.TextPattern.Part.Star;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The resource of a statement. Written as {@code qcs::cos:{region}:uid/{appid}:{bucket}/{key}}, the same with the older
 * {@code prefix//{appid}/{short name}/{key}} at its end, or just {@code {bucket}/{key}}. Keys are as they are, not percent-encoded. Immutable.
 *
 * @param region  of the bucket
 * @param account appid of the bucket's owner
 * @param path    bucket, slash, key
 */
record ResourceName(TextPattern region, TextPattern account, TextPattern path) {

    static final String EXPECTED = "qcs::cos:{region}:uid/{appid}:{bucket}/{key}, or {bucket}/{key}";

    private static final TextPattern ANYTHING = new TextPattern(List.of(new Star()));
    private static final int SEGMENTS = 6;
    private static final String LEGACY = "prefix//";
    private static final String ACCOUNT = "uid/";

    /**
     * Reads a resource.
     *
     * @throws IllegalArgumentException with a complete message if it is none of a bucket or object
     */
    static ResourceName parse(String text) {
        if (!text.startsWith("qcs:")) {
            return new ResourceName(ANYTHING, ANYTHING, path(text, text));
        }
        String[] segments = text.split(":", SEGMENTS);
        boolean isCos = segments.length == SEGMENTS && segments[1].isEmpty() && segments[2].equals("cos");
        if (!isCos) {
            throw malformed(text);
        }
        String path = segments[5];
        return new ResourceName(
                plain(segments[3], text),
                account(segments[4], text),
                path(path.startsWith(LEGACY) ? modern(path, text) : path, text));
    }

    private static TextPattern account(String segment, String text) {
        if (segment.isEmpty() || segment.equals("*")) {
            return ANYTHING;
        }
        if (!segment.startsWith(ACCOUNT)) {
            throw malformed(text);
        }
        return plain(segment.substring(ACCOUNT.length()), text);
    }

    private static TextPattern plain(String segment, String text) {
        TextPattern pattern = TextPattern.parse(segment, true, UnaryOperator.identity());
        if (pattern.parts().stream().anyMatch(Reference.class::isInstance)) {
            throw malformed(text);
        }
        return segment.isEmpty() ? ANYTHING : pattern;
    }

    /** {@code prefix//125/examplebucket/key} is {@code examplebucket-125/key}. */
    private static String modern(String path, String text) {
        String[] pieces = path.substring(LEGACY.length()).split("/", 3);
        if (pieces.length < 3 || pieces[0].isEmpty() || pieces[1].isEmpty()) {
            throw malformed(text);
        }
        return pieces[1] + '-' + pieces[0] + '/' + pieces[2];
    }

    private static TextPattern path(String path, String text) {
        TextPattern pattern = TextPattern.parse(path, true, UnaryOperator.identity());
        if (pattern.parts().isEmpty() || path.startsWith("/")) {
            throw malformed(text);
        }
        for (Part part : pattern.parts()) {
            if (part instanceof Literal literal && literal.text().indexOf('/') >= 0) {
                return pattern;
            }
            if (part instanceof Reference reference && reference.variable() != Variable.BUCKET) {
                throw new IllegalArgumentException(
                        "resource: " + text + " (expected: a bucket, a slash, and only then ${"
                                + reference.variable().text() + "})");
            }
        }
        boolean isOpen = pattern.parts().stream().anyMatch(Star.class::isInstance);
        return isOpen ? pattern : TextPattern.parse(path + '/', true, UnaryOperator.identity());
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("resource: " + text + " (expected: " + EXPECTED + ")");
    }

    /**
     * What is left to ask of a key once the bucket is known; empty if no key of that bucket is meant. The bucket itself has the empty key.
     */
    List<TextPattern> keysIn(String bucket, String ownRegion, String route) {
        String appid = bucket.substring(bucket.lastIndexOf('-') + 1);
        boolean isHere = region.fits(ownRegion, false, Question.NOBODY) == Truth.YES
                && account.fits(appid, false, Question.NOBODY) == Truth.YES;
        if (!isHere) {
            return List.of();
        }
        Remainders remainders = new Remainders(path.on(bucket, route).parts(), bucket + '/');
        remainders.collect(0, "", 0);
        return List.copyOf(remainders.found);
    }

    /** What a pattern still wants after a text has been taken away in front: a star may end within the text, or go on behind it. */
    private static final class Remainders {

        private final List<Part> parts;
        private final String front;
        private final Set<TextPattern> found = new LinkedHashSet<>();
        private final Set<List<Object>> seen = new HashSet<>();

        Remainders(List<Part> parts, String front) {
            this.parts = parts;
            this.front = front;
        }

        /** {@code rest} of a literal and then the parts from {@code next} on, when {@code taken} characters of the front are gone. */
        void collect(int next, String rest, int taken) {
            if (!seen.add(List.of(next, rest, taken))) {
                return;
            }
            if (taken == front.length()) {
                List<Part> left = new ArrayList<>();
                left.add(new Literal(rest));
                left.addAll(parts.subList(next, parts.size()));
                found.add(new TextPattern(left));
            } else if (next < parts.size() && parts.get(next) instanceof Literal literal) {
                take(next, literal.text(), taken);
            } else if (next < parts.size() && parts.get(next) instanceof Star) {
                found.add(new TextPattern(parts.subList(next, parts.size())));
                for (int end = taken; end < front.length(); end++) {
                    collect(next + 1, "", end);
                }
            }
        }

        private void take(int next, String literal, int taken) {
            int length = Math.min(literal.length(), front.length() - taken);
            if (front.regionMatches(taken, literal, 0, length)) {
                collect(next + 1, literal.substring(length), taken + length);
            }
        }
    }
}
