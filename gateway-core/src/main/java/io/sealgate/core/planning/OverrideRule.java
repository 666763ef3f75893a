package io.sealgate.core.planning;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.Route;
import io.sealgate.core.rewrite.UploadRules;
import org.jspecify.annotations.Nullable;

/**
 * A download may ask for another media type and content coding than the stored ones. Where uploads are verified, a
 * page that has been taken for an image would be served as a page. So every route that verifies types and may have
 * taken the object must take an upload of what is asked for. Readers often meet another route than those who upload,
 * on another listener or host, so these do not matter.
 */
record OverrideRule(Errand errand, SecondResources secondResources) {

    /** Why the request is denied, or {@code null} if it is not. */
    GatewayError.@Nullable Denied judge() {
        boolean isAsked = errand.operation() == CosOperation.GET_OBJECT && UploadRules.overridesType(errand.target());
        return isAsked && secondResources.routes().routes().stream().anyMatch(this::isForbiddenBy)
                ? Authorizer.denied(errand.route(), "content-type")
                : null;
    }

    private boolean isForbiddenBy(Route route) {
        return UploadRules.forbidsOverride(route.config().uploads(), errand.target()) && mayHaveTaken(route);
    }

    /** Whether the object may have come through {@code route}: the request's own, or one to the same bucket. */
    private boolean mayHaveTaken(Route route) {
        Route own = errand.route();
        String key = errand.target().key();
        return route.equals(own)
                || (route.bucket().equals(own.bucket())
                        && route.region().equals(own.region())
                        && (new UploadReach(secondResources.routes()).mayMeet(route, key)
                                || secondResources.chosen().mayBeOf(route, key)));
    }
}
