package io.sealgate.core.request;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.QueryParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a query. Only {@code &} separates: a raw {@code ;} is data, Node and Android leave it so in presigned URLs.
 * Parameters that carry credentials are left out of the result, and so is an empty {@code versionId}. A repeated name
 * is refused, because nobody knows which one the next reader takes.
 */
final class QueryParser {

    private static final Set<String> CREDENTIALS = Set.of(
            "q-sign-algorithm",
            "q-ak",
            "q-sign-time",
            "q-key-time",
            "q-header-list",
            "q-url-param-list",
            "q-signature",
            "x-cos-security-token",
            "token");

    /**
     * Of presigned S3 URLs, lower case. Any other {@code x-amz-*} may order something, and is judged like every
     * parameter.
     */
    private static final Set<String> S3_CREDENTIALS = Set.of(
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-signedheaders",
            "x-amz-signature",
            "x-amz-security-token");

    private static final String VERSION_ID = "versionId";

    private QueryParser() {}

    /** @param plus what a raw {@code +} stands for */
    static Judged<List<QueryParameter>> parse(String rawQuery, PercentDecoder.Plus plus) {
        if (rawQuery.isEmpty()) {
            return Judged.good(List.of());
        }
        List<QueryParameter> parameters = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = PercentDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), plus);
            String value = equals < 0 ? "" : PercentDecoder.decode(pair.substring(equals + 1), plus);
            if (name == null || value == null) {
                return Judged.bad(Rejections.uri("query: not UTF-8 (expected: percent-encoded UTF-8)"));
            }
            if (name.isEmpty() || Text.hasControl(name) || Text.hasControl(value)) {
                return Judged.bad(Rejections.uri(
                        "query: a parameter without a name or with a control character (expected: neither)"));
            }
            if (!seen.add(name)) {
                return Judged.bad(Rejections.of(
                        CosErrorCode.INVALID_ARGUMENT,
                        "query parameter: " + Rejections.show(name) + " sent twice (expected: once)"));
            }
            if (!isCredential(name) && !isNoVersion(name, value)) {
                parameters.add(new QueryParameter(name, value));
            }
        }
        return Judged.good(parameters);
    }

    /** To COS an empty version is none (document 436/46206): it must not look like one to a policy. */
    private static boolean isNoVersion(String name, String value) {
        return value.isEmpty() && name.equals(VERSION_ID);
    }

    private static boolean isCredential(String name) {
        return CREDENTIALS.contains(name) || S3_CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
    }
}
