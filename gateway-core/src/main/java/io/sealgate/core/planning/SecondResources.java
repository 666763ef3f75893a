package io.sealgate.core.planning;

import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.policy.SecondResource;
import io.sealgate.core.policy.Verdict;
import io.sealgate.core.request.CopySource;
import io.sealgate.core.request.KeyReadings;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.rewrite.UploadRules;
import io.sealgate.core.spi.DecisionListener;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a request touches beside its own resource, as the request that this stands for: a copy's source as its
 * {@code GET}, a key of a batch delete as its {@code DELETE}, and a listing as the {@code GET} of every key that it
 * can name. Such a request is looked up in the route table with the listener and the host of the one that is there,
 * and what it meets has a say beside the request's own route. So no request does to a key what the key's own route
 * does not let the client do. Immutable and thread-safe.
 *
 * @param routes     all routes
 * @param authorizer asked for each resource
 * @param chosen     keys that are stored by another route than the one that their own upload would meet
 */
record SecondResources(RouteTable routes, Authorizer authorizer, ChosenKeys chosen) {

    /** Operations that list keys of the bucket under a prefix. */
    private static final Set<CosOperation> LISTINGS = EnumSet.of(
            CosOperation.LIST_OBJECTS, CosOperation.LIST_OBJECT_VERSIONS, CosOperation.LIST_MULTIPART_UPLOADS);

    private static final Set<CosOperation> UPLOADS = UploadReach.UPLOADS;

    /** For questions of the gateway's own, which no audit record shows. */
    private static final Authorizer UNRECORDED = new Authorizer(DecisionListener.NONE);

    private static final CosOperation TAG_READ = CosOperation.GET_OBJECT_TAGGING;

    private static final String COPY_SOURCE = "copy-source";
    private static final String CONTENT_TYPE = "content-type";
    private static final String KEY = "key";
    private static final String KEY_READING = "key-reading";
    private static final String PREFIX = "prefix";

    /**
     * What is asked about one object that a request touches.
     *
     * @param errand   the request
     * @param facts    what policies of the request's own route may ask of it
     * @param ownFacts what policies may ask of the object's own request
     * @param noRoute  the reason for a denial where no route takes that request, or one that leads to another origin
     * @param signs    whether the gateway signs for the route's origin
     */
    private record Touch(Errand errand, RequestFacts facts, RequestFacts ownFacts, String noRoute, boolean signs) {}

    /**
     * Why a copy may not read its source, or {@code null} if it may.
     *
     * @param signs whether the gateway signs for the route's origin
     */
    @Nullable
    GatewayError sourceError(Errand errand, CopySource source, boolean signs) {
        String bucket = errand.route().bucket();
        String region = errand.route().region();
        boolean isOwnBucket = signs ? source.isIn(bucket, region) : source.isExactlyIn(bucket, region);
        return isOwnBucket
                ? readableError(errand, source, signs)
                : overruled(errand, COPY_SOURCE, errand.resource(), errand);
    }

    private @Nullable GatewayError readableError(Errand errand, CopySource source, boolean signs) {
        RequestFacts facts = errand.ofSource(source);
        KeyReadings readings = source.readings(!signs);
        GatewayError error = error(new Touch(errand, facts, facts, COPY_SOURCE, signs), readings);
        if (error == null) {
            error = tagsError(errand, source, signs);
        }
        return error == null && isUnseenSource(errand, readings)
                ? overruled(errand, CONTENT_TYPE, errand.resource(source.key()), facts)
                : error;
    }

    /**
     * Whether a copy brings bytes or a media type that the request's route would have judged in an upload, and may have
     * been stored by another one: as an upload of that key, or under a key that the other route chose.
     */
    private boolean isUnseenSource(Errand errand, KeyReadings key) {
        UploadsConfig uploads = errand.route().config().uploads();
        boolean isJudged = uploads.detectContentType() == DetectContentType.VERIFY
                || UploadRules.inheritsType(
                        uploads, errand.operation(), errand.head().headers());
        return isJudged
                && (!isUploadedHere(errand, key)
                        || key.all().stream()
                                .anyMatch(reading -> chosen.mayBeOfOther(
                                        errand.route(), errand.connection().listener(), errand.target(), reading)));
    }

    /**
     * Why the tags that a copy takes along must not be read, or {@code null} if they may. Only a client that may read
     * the target's tags learns them by copying, so others are not asked for this.
     */
    private GatewayError.@Nullable Denied tagsError(Errand errand, CopySource source, boolean signs) {
        if (!errand.copiesTags() || !mayReadTargetTags(errand)) {
            return null;
        }
        KeyReadings key = source.readings(!signs);
        String judged = key.key();
        if (!key.others().isEmpty()) {
            SecondResources unrecorded = unrecorded();
            judged = key.all().stream()
                    .filter(reading -> unrecorded.tagsDenial(errand, source, reading, signs) != null)
                    .findFirst()
                    .orElse(judged);
        }
        return tagsDenial(errand, source, judged, signs);
    }

    private GatewayError.@Nullable Denied tagsDenial(Errand errand, CopySource source, String key, boolean signs) {
        RequestFacts facts = errand.ofOwnRequest(TAG_READ, source.versionId());
        Route route = route(errand, key, facts);
        CosResource resource = errand.resource(key);
        return route != null && leadsToOrigin(errand, route, signs)
                ? authorizer.otherDenial(
                        errand.route(), errand.operation(), new SecondResource(route, TAG_READ, resource, facts))
                : overruled(errand, COPY_SOURCE, resource, facts);
    }

