package io.sealgate.core.rewrite;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.DecimalText;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.request.CosTarget;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters against the operation's closed list. It binds clients that sign for themselves too: a parameter that the gateway does not
 * know may be a sub-resource or a processing order, and would make another operation of what was just classified and permitted.
 */
public final class ParameterRules {

    private static final Map<String, Predicate<String>> FORMS = Map.of(
            "uploadId", value -> !value.isEmpty(),
            "id", value -> !value.isEmpty(),
            "partNumber", value -> DecimalText.partNumber(value) > 0,
            "position", value -> DecimalText.plain(value).isPresent());

    private ParameterRules() {}

    /** Why the query may not pass, or {@code null} if it may. */
    public static GatewayError.@Nullable Rejected judge(CosOperation operation, CosTarget target) {
        Set<String> known = ClosedList.of(operation).parameters();
        for (QueryParameter parameter : target.query()) {
            if (!known.contains(parameter.name())) {
                return new GatewayError.Rejected(
                        CosErrorCode.ACCESS_DENIED,
                        "query: a parameter that " + operation.label() + " does not take (expected: none but its own)");
            }
        }
        boolean lacksPosition = operation == CosOperation.APPEND_OBJECT && !target.has("position");
        return lacksPosition
                ? new GatewayError.Rejected(CosErrorCode.INVALID_ARGUMENT, "position: missing (expected: a number)")
                : valueError(target);
    }

    /** What chose the operation must not look as if it were not there to somebody who takes an empty value for none. */
    private static GatewayError.@Nullable Rejected valueError(CosTarget target) {
        for (QueryParameter parameter : target.query()) {
            Predicate<String> form = FORMS.get(parameter.name());
            if (form != null && !form.test(parameter.value())) {
                return new GatewayError.Rejected(
                        CosErrorCode.INVALID_ARGUMENT,
                        parameter.name() + ": malformed (expected: a value, and a number where it counts)");
            }
        }
        return null;
    }
}
