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
import java.util.regex.Pattern;

/**
 * The resource of a statement. Written as {@code qcs::cos:{region}:uid/{appid}:{bucket}/{key}}, the same with the older
 * {@code prefix//{appid}/{short name}/{key}} at its end, or just {@code {bucket}/{key}}. Keys are as they are, not
 * percent-encoded. An object has a name in either form, and a pattern is compared with the name in its own. Immutable.
 *
 * @param region  of the bucket
 * @param account appid of the bucket's owner
 * @param form    how the path is written
 * @param path    what names bucket and key, in that form
 */
record ResourceName(TextPattern region, TextPattern account, Form form, TextPattern path) {

    static final String EXPECTED = "qcs::cos:{region}:uid/{appid}:{bucket}/{key}, or {bucket}/{key}";

    private static final TextPattern ANYTHING = new TextPattern(List.of(new Star()));
    private static final int SEGMENTS = 6;
    private static final String ACCOUNT = "uid/";

    /** Nothing else is in a bucket's name, nor in a region (COS document 436/13312): it would match nothing. */
    private static final Pattern FRONT = Pattern.compile("[a-z0-9/-]*");

    private static final Pattern EMPTY_NAME = Pattern.compile("[^/]*//");

    /** How bucket and key are put together. */
    enum Form {
        /** {@code {short name}-{appid}/{key}}. */
        BUCKET("", 1) {
            @Override
            String front(String bucket) {
                return bucket + '/';
            }
        },
        /** {@code prefix//{appid}/{short name}/{key}}. */
        PREFIX("prefix//", 4) {
            @Override
            String front(String bucket) {
                int hyphen = bucket.lastIndexOf('-');
                return start() + bucket.substring(hyphen + 1) + '/' + bucket.substring(0, Math.max(0, hyphen)) + '/';
            }
        };

        private final String start;
        private final int slashes;

        Form(String start, int slashes) {
            this.start = start;
            this.slashes = slashes;
        }

        /** What all paths of this form begin with. */
        String start() {
            return start;
        }

        /** How many slashes stand before a key. */
        int slashes() {
            return slashes;
        }

        /** What is in front of all keys in {@code bucket}. */
        abstract String front(String bucket);

        static Form of(String path) {
            return path.startsWith(PREFIX.start) ? PREFIX : BUCKET;
        }
    }

    /**
     * Reads a resource.
     *
     * @throws IllegalArgumentException with a complete message if it is none of a bucket or object
     */
    static ResourceName parse(String text) {
        if (!text.startsWith("qcs:")) {
            return named(ANYTHING, ANYTHING, text, text);
        }
        String[] segments = text.split(":", SEGMENTS);
        boolean isCos = segments.length == SEGMENTS && segments[1].isEmpty() && segments[2].equals("cos");
        if (!isCos) {
            throw malformed(text);
        }
        return named(plain(segments[3], text), account(segments[4], text), segments[5], text);
    }

    private static ResourceName named(TextPattern region, TextPattern account, String path, String text) {
        Form form = Form.of(path);
        return new ResourceName(region, account, form, path(form, path, text));
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
        boolean isPlain = pattern.parts().stream()
                .allMatch(part -> part instanceof Star
                        || (part instanceof Literal literal
                                && FRONT.matcher(literal.text()).matches()));
        if (!isPlain) {
            throw malformed(text);
        }
        return segment.isEmpty() ? ANYTHING : pattern;
    }

    private static TextPattern path(Form form, String path, String text) {
        TextPattern pattern = TextPattern.parse(path, true, UnaryOperator.identity());
        String named = path.substring(form.start().length());
        boolean lacksName = named.startsWith("/")
                || (form == Form.PREFIX && EMPTY_NAME.matcher(named).lookingAt());
        boolean isName = FRONT.matcher(front(pattern.parts(), form.slashes())).matches();
        if (pattern.parts().isEmpty() || lacksName || !isName) {
            throw malformed(text);
        }
        int slashes = 0;
        for (Part part : pattern.parts()) {
            if (part instanceof Literal literal) {
                slashes += (int) literal.text().chars().filter(c -> c == '/').count();
            }
            if (slashes >= form.slashes()) {
                return pattern;
            }
            if (part instanceof Reference reference && !mayNameBucket(form, reference.variable())) {
                throw new IllegalArgumentException(
                        "resource: " + text + " (expected: a bucket, a slash, and only then ${"
                                + reference.variable().text() + "})");
            }
        }
        if (pattern.parts().stream().anyMatch(Star.class::isInstance)) {
            return pattern;
        }
        if (form == Form.PREFIX) {
            throw malformed(text);
        }
        return pattern.followedBy(new Literal("/"));
    }

    /** The text that names the bucket, up to the key or to a star, which may stand for some of the key. */
    private static String front(List<Part> parts, int slashes) {
        StringBuilder front = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Star) {
                break;
            }
            front.append(part instanceof Literal literal ? literal.text() : "");
        }
        int end = -1;
        for (int i = 0; i < slashes; i++) {
            int slash = front.indexOf("/", end + 1);
            end = slash < 0 ? front.length() : slash;
        }
        return front.substring(0, end);
    }

    /** The older form has the name without the appid, for which there is no variable. */
    private static boolean mayNameBucket(Form form, Variable variable) {
        return form == Form.BUCKET && variable == Variable.BUCKET;
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
        Remainders remainders = new Remainders(path.on(bucket, route).parts(), form.front(bucket));
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