    private boolean mayReadTargetTags(Errand errand) {
        RequestFacts facts = errand.ofOwnRequest(TAG_READ, null);
        String key = errand.target().key();
        Route route = route(errand, key, facts);
        return route != null
                && UNRECORDED.authorize(route, TAG_READ, errand.resource(key), facts) instanceof Verdict.Allowed;
    }

    /**
     * Why a key of a batch delete may not be deleted, or {@code null} if it may. It is a {@link GatewayError.Denied}
     * unless readers may understand another key.
     */
    @Nullable
    GatewayError itemError(Errand errand, BatchDelete.Item item, boolean signs) {
        RequestFacts own = errand.ofOwnRequest(CosOperation.DELETE_OBJECT, item.versionId());
        return error(new Touch(errand, errand.ofItem(item), own, KEY, signs), KeyReadings.of(item.key()));
    }

    /** The same, of whose decisions nobody hears. */
    SecondResources unrecorded() {
        return new SecondResources(routes, authorizer.unrecorded(), chosen);
    }

    /**
     * Judges an object by its own request, however its key is read: every reading must meet the same route and be
     * permitted there.
     */
    private @Nullable GatewayError error(Touch touch, KeyReadings key) {
        Route route = route(touch.errand(), key.key(), touch.ownFacts());
        if (!key.others().isEmpty() && !unrecorded().areJudgedAlike(touch, route, key)) {
            overruled(touch.errand(), KEY_READING, touch.errand().resource(key.key()), touch.ownFacts());
            return KeyReadings.ambiguous();
        }
        return denial(touch, route, key.key());
    }

    private boolean areJudgedAlike(Touch touch, @Nullable Route route, KeyReadings key) {
        boolean isDenied = denial(touch, route, key.key()) != null;
        return key.others().stream()
                .allMatch(other -> Objects.equals(route(touch.errand(), other, touch.ownFacts()), route)
                        && (denial(touch, route, other) != null) == isDenied);
    }

    /** The route that the object's own request would meet. */
    private @Nullable Route route(Errand errand, String key, RequestFacts facts) {
        return routes.find(
                errand.connection().listener(),
                facts.operation().form().method(),
                facts.operation(),
                errand.target().with(key, facts.query()));
    }

    private GatewayError.@Nullable Denied denial(Touch touch, @Nullable Route route, String key) {
        Errand errand = touch.errand();
        RequestFacts own = touch.ownFacts();
        CosResource resource = errand.resource(key);
        return route != null && leadsToOrigin(errand, route, touch.signs())
                ? authorizer.secondDenial(
                        errand.route(),
                        errand.operation(),
                        touch.facts(),
                        new SecondResource(route, own.operation(), resource, own))
                : overruled(errand, touch.noRoute(), resource, own);
    }

    /**
     * Whether the bytes of an object may not have been looked at: the request's route verifies media types, and an
     * upload of that key, by one request or in pieces, would meet another route, or none, in some reading of the key.
     */
    boolean isUnseen(Errand errand, KeyReadings key) {
        return errand.route().config().uploads().detectContentType() == DetectContentType.VERIFY
                && !isUploadedHere(errand, key);
    }

    private boolean isUploadedHere(Errand errand, KeyReadings key) {
        return key.all().stream().allMatch(reading -> isUploadedHere(errand, reading));
    }

    private boolean isUploadedHere(Errand errand, String key) {
        return UPLOADS.stream().allMatch(upload -> errand.route()
                .equals(routes.find(
                        errand.connection().listener(),
                        upload.form().method(),
                        upload,
                        errand.target().with(key, List.of()))));
    }

    /**
     * Why a client may not list what it asks for, or {@code null} if it may or the request is no listing. A listing is
     * refused, and never cut, if another route keeps some part of it from this client.
     */
    GatewayError.@Nullable Denied listingDenial(Errand errand, boolean signs) {
        if (!LISTINGS.contains(errand.operation())) {
            return null;
        }
        List<Route> others =
                routes.alsoListed(errand.route(), errand.connection().listener(), errand.target());
        for (Route other : others) {
            RequestFacts part = errand.ofListing(other.path().prefix());
            GatewayError.Denied denial = leadsToOrigin(errand, other, signs)
                    ? authorizer.otherDenial(
                            errand.route(),
                            errand.operation(),
                            new SecondResource(other, errand.operation(), errand.resource(), part))
                    : overruled(errand, PREFIX, errand.resource(), part);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }

    /** Another origin is accessed with another key, and may refuse what this one permits. */
    private static boolean leadsToOrigin(Errand errand, Route route, boolean signs) {
        return route.config().origin().equals(errand.route().config().origin())
                && (signs || !errand.hasUnknownHost(route));
    }

    private GatewayError.Denied overruled(Errand errand, String reason, CosResource resource, RequestFacts facts) {
        GatewayError.Denied denial = Authorizer.denied(errand.route(), reason);
        authorizer.overruled(denial, errand.route(), errand.operation(), resource, facts);
        return denial;
    }
}
