package io.sealgate.core.planning;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.keys.ChosenKey;
import io.sealgate.core.keys.KeyTemplate;
import io.sealgate.core.keys.UploadId;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.Judged;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * On a route that names its objects itself, what a client asks for is only the way there: an upload is planned as one to a key that is
 * chosen when it begins. The requests that follow on the beginning of a multipart upload carry the key in their upload id, and it is
 * believed if it is one that could have been chosen for this client. Immutable.
 *
 * @param random secure, thread-safe, does not block
 */
record KeyRule(KeyTemplate template, RandomGenerator random, InstantSource clock) {

    private static final String UPLOAD_ID = "uploadId";

    /** The request as it is about the object's own key, or why there is none. */
    Judged<Errand> apply(Errand errand, Authorizer authorizer) {
        return switch (errand.operation()) {
            case PUT_OBJECT, INITIATE_MULTIPART -> permitted(errand, authorizer).then(this::choose);
            case UPLOAD_PART, LIST_PARTS, COMPLETE_MULTIPART, ABORT_MULTIPART ->
                permitted(errand, authorizer).then(this::recall);
            // each writes to a key of the client's choice
            case APPEND_OBJECT, COPY_OBJECT, UPLOAD_PART_COPY ->
                permitted(errand, authorizer).then(permitted -> denied(permitted, "key-operation"));
            default -> Judged.good(errand);
        };
    }

    /** Whoever may not use the route is told just that. */
    private static Judged<Errand> permitted(Errand errand, Authorizer authorizer) {
        GatewayError error = authorizer.routeDenial(errand.route(), errand.operation(), errand.resource(), errand);
        return error == null ? Judged.good(errand) : Judged.bad(error);
    }

    private Judged<Errand> choose(Errand errand) {
        ChosenKey chosen =
                template.choose(errand.connection().identity(), errand.target().key(), random, clock.instant());
        return chosen instanceof ChosenKey.Key key
                ? Judged.good(errand.keyed(key.text(), errand.target().query()))
                : denied(errand, ((ChosenKey.None) chosen).reason().label());
    }

    private Judged<Errand> recall(Errand errand) {
        return UploadId.parse(errand.target().value(UPLOAD_ID))
                .filter(upload ->
                        template.covers(upload.key(), errand.connection().identity()))
                .map(upload -> Judged.good(errand.keyed(upload.key(), withId(errand, upload.id()))))
                .orElseGet(() -> Judged.bad(new GatewayError.Rejected(
                        CosErrorCode.NO_SUCH_UPLOAD, "uploadId: unknown (expected: one that was begun here)")));
    }

    private static List<QueryParameter> withId(Errand errand, String id) {
        return errand.target().query().stream()
                .map(parameter -> parameter.name().equals(UPLOAD_ID) ? new QueryParameter(UPLOAD_ID, id) : parameter)
                .toList();
    }

    private static Judged<Errand> denied(Errand errand, String reason) {
        return Judged.bad(Authorizer.denied(errand.route(), reason));
    }
}
