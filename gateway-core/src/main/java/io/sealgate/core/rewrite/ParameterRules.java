package io.sealgate.core.rewrite;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.request.CosTarget;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters against the operation's closed list. It binds clients that sign for themselves too: a parameter that the gateway does not
 * know may be a sub-resource or a processing order, and would make another operation of what was just classified and permitted.
 */
public final class ParameterRules {

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
                : null;
    }
}
