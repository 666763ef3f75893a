package io.sealgate.core.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * When the key was made, in UTC. Only numbers of a fixed width, so that it can be told where a date ends. Immutable.
 *
 * @param pattern   of the letters {@code yyyy MM dd HH mm ss} and {@code - _ /}
 * @param formatter for the pattern
 */
record KeyDate(String pattern, DateTimeFormatter formatter) implements KeyPart.Made {

    private static final Pattern FORM = Pattern.compile("[-_/]*((yyyy|MM|dd|HH|mm|ss)[-_/]*)+");

    /** @throws IllegalArgumentException with a complete message if {@code pattern} is none */
    static KeyDate parse(String pattern) {
        if (!FORM.matcher(pattern).matches()) {
            throw new IllegalArgumentException(
                    "date: " + pattern + " (expected: of yyyy, MM, dd, HH, mm, ss, with -, _ and / between them)");
        }
        // y is the year of an era, which needs the era to be read strictly
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .withResolverStyle(ResolverStyle.STRICT);
        return new KeyDate(pattern, formatter);
    }

    @Override
    public String make(Instant now, RandomGenerator random) {
        return formatter.format(now);
    }

    @Override
    public int length() {
        return pattern.length();
    }

    @Override
    public boolean fits(String text) {
        for (int i = 0; i < pattern.length(); i++) {
            char wanted = pattern.charAt(i);
            char found = text.charAt(i);
            if (Character.isLetter(wanted) ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        try {
            formatter.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
