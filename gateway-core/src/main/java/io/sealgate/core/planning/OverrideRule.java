package io.sealgate.core.planning;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Route;
import io.sealgate.core.rewrite.UploadRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A download may ask for another media type and content coding than the stored ones. Where uploads are verified, a
 * page that has been taken for an image would be served as a page. So every route that verifies types and may have
 * taken the object must take an upload of what is asked for.
 */
record OverrideRule(Errand errand, SecondResources secondResources) {

    /** Why the request is denied, or {@code null} if it is not. */
    GatewayError.@Nullable Denied judge() {
        CosTarget target = errand.target();
        boolean isAsked = errand.operation() == CosOperation.GET_OBJECT && UploadRules.overridesType(target);
        return isAsked
                        && sources().stream()
                                .anyMatch(route -> UploadRules.forbidsOverride(
                                        route.config().uploads(), target))
                ? Authorizer.denied(errand.route(), "content-type")
                : null;
    }

    /** The request's own route, those that an upload of the key would meet, and those that may have chosen the key. */
    private List<Route> sources() {
        Route own = errand.route();
        String key = errand.target().key();
        List<Route> sources = new ArrayList<>(List.of(own));
        for (CosOperation upload : SecondResources.UPLOADS) {
            Route met = secondResources.uploadRoute(errand, key, upload);
            if (met != null && met.bucket().equals(own.bucket()) && met.region().equals(own.region())) {
                sources.add(met);
            }
        }
        secondResources
                .chosen()
                .mayHaveStored(own, errand.connection().listener(), errand.target(), key)
                .forEach(sources::add);
        return sources;
    }
}
