package io.sealgate.core.policy;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.request.Route;

/**
 * Decides what a client may do. Everything that is not allowed is denied: a route serves the operations it names, to the clients
 * that it is for, on keys under its path. Immutable; makes no I/O.
 */
public final class Authorizer {

    /**
     * Judges one operation on one resource, and says no unless every rule says yes. Operations that touch several objects are asked about
     * each: a copy about its source as well, a batch delete about the bucket first and then about every key.
     */
    public Verdict authorize(ConnectionContext connection, Route route, CosOperation operation, CosResource resource) {
        String objection = route.clients().objection(connection.identity());
        if (objection != null) {
            return refused(objection);
        }
        if (!route.operations().contains(operation)) {
            return refused("operation");
        }
        if (!resource.bucket().equals(route.bucket()) || !resource.region().equals(route.region())) {
            return refused("bucket");
        }
        // routing has matched the path already; a permit must not depend on the caller having done so
        boolean isCovered = resource.isBucket()
                ? operation.is(CosOperation.Trait.ON_BUCKET)
                : route.path().covers(resource.key());
        if (!isCovered) {
            return refused("key");
        }
        return new Verdict.Allowed(new Permit(operation, resource));
    }

    /** One message for every reason: a stranger learns nothing about the rules from it. */
    private static Verdict refused(String reason) {
        return new Verdict.Refused(new GatewayError.Denied("Access Denied.", reason));
    }
}
