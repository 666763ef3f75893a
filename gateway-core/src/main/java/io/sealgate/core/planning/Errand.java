package io.sealgate.core.planning;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.cam.RequestedAccess;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.CopySource;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Judged;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.TargetReadings;
import io.sealgate.core.rewrite.ContentTypeScreen;
import io.sealgate.core.rewrite.S3Dialect;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.upstream.Origin;
import io.sealgate.core.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a request once its route is found.
 *
 * @param head     in COS's words
 * @param received headers as the client sent them
 * @param coding   how the object's bytes are wrapped on the client's side
 * @param isS3     whether the client spoke S3's dialect, and expects answers in it
 * @param naming   what the gateway has made of the key, or {@code null} if it is as the client said
 */
record Errand(
        ConnectionContext connection,
        RequestHead head,
        CosTarget target,
        CosOperation operation,
        Route route,
        HttpHeaders received,
        BodyCoding coding,
        boolean isS3,
        @Nullable Naming naming)
        implements RequestFacts {

    private static final String PREFIX = "prefix";
    private static final String TAGGING_DIRECTIVE = "x-cos-tagging-directive";
    private static final String FORBID_OVERWRITE = "x-cos-forbid-overwrite";

    /**
     * A key that the gateway has chosen.
     *
     * @param asked  the one that the client asked for
     * @param answer tells the client
     */
    record Naming(String asked, AnswerEdit answer) {}

    /** A request that means what its head says. */
    static Errand of(
            ConnectionContext connection, RequestHead head, CosTarget target, CosOperation operation, Route route) {
        return new Errand(
                connection, head, target, operation, route, head.headers(), new BodyCoding.Plain(), false, null);
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
                meaning.isSpoken(),
                naming);
    }

    /** The same request about the object {@code key}, which must not be there yet when it is made. */
    Errand keyed(String key, List<QueryParameter> query) {
        Naming keyed = new Naming(target.key(), KeyedAnswer.of(operation, target, key));
        return new Errand(
                connection,
                makesObject() ? head.withHeader(FORBID_OVERWRITE, "true") : head,
                target.with(key, query),
                operation,
                route,
                received,
                coding,
                isS3,
                keyed);
    }

    /**
     * What else a reader behind the gateway may understand by the target, nearly always nothing. A key that the
     * gateway has chosen is written so that everybody understands the same.
     */
    Judged<List<CosTarget>> otherReadings(Origin origin) {
        return naming == null ? TargetReadings.others(target, head, !origin.signs()) : Judged.good(List.of());
    }

    /** The same request as somebody else understands it. */
    Errand readAs(CosTarget other) {
        return new Errand(connection, head, other, operation, route, received, coding, isS3, naming);
    }

    private boolean makesObject() {
        return operation == CosOperation.PUT_OBJECT
                || operation == CosOperation.INITIATE_MULTIPART
                || operation == CosOperation.COMPLETE_MULTIPART;
    }

    @Override
    public List<QueryParameter> query() {
        return target.query();
    }

    @Override
    public String hostName() {
        return target.hostName();
    }

    /** What policies may ask of the source of a copy. */
    RequestFacts ofSource(CopySource source) {
        return ofOwnRequest(CosOperation.GET_OBJECT, source.versionId());
    }

    /**
     * What policies may ask of a request of its own for a resource that this one touches. It has no headers and no
     * body: those that are there are about another resource.
     *
     * @param versionId of the object, or {@code null} for the current one
     */
    RequestFacts ofOwnRequest(CosOperation operation, @Nullable String versionId) {
        RequestHead own = new RequestHead(
                head.id(),
                head.version(),
                operation.form().method(),
                head.path(),
                head.authority(),
                EmptyHttpHeaders.INSTANCE,
                new BodyFraming.None(),
                false);
        return new OtherFacts(connection, own, operation, version(versionId), target.hostName());
    }

    /** What policies of this request's route may ask of one key of a batch delete: it is asked for by this request. */
    RequestFacts ofItem(BatchDelete.Item item) {
        return new OtherFacts(
                connection, head, CosOperation.DELETE_OBJECT, version(item.versionId()), target.hostName());
    }

    /** What policies may ask of the same listing with {@code prefix}. */
    RequestFacts ofListing(String prefix) {
        List<QueryParameter> query = new ArrayList<>(target.query());
        query.removeIf(parameter -> parameter.name().equals(PREFIX));
        query.add(new QueryParameter(PREFIX, prefix));
        return new OtherFacts(connection, head, operation, query, target.hostName());
    }

    private static List<QueryParameter> version(@Nullable String id) {
        return id == null || id.isEmpty() ? List.of() : List.of(new QueryParameter("versionId", id));
    }

    /**
     * Whether the client addresses {@code route} by a name that neither COS nor the configuration knows. An origin
     * that is sent this {@code Host} may take it for the custom domain of somebody else's bucket.
     */
    boolean hasUnknownHost(Route route) {
        return target.bucket() == null && !route.names(target.hostName());
    }

    /** What policies may ask of a request whose body, read by now, lets everybody write. */
    RequestFacts withPublicWrite() {
        RequestHead said = new RequestHead(
                head.id(),
                head.version(),
                head.method(),
                head.target(),
                head.authority(),
                RequestedAccess.withPublicWrite(head.headers()),
                new BodyFraming.None(),
                false);
        return new OtherFacts(connection, said, operation, query(), hostName());
    }

    private record OtherFacts(
            ConnectionContext connection,
            RequestHead head,
            CosOperation operation,
            List<QueryParameter> query,
            String hostName)
            implements RequestFacts {}

    /** Whether this is a copy to which COS gives the tags of its source: neither client nor route say others. */
    boolean copiesTags() {
        boolean isReplaced = head.headers().getAll(TAGGING_DIRECTIVE).equals(List.of("Replaced"))
                || !route.config().uploads().tags().isEmpty();
        return operation == CosOperation.COPY_OBJECT && !isReplaced;
    }

    /** The key that the client asked for, by which the route was found. */
    String askedKey() {
        return naming == null ? target.key() : naming.asked();
    }

    /** The object or bucket that the client asked for, if it is another than {@code resource}. */
    CosResource asked(CosResource resource) {
        return naming == null ? resource : resource(naming.asked());
    }

    /** The object or bucket that the request is about. */
    CosResource resource() {
        return resource(target.key());
    }

    /** Another object in the same bucket. */
    CosResource resource(String key) {
        return new CosResource(route.bucket(), route.region(), key);
    }

    /** A plan to send it on as {@code request}; the others as in {@link Plan.Forward}. */
    Plan.Forward forward(
            UpstreamRequest request,
            @Nullable BodyDecoder decoder,
            List<BodyTap> uploadTaps,
            @Nullable ContentTypeScreen screen) {
        return new Plan.Forward(
                route,
                operation,
                request,
                decoder,
                uploadTaps,
                screen,
                isS3,
                naming == null ? null : naming.answer(),
                null);
    }

    /** A plan to send it on as {@code request}, which has its body. */
    Plan.Forward forward(UpstreamRequest request) {
        return forward(request, null, List.of(), null);
    }

    /** A plan to send it on as {@code request}, which has its body, and to make {@code edit} of the answer. */
    Plan.Forward forward(UpstreamRequest request, AnswerEdit edit) {
        return new Plan.Forward(route, operation, request, null, List.of(), null, isS3, edit, null);
    }

    /** Something that asks more than permission has the last word: whoever keeps a record hears of it from {@code authorizer}. */
    void overruled(Authorizer authorizer, GatewayError.Denied denial) {
        authorizer.overruled(denial, route, operation, resource(), this);
    }

    Plan reply(GatewayError error) {
        return new Plan.Reply(route, operation, error);
    }
}
