package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request in the words of COS.
 *
 * @param key decoded, without its leading slash; empty for the bucket itself
 * @param secure whether it came over TLS
 */
record CosRequest(RequestHead head, String bucket, String key, QueryString query, boolean secure) {
    private static final int LONGEST_KEY = 850;
    private static final Set<String> NO_NAME = Set.of("", ".", "..");
    private static final Pattern BUCKET_HOST = Pattern.compile(
            "([a-z0-9-]+-[0-9]+)\\.cos(-internal)?\\.[a-z0-9-]+\\.(myqcloud\\.com|tencentcos\\.cn)(:[0-9]+)?");

    static CosRequest parse(RequestHead head, OriginOptions options) {
        if (!head.path().startsWith("/")) {
            throw new Refusal(ErrorCode.INVALID_URI, "The request target is not a path.");
        }
        String key = keyOf(Percent.decode(head.path().substring(1)));
        if (key.getBytes(UTF_8).length > LONGEST_KEY) {
            throw new Refusal(ErrorCode.KEY_TOO_LONG, "The key is longer than " + LONGEST_KEY + " bytes.");
        }
        QueryString query = QueryString.parse(head.query());
        return new CosRequest(head, bucketOf(head, options), key, query, options.tls() != null);
    }

    /** A path that is empty once empty and dot segments are gone is the bucket; other paths stay as they are. */
    static String keyOf(String path) {
        return Stream.of(path.split("/")).allMatch(NO_NAME::contains) ? "" : path;
    }

    private static String bucketOf(RequestHead head, OriginOptions options) {
        if (head.headers().all("Host").size() > 1) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "The request has more than one Host.");
        }
        Matcher host = BUCKET_HOST.matcher(head.headers().first("Host").orElse(""));
        boolean named = host.matches();
        String bucket = named ? host.group(1) : options.defaultBucket();
        boolean known = options.buckets().isEmpty() || options.buckets().contains(bucket);
        if (!known || (!named && options.requireBucketHost())) {
            throw new Refusal(ErrorCode.NO_SUCH_BUCKET, "The specified bucket does not exist.");
        }
        return bucket;
    }

    ObjectName name() {
        return new ObjectName(bucket, key);
    }

    String method() {
        return head.method();
    }

    Optional<String> header(String name) {
        return head.headers().first(name);
    }

    boolean hasParameter(String name) {
        return query.contains(name);
    }

    /** The declared length of the body, if it is counted. */
    OptionalLong contentLength() {
        return header("Content-Length")
                .map(length -> OptionalLong.of(Long.parseLong(length)))
                .orElse(OptionalLong.empty());
    }

    boolean chunked() {
        return header("Transfer-Encoding").isPresent();
    }

    boolean flag(String headerName) {
        return header(headerName).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** A whole number given as a query parameter. */
    long number(String parameter, long whenAbsent) {
        String text = query.first(parameter).filter(value -> !value.isEmpty()).orElse(null);
        if (text == null) {
            return whenAbsent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a negative one.
        }
        throw new Refusal(ErrorCode.INVALID_ARGUMENT, "The parameter " + parameter + " is not a whole number.");
    }
}
