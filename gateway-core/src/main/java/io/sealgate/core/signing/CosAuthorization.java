package io.sealgate.core.signing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a signed request says of its signature: the seven {@code q-} fields, whether they came in {@code Authorization} or in
 * the query. Immutable; holds a signature, so it has no text form but the one that is sent.
 *
 * @param secretId      {@code q-ak}
 * @param signTime      {@code q-sign-time}
 * @param keyTime       {@code q-key-time}
 * @param headerList    {@code q-header-list}: canonical names joined by semicolons
 * @param parameterList {@code q-url-param-list}: canonical names joined by semicolons
 * @param signature     {@code q-signature}
 */
record CosAuthorization(
        String secretId, KeyTime signTime, KeyTime keyTime, String headerList, String parameterList, String signature) {

    /** The fields in the order in which they are written. */
    static final List<String> FIELDS = List.of(
            "q-sign-algorithm",
            "q-ak",
            "q-sign-time",
            "q-key-time",
            "q-header-list",
            "q-url-param-list",
            "q-signature");

    /** Reads an {@code Authorization} value; empty if it is not exactly the seven fields, once each. */
    static Optional<CosAuthorization> parse(String headerValue) {
        Map<String, String> fields = new HashMap<>();
        for (String field : headerValue.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals < 0 || fields.put(field.substring(0, equals), field.substring(equals + 1)) != null) {
                return Optional.empty();
            }
        }
        return of(fields);
    }

    /** Takes the seven fields; empty if one is missing or malformed, or if there are others. */
    static Optional<CosAuthorization> of(Map<String, String> fields) {
        if (fields.size() != FIELDS.size() || !fields.keySet().containsAll(FIELDS)) {
            return Optional.empty();
        }
        if (!CosSignature.ALGORITHM.equals(fields.get("q-sign-algorithm"))) {
            return Optional.empty();
        }
        return KeyTime.parse(fields.getOrDefault("q-sign-time", ""))
                .flatMap(signTime -> KeyTime.parse(fields.getOrDefault("q-key-time", ""))
                        .map(keyTime -> new CosAuthorization(
                                fields.getOrDefault("q-ak", ""),
                                signTime,
                                keyTime,
                                fields.getOrDefault("q-header-list", ""),
                                fields.getOrDefault("q-url-param-list", ""),
                                fields.getOrDefault("q-signature", ""))));
    }

    /** The value of {@code Authorization}. */
    String headerValue() {
        return "q-sign-algorithm=" + CosSignature.ALGORITHM
                + "&q-ak=" + secretId
                + "&q-sign-time=" + signTime.text()
                + "&q-key-time=" + keyTime.text()
                + "&q-header-list=" + headerList
                + "&q-url-param-list=" + parameterList
                + "&q-signature=" + signature;
    }

    @Override
    public String toString() {
        return "CosAuthorization[" + secretId + ']';
    }
}
