package io.sealgate.core.cam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random conditions, and random requests that they may be about. */
record PolicyTexts(Random random) {

    private static final List<String> STRING_OPERATORS = List.of(
            "string_equal",
            "string_not_equal",
            "string_equal_ignore_case",
            "string_not_equal_ignore_case",
            "string_like",
            "string_not_like",
            "string_like_ignore_case",
            "string_not_like_ignore_case");

    private static final List<String> COMPARISONS =
            List.of("equal", "not_equal", "less_than", "less_than_equal", "greater_than", "greater_than_equal");

    private static final List<String> VARIABLES = List.of(
            "client.cn",
            "client.cn",
            "client.san.uri",
            "client.san.dns",
            "client.spiffe.path",
            "client.serial",
            "client.issuer.cn",
            "client.fingerprint",
            "bucket",
            "route");

    /** Keys whose values are text, with values of policies; those of queries are percent-encoded. */
    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry("qcs:request_tag", List.of("a&1", "b&2", "a&${client.cn}", "a&")),
            Map.entry("cos:host", List.of("gw.example", "GW.example", "a.example", "${client.san.dns}")),
            Map.entry("cos:prefix", List.of("f%2F", "F%2f", "${client.cn}%2F", "dev%2F", "", "%E2%84%AA")),
            Map.entry("cos:delimiter", List.of("%2F", "", "x")),
            Map.entry(
                    "cos:versionid",
                    List.of("v1", "V1", "", "${client.issuer.cn}", "s", "%C5%BF", "${client.san.uri}")),
            Map.entry("cos:response-content-type", List.of("image%2Fpng", "text%2F${client.fingerprint}")),
            Map.entry("cos:content-type", List.of("image/png", "IMAGE/png", "${client.spiffe.path}", "${client.cn}")),
            Map.entry("cos:x-cos-acl", List.of("private", "public-read-write", "public-read")),
            Map.entry("cos:x-cos-grant-read", List.of("id=\"1\"", "x")),
            Map.entry("cos:x-cos-grant-write", List.of("id=\"1\"", "${client.serial}")),
            Map.entry("cos:x-cos-grant-read-acp", List.of("id=\"1\"", "x")),
            Map.entry("cos:x-cos-grant-write-acp", List.of("id=\"1\"", "x")),
            Map.entry("cos:x-cos-grant-full-control", List.of("id=\"1\"", "x")),
            Map.entry("cos:x-cos-storage-class", List.of("STANDARD", "standard", "ARCHIVE")),
            Map.entry("cos:x-cos-forbid-overwrite", List.of("true", "false")),
            Map.entry("cos:object-lock-mode", List.of("COMPLIANCE", "compliance")));

    private static final Map<String, List<String>> NUMBERS = Map.of(
            "cos:tls-version", List.of("1.2", "1.3"),
            "cos:max-keys", List.of("0", "5", "100", "999999999999999999"),
            "cos:content-length", List.of("0", "4", "5", "6"),
            "cos:object-lock-remaining-retention-days", List.of("0", "1", "30"));

    private static final List<String> BLOCKS = List.of(
            "10.1.2.3",
            "10.0.0.0/8",
            "10.1.2.2/31",
            "::10.1.2.3",
            "2001:db8::/32",
            "::/0",
            "0.0.0.0/0",
            "::ffff:10.1.2.3",
            "::ffff:10.9.9.9/104",
            "::ffff:0:0/96");

    private static final List<String> DATES = List.of(
            "2026-06-01T00:00:00Z", "2026-06-01T00:00:00.001Z",
            "2026-05-31T00:00:00Z", "2027-01-01T00:00:00Z");

    /** What is sent under each header, besides nothing. */
    private static final Map<String, List<String>> HEADERS = Map.ofEntries(
            Map.entry("content-type", List.of("image/png", "Image/PNG", "dev", "eu/dev", "text/html", "a,b", "")),
            Map.entry("x-cos-metadata-directive", List.of("Replaced", "Replaced", "Copy", "REPLACED")),
            Map.entry("x-cos-tagging-directive", List.of("Replaced", "Replaced", "Copy", "")),
            Map.entry("x-cos-tagging", List.of("a=1", "b=2&a=dev", "a=%31", "a=%ff", "a=1+2", "a", "a=%zz")),
            Map.entry("x-cos-acl", List.of("private", "public-read-write", "public-read")),
            Map.entry("x-cos-grant-read", List.of("id=\"1\"", "x")),
            Map.entry("x-cos-grant-write", List.of("id=\"1\"")),
            Map.entry("x-cos-grant-read-acp", List.of("id=\"1\"")),
            Map.entry("x-cos-grant-write-acp", List.of("id=\"1\"")),
            Map.entry("x-cos-grant-full-control", List.of("id=\"1\"")),
            Map.entry("x-cos-storage-class", List.of("STANDARD", "Standard", "ARCHIVE")),
            Map.entry("x-cos-forbid-overwrite", List.of("true", "false", "maybe")),
            Map.entry("x-cos-object-lock-mode", List.of("COMPLIANCE", "GOVERNANCE")),
            Map.entry(
                    "x-cos-object-lock-retain-until-date",
                    List.of(
                            "2026-06-01T12:00:00Z",
                            "2026-07-01T00:00:00Z",
                            "2026-05-31T12:00:00Z",
                            "2026-07-01T00:00:00+01:00",
                            "soon")));

    private static final Map<String, List<String>> QUERY = Map.of(
            "prefix", List.of("f/", "F/", "f/a", "dev/", "", "k", "\u212A", "a/b/"),
            "delimiter", List.of("/", ""),
            "max-keys",
                    List.of("5", "005", "100", "\u0661", "\uFF11", "1e1", ".5", "-1", "+5", "", "9999999999999999999"),
            "versionId", List.of("v1", "V1", "", "a", "f", "s", "\u017F", "S"),
            "response-content-type", List.of("image/png", "text/abab", ""));

    /** Without what stands before and behind an operator's name. */
    static String bare(Object operator) {
        return String.valueOf(operator).replaceFirst("^for_a.._value:", "").replace("_if_exist", "");
    }

    String variable() {
        return "${" + pick(VARIABLES) + "}";
    }

    /** As many operators, each with one key, as {@code count} says, or fewer. */
    Map<String, Object> condition(int count) {
        Map<String, Object> condition = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String affix = pick(Arrays.asList("", "", "", "for_any_value:", "for_all_value:"));
            String suffix = pick(List.of("", "", "_if_exist"));
            Map.Entry<String, Map<String, Object>> one = operator();
            condition.put(affix + one.getKey() + suffix, one.getValue());
        }
        return condition;
    }

    private Map.Entry<String, Map<String, Object>> operator() {
        return switch (random.nextInt(8)) {
            case 0 -> number();
            case 1 -> entry("date_" + pick(COMPARISONS), "qcs:current_time", DATES);
            case 2 -> entry(pick(List.of("ip_equal", "ip_not_equal")), "qcs:ip", BLOCKS);
            case 3 ->
                entry(
                        "bool_equal",
                        pick(List.of("cos:secure-transport", "cos:x-cos-forbid-overwrite")),
                        List.of("true", "false"));
            case 4 -> entry("null_equal", anyKey(), List.of("true", "false"));
            default -> text();
        };
    }

    private String anyKey() {
        List<String> keys = new ArrayList<>(TEXTS.keySet());
        keys.addAll(NUMBERS.keySet());
        keys.sort(null);
        return pick(keys);
    }

    private Map.Entry<String, Map<String, Object>> number() {
        String key = pick(NUMBERS.keySet().stream().sorted().toList());
        return entry("numeric_" + pick(COMPARISONS), key, NUMBERS.get(key));
    }

    private Map.Entry<String, Map<String, Object>> text() {
        String operator = pick(STRING_OPERATORS);
        String key = pick(TEXTS.keySet().stream().sorted().toList());
        List<String> values = TEXTS.get(key).stream()
                .map(value -> operator.contains("like") && random.nextBoolean() ? starred(value) : value)
                .toList();
        return entry(operator, key, values);
    }

    private String starred(String value) {
        return switch (random.nextInt(3)) {
            case 0 -> value + '*';
            case 1 -> '*' + value;
            default -> '*' + value + '*';
        };
    }

    private Map.Entry<String, Map<String, Object>> entry(String operator, String key, List<String> values) {
        Object some = random.nextBoolean() ? pick(values) : List.of(pick(values), pick(values));
        return Map.entry(operator, Map.of(key, some));
    }

    /** Some headers, now and then one twice. */
    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        HEADERS.keySet().stream()
                .sorted()
                .filter(name -> random.nextInt(3) == 0)
                .forEach(name -> {
                    List<String> values = HEADERS.get(name);
                    boolean isTwice = random.nextInt(8) == 0;
                    headers.put(name, isTwice ? List.of(pick(values), pick(values)) : List.of(pick(values)));
                });
        return headers;
    }

    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        QUERY.keySet().stream()
                .sorted()
                .filter(name -> random.nextInt(3) == 0)
                .forEach(name -> query.put(name, pick(QUERY.get(name))));
        return query;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
