package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Route;
import io.sealgate.core.rewrite.S3Dialect;

/**
 * Everything that is known of a request once its route is found.
 *
 * @param head     in COS's words
 * @param received headers as the client sent them
 * @param coding   how the object's bytes are wrapped on the client's side
 * @param isS3     whether the client spoke S3's dialect, and expects answers in it
 */
record Errand(
        ConnectionContext connection,
        RequestHead head,
        CosTarget target,
        CosOperation operation,
        Route route,
        HttpHeaders received,
        BodyCoding coding,
        boolean isS3) {

    /** A request that means what its head says. */
    static Errand of(
            ConnectionContext connection, RequestHead head, CosTarget target, CosOperation operation, Route route) {
        return new Errand(connection, head, target, operation, route, head.headers(), new BodyCoding.Plain(), false);
    }

    /** The same request, understood. */
    Errand meaning(S3Dialect.Meaning meaning) {
        return new Errand(
                connection,
                meaning.head(),
                meaning.target(),
                operation,
                route,
                received,
                meaning.coding(),
                meaning.isSpoken());
    }

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
