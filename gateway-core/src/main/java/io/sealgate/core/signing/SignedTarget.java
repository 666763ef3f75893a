package io.sealgate.core.signing;

import io.sealgate.core.model.QueryParameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An origin-form target taken apart as COS does to check a signature: the path decoded but not normalised, the query split at
 * {@code &} alone ({@code ;} occurs raw in presigned URLs), and the signature's own fields set aside from the parameters it
 * may cover. Immutable.
 *
 * @param path          decoded path
 * @param parameters    decoded parameters without the {@code q-} fields
 * @param authorization the {@code q-} fields by name; empty if the query carries no signature
 */
record SignedTarget(String path, List<QueryParameter> parameters, Map<String, String> authorization) {

    SignedTarget {
        parameters = List.copyOf(parameters);
        authorization = Map.copyOf(authorization);
    }

    /** Empty if the target is not in origin form, an escape is broken, or a {@code q-} field occurs twice. */
    static Optional<SignedTarget> parse(String target) {
        if (!target.startsWith("/")) {
            return Optional.empty();
        }
        int question = target.indexOf('?');
        String rawPath = question < 0 ? target : target.substring(0, question);
        String rawQuery = question < 0 ? "" : target.substring(question + 1);
        return CanonicalEncoding.decode(rawPath).flatMap(path -> withQuery(path, rawQuery));
    }

    private static Optional<SignedTarget> withQuery(String path, String rawQuery) {
        List<QueryParameter> parameters = new ArrayList<>();
        Map<String, String> authorization = new HashMap<>();
        for (String raw : rawQuery.split("&", -1)) {
            if (raw.isEmpty()) {
                continue;
            }
            Optional<QueryParameter> parameter = parameter(raw);
            if (parameter.isEmpty()) {
                return Optional.empty();
            }
            String name = parameter.get().name();
            if (!CosAuthorization.FIELDS.contains(name)) {
                parameters.add(parameter.get());
            } else if (authorization.put(name, parameter.get().value()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new SignedTarget(path, parameters, authorization));
    }

    private static Optional<QueryParameter> parameter(String raw) {
        int equals = raw.indexOf('=');
        String rawName = equals < 0 ? raw : raw.substring(0, equals);
        String rawValue = equals < 0 ? "" : raw.substring(equals + 1);
        return CanonicalEncoding.decode(rawName)
                .flatMap(name -> CanonicalEncoding.decode(rawValue).map(value -> new QueryParameter(name, value)));
    }
}
