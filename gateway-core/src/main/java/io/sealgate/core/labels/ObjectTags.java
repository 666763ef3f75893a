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

    private static final String CHARACTERS = "letters, digits, space and + - = . _ : /";

    static final String EXPECTED_NAME = "up to 127 " + CHARACTERS;
    static final String EXPECTED_TEXT = "up to 255 " + CHARACTERS;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} +\\-=._:/]{1,127}");
    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{N} +\\-=._:/]{0,255}");

    private ObjectTags() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static boolean isText(String text) {
        return TEXT.matcher(text).matches();
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
