package io.sealgate.core.planning;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Route;

/** Everything that is known of a request once its route is found. */
record Errand(ConnectionContext connection, RequestHead head, CosTarget target, CosOperation operation, Route route) {

    /** The object or bucket that the request names. */
    CosResource resource() {
        return resource(target.key());
    }

    /** Another object in the same bucket. */
    CosResource resource(String key) {
        return new CosResource(route.bucket(), route.region(), key);
    }

    Plan reply(GatewayError error) {
        return new Plan.Reply(route, operation, error);
    }
}
