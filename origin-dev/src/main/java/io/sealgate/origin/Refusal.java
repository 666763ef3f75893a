package io.sealgate.origin;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that COS answers with an error. Thrown by operations, made an answer in one place. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Headers headers;
    private final transient Map<String, String> details;

    Refusal(ErrorCode code, String message) {
        this(code, message, Headers.none(), Map.of());
    }

    private Refusal(ErrorCode code, String message, Headers headers, Map<String, String> details) {
        super(message, null, false, false);
        this.code = code;
        this.headers = headers;
        this.details = details;
    }

    static Refusal noSuchKey() {
        return new Refusal(ErrorCode.NO_SUCH_KEY, "The specified key does not exist.");
    }

    Refusal withHeader(String name, String value) {
        return new Refusal(code, text(), headers.and(name, value), details);
    }

    /** One more child of the {@code Error} element. */
    Refusal withDetail(String element, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(element, value);
        return new Refusal(code, text(), headers, more);
    }

    ErrorCode code() {
        return code;
    }

    Headers headers() {
        return headers;
    }

    Map<String, String> details() {
        return details;
    }

    String text() {
        String message = getMessage();
        return message == null ? code.text() : message;
    }
}
