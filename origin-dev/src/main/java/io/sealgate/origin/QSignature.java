package io.sealgate.origin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The seven parts of a q-sign signature, from the Authorization header or from the query of a presigned URL. */
record QSignature(
        String algorithm,
        String secretId,
        Window signTime,
        Window keyTime,
        List<String> headerList,
        List<String> parameterList,
        String signature) {
    /** A time span in Unix seconds, and how it was written. */
    record Window(String text, long start, long end) {}

    private static final String ALGORITHM = "q-sign-algorithm";
    private static final List<String> PARTS =
            List.of(ALGORITHM, "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature");

    QSignature {
        headerList = List.copyOf(headerList);
        parameterList = List.copyOf(parameterList);
    }

    /** Whether a query parameter is part of the signature itself and so cannot be signed. */
    static boolean isPart(String parameter) {
        return PARTS.contains(parameter);
    }

    /** Empty if the request carries no signature of this scheme. */
    static Optional<QSignature> find(CosRequest request) {
        Map<String, String> parts = new HashMap<>();
        String header = request.header("Authorization").orElse("").trim();
        if (header.startsWith("q-")) {
            for (String pair : header.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parts.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        } else {
            request.query().parameters().stream()
                    .filter(parameter -> isPart(parameter.name()))
                    .forEach(parameter -> parts.put(parameter.name(), parameter.value()));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(of(parts));
    }

    private static QSignature of(Map<String, String> parts) {
        for (String part : PARTS) {
            if (!parts.containsKey(part)) {
                throw malformed();
            }
        }
        return new QSignature(
                part(parts, ALGORITHM),
                part(parts, "q-ak"),
                window(part(parts, "q-sign-time")),
                window(part(parts, "q-key-time")),
                list(part(parts, "q-header-list")),
                list(part(parts, "q-url-param-list")),
                part(parts, "q-signature"));
    }

    private static String part(Map<String, String> parts, String name) {
        return Optional.ofNullable(parts.get(name)).orElseThrow(QSignature::malformed);
    }

    private static Window window(String text) {
        int semicolon = text.indexOf(';');
        try {
            return new Window(
                    text,
                    Long.parseLong(text.substring(0, Math.max(semicolon, 0))),
                    Long.parseLong(text.substring(semicolon + 1)));
        } catch (NumberFormatException notNumbers) {
            throw malformed();
        }
    }

    private static List<String> list(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split(";")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static Refusal malformed() {
        return new Refusal(ErrorCode.ACCESS_DENIED, "The signature is malformed.");
    }
}
