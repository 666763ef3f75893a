package io.sealgate.core.cam;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The language of policies a second time, from {@code docs/policies.md} alone: by regular expressions, and sharing no
 * code with what it is compared with. Statements are the texts that they were written as.
 */
final class PolicyModel {

    static final String NAME = "examplebucket";
    static final String APPID = "1250000000";
    static final String BUCKET = NAME + '-' + APPID;
    static final String REGION = "ap-guangzhou";
    static final String ROUTE = "telemetry";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z.]+)}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    /** No, not known, yes. */
    private static final int NO = 0;

    private static final int UNSURE = 1;
    private static final int YES = 2;

    private final ModelRequest request;
    private int dns;
    private int uri;

    PolicyModel(ModelRequest request) {
        this.request = request;
    }

    /** "deny", "allow" or "default". */
    String decide(List<Map<String, Object>> policy, List<Map<String, Object>> applied) {
        policy.stream().filter(this::applies).forEach(applied::add);
        if (applied.stream().anyMatch(statement -> statement.get("effect").equals("deny"))) {
            return "deny";
        }
        return applied.isEmpty() ? "default" : "allow";
    }

    private boolean applies(Map<String, Object> statement) {
        if (texts(statement.get("action")).stream().noneMatch(this::isAction)) {
            return false;
        }
        if (request.isUnreadBatch() && isOfEachKey(statement)) {
            return false;
        }
        boolean allows = statement.get("effect").equals("allow");
        boolean isPublic = request.operation().name().equals("PUT_OBJECT_ACL")
                && request.headers().getOrDefault("x-cos-acl", List.of()).contains("public-read-write");
        if (allows && isPublic && !namesPublicWrite(statement)) {
            return false;
        }
        // each of several names is tried, the same one in resource and conditions
        for (dns = 0; dns < Math.max(1, values("client.san.dns").size()); dns++) {
            for (uri = 0; uri < Math.max(1, values("client.san.uri").size()); uri++) {
                if (appliesAsNamed(statement, allows ? YES : UNSURE)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean appliesAsNamed(Map<String, Object> statement, int least) {
        int resource = texts(statement.get("resource")).stream()
                .mapToInt(this::resource)
                .max()
                .orElse(NO);
        boolean holds = resource >= least;
        for (Map.Entry<String, Map<String, Object>> operator : conditions(statement)) {
            for (Map.Entry<String, Object> key : operator.getValue().entrySet()) {
                holds &= condition(operator.getKey(), key.getKey(), texts(key.getValue())) >= least;
            }
        }
        return holds;
    }

    /** A condition on a version, on more than the bucket itself: every key is asked with a version of its own. */
    private boolean isOfEachKey(Map<String, Object> statement) {
        return conditions(statement).stream()
                        .anyMatch(operator -> operator.getValue().containsKey("cos:versionid"))
                && texts(statement.get("resource")).stream()
                        .noneMatch(text -> !text.endsWith("*") && resource(text) == YES);
    }

    private static boolean namesPublicWrite(Map<String, Object> statement) {
        return conditions(statement).stream()
                .anyMatch(operator -> operator.getKey().contains("string_")
                        && !operator.getKey().contains("_not_")
                        && operator.getValue().containsKey("cos:x-cos-acl")
                        && texts(operator.getValue().get("cos:x-cos-acl")).contains("public-read-write"));
    }

    private boolean isAction(String text) {
        List<String> names =
                switch (request.operation()) {
                    case DELETE_MULTIPLE_OBJECTS -> List.of("DeleteMultipleObjects", "DeleteObject");
                    case COPY_OBJECT -> List.of("PutObject", "PutObjectCopy");
                    case SELECT_OBJECT_CONTENT -> List.of("GetObject", "SelectObjectContent");
                    default -> List.of(request.operation().action());
                };
        String pattern =
                text.replaceFirst("^name/", "").replaceFirst("^cos:", "").replace("*", ".*");
        return names.stream().anyMatch(name -> name.matches(pattern));
    }

    private int resource(String text) {
        if (!text.startsWith("qcs:")) {
            return path(text);
        }
        String[] parts = text.split(":", 6);
        boolean isHere = (parts[3].isEmpty() || text(parts[3], REGION, true, false, false) == YES)
                && (parts[4].isEmpty()
                        || parts[4].equals("*")
                        || text(parts[4].replaceFirst("uid/", ""), APPID, true, false, false) == YES);
        return isHere ? path(parts[5]) : NO;
    }

    private int path(String path) {
        if (path.startsWith("prefix//")) {
            return text(path, "prefix//" + APPID + '/' + NAME + '/' + request.key(), true, false, false);
        }
        boolean isBucketAlone = !path.contains("*") && !path.contains("/");
        return text(isBucketAlone ? path + '/' : path, BUCKET + '/' + request.key(), true, false, false);
    }

    /** A pattern as a regular expression: a variable without a value is anything, and nobody knows then. */
    private int text(String pattern, String text, boolean hasStars, boolean ignoresCase, boolean isEncoded) {
        StringBuilder regex = new StringBuilder();
        boolean isKnown = true;
        Matcher variable = VARIABLE.matcher(pattern);
        int at = 0;
        while (variable.find()) {
            regex.append(words(pattern.substring(at, variable.start()), hasStars, ignoresCase, isEncoded));
            String value = value(variable.group(1));
            isKnown &= value != null;
            regex.append(value == null ? ".*" : Pattern.quote(ignoresCase ? lower(value) : value));
            at = variable.end();
        }
        regex.append(words(pattern.substring(at), hasStars, ignoresCase, isEncoded));
        boolean fits = PATTERNS.computeIfAbsent(regex.toString(), each -> Pattern.compile(each, Pattern.DOTALL))
                .matcher(ignoresCase ? lower(text) : text)
                .matches();
        return fits ? isKnown ? YES : UNSURE : NO;
    }

    private static String words(String text, boolean hasStars, boolean ignoresCase, boolean isEncoded) {
        String[] literals = hasStars ? text.split("\\*", -1) : new String[] {text};
        return Arrays.stream(literals)
                .map(literal -> isEncoded ? URLDecoder.decode(literal, StandardCharsets.UTF_8) : literal)
                .map(literal -> Pattern.quote(ignoresCase ? lower(literal) : literal))
                .collect(Collectors.joining(".*"));
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    /** The value that counts now; null if there is none, or none that may stand in a key. */
    private String value(String variable) {
        List<String> values = values(variable);
        int chosen = variable.equals("client.san.dns") ? dns : variable.equals("client.san.uri") ? uri : 0;
        String value = chosen < values.size() ? values.get(chosen) : null;
        boolean isNone = value == null
                || (value.contains("/") && !variable.equals("client.spiffe.path"))
                || value.matches("\\.\\.?")
                || Pattern.compile("[\n\u200B\u202E]").matcher(value).find();
        return isNone ? null : value;
    }

    private List<String> values(String variable) {
        if (variable.equals("bucket") || variable.equals("route")) {
            return List.of(variable.equals("bucket") ? BUCKET : ROUTE);
        }
        if (!(request.client() instanceof Certified client)) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        switch (variable) {
            case "client.cn" -> values.add(client.commonName());
            case "client.san.dns" -> names(client, SubjectAltName.Type.DNS, values);
            case "client.san.uri" -> names(client, SubjectAltName.Type.URI, values);
            case "client.spiffe.path" -> {
                names(client, SubjectAltName.Type.URI, values);
                boolean isAmbiguous = values.size() > 1; // an X.509-SVID has one URI
                values.removeIf(uri -> isAmbiguous || !uri.startsWith("spiffe://"));
                values.replaceAll(uri -> uri.replaceFirst("spiffe://[^/]*/?", ""));
            }
            case "client.serial" -> values.add(client.serial());
            case "client.fingerprint" -> values.add(client.fingerprintSha256());
            case "client.issuer.cn" -> {
                Matcher name = Pattern.compile("CN=([^,+]*)").matcher(client.issuer());
                while (name.find()) {
                    values.add(name.group(1));
                }
                if (values.size() > 1) {
                    values.clear();
                }
            }
            default -> throw new AssertionError(variable);
        }
        values.removeIf(value -> value == null || value.isEmpty());
        return values;
    }

    private static void names(Certified client, SubjectAltName.Type type, List<String> values) {
        client.sans().stream().filter(name -> name.type() == type).forEach(name -> values.add(name.value()));
    }

    private int condition(String operator, String key, List<String> values) {
        String bare = operator.replaceFirst("^for_(any|all)_value:", "").replaceFirst("_if_exist$", "");
        List<String> found = new ModelFacts(request).find(key);
        if (found == null) {
            return UNSURE;
        }
        if (bare.equals("null_equal")) {
            return values.contains(String.valueOf(found.isEmpty())) ? YES : NO;
        }
        if (found.isEmpty()) {
            return operator.endsWith("_if_exist") ? YES : NO;
        }
        boolean isNegated = bare.contains("_not_");
        IntStream each = found.stream().mapToInt(value -> values.stream()
                .mapToInt(written -> compare(bare, key, written, value))
                .max()
                .orElse(NO));
        if (operator.startsWith("for_any_value:")) {
            return each.map(fits -> isNegated ? YES - fits : fits).max().orElse(NO);
        }
        if (operator.startsWith("for_all_value:")) {
            return each.map(fits -> isNegated ? YES - fits : fits).min().orElse(NO);
        }
        int fits = each.max().orElse(NO);
        return isNegated ? YES - fits : fits;
    }

    /** How one value of a policy compares with one of the request's, whatever {@code not} stands in the operator. */
    private int compare(String operator, String key, String written, String value) {
        String how = operator.replaceFirst("^[a-z]+_", "").replace("not_", "");
        if (operator.startsWith("string_")) {
            boolean isQuery = List.of("cos:prefix", "cos:delimiter", "cos:versionid", "cos:response-content-type")
                    .contains(key);
            return text(written, value, how.startsWith("like"), how.endsWith("_ignore_case"), isQuery);
        }
        if (operator.startsWith("numeric_")) {
            boolean isVersion = key.equals("cos:tls-version");
            return isVersion || NUMBER.matcher(value).matches()
                    ? truth(ModelFacts.holds(how, new BigDecimal(value).compareTo(new BigDecimal(written))))
                    : UNSURE;
        }
        if (operator.startsWith("date_")) {
            Instant time = Instant.ofEpochMilli(Long.parseLong(value));
            return truth(ModelFacts.holds(how, time.compareTo(Instant.parse(written))));
        }
        if (operator.startsWith("ip_")) {
            return truth(ModelFacts.isInBlock(value, written));
        }
        return value.matches("true|false") ? value.equals(written) ? YES : NO : UNSURE;
    }

    private static int truth(boolean isTrue) {
        return isTrue ? YES : NO;
    }

    @SuppressWarnings("unchecked")
    private static List<Map.Entry<String, Map<String, Object>>> conditions(Map<String, Object> statement) {
        Map<String, Map<String, Object>> conditions =
                (Map<String, Map<String, Object>>) statement.getOrDefault("condition", Map.of());
        return List.copyOf(conditions.entrySet());
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }
}
