package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.CopySource;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Route;
import io.sealgate.core.rewrite.S3Dialect;
import java.util.List;

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
        boolean isS3)
        implements RequestFacts {

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

    @Override
    public List<QueryParameter> query() {
        return target.query();
    }

    @Override
    public String hostName() {
        return target.hostName();
    }

    /** What policies may ask of the source of a copy: the headers are about the target. */
    RequestFacts ofSource(CopySource source) {
        List<QueryParameter> version =
                source.versionId() == null ? List.of() : List.of(new QueryParameter("versionId", source.versionId()));
        return new SourceFacts(connection, head.withoutHeaders(), operation, version, target.hostName());
    }

    private record SourceFacts(
            ConnectionContext connection,
            RequestHead head,
            CosOperation operation,
            List<QueryParameter> query,
            String hostName)
            implements RequestFacts {}

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
