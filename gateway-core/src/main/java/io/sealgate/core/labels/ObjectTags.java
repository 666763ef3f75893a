package io.sealgate.core.labels;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form of tags (COS document 436/35709) in {@code x-cos-tagging}. */
final class ObjectTags {

    /** On one object. */
    static final int MOST = 10;

    private static final String CHARACTERS = "letters, digits, space and + - = . _ : / @";

    static final String EXPECTED_NAME = "up to 127 bytes of " + CHARACTERS;
    static final String EXPECTED_TEXT = "up to 255 bytes of " + CHARACTERS;

    private static final int LONGEST_NAME = 127;
    private static final int LONGEST_TEXT = 255;

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N} +\\-=._:/@]*");

    private ObjectTags() {}

    static boolean isName(String name) {
        return isPlain(name, LONGEST_NAME) && !name.isBlank();
    }

    /** Whether it may be a part of a text. */
    static boolean isPart(String text) {
        return isPlain(text, LONGEST_TEXT);
    }

    static boolean isText(String text) {
        return isPlain(text, LONGEST_TEXT) && !text.isBlank();
    }

    /** Where documents count characters in one place and bytes in another, bytes count. */
    private static boolean isPlain(String text, int mostBytes) {
        return PLAIN.matcher(text).matches() && text.getBytes(StandardCharsets.UTF_8).length <= mostBytes;
    }

    /** The header's value, percent-encoded. */
    static String header(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> encode(tag.getKey()) + '=' + encode(tag.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
