package io.sealgate.core.planning;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.policy.Permit;
import io.sealgate.core.policy.Verdict;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Judged;
import io.sealgate.core.request.KeyReadings;
import io.sealgate.core.rewrite.ContentTypeScreen;
import io.sealgate.core.rewrite.EncryptionRule;
import io.sealgate.core.rewrite.ParameterRules;
import io.sealgate.core.rewrite.S3Dialect;
import io.sealgate.core.rewrite.TargetEncoder;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.BodyDigest;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.core.upstream.UpstreamRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans one request on the route that was found for it: permission first, then what may be said, then the rewritten head. */
record RoutePlanner(Errand errand, Destination destination, SecondResources secondResources, BodyTapFactory taps) {

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.PUT, HttpMethod.POST);

    Plan plan() {
        if (!signs()) {
            return authorize(); // what the client signed must stay as it is
        }
        // policies judge what a request means, in whichever dialect it was said
        return S3Dialect.understand(
                        errand.operation(),
                        errand.head(),
                        errand.target(),
                        errand.route().region())
                .fold(meaning -> with(errand.meaning(meaning)).named(), errand::reply);
    }

    private RoutePlanner with(Errand understood) {
        return new RoutePlanner(understood, destination, secondResources, taps);
    }

    /** Policies judge the key that an object will have. */
    private Plan named() {
        KeyRule keys = destination.keys();
        return keys == null
                ? authorize()
                : keys.apply(errand, authorizer()).fold(keyed -> with(keyed).authorize(), this::overrule);
    }

    private Plan authorize() {
        return errand.otherReadings(destination.origin())
                .fold(others -> others.isEmpty() ? decide(verdict()) : authorizeAll(others), errand::reply);
    }

    private Verdict verdict() {
        CosResource resource = errand.resource();
        return authorizer().authorize(errand.route(), errand.operation(), errand.asked(resource), resource, errand);
    }

    private Plan decide(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused
                ? errand.reply(refused.denial())
                : planPermitted(((Verdict.Allowed) verdict).permit());
    }

    /** Permitted is only what is permitted however it is read: nobody knows which reading is the origin's. */
    private Plan authorizeAll(List<CosTarget> others) {
        RoutePlanner unrecorded = new RoutePlanner(errand, destination, secondResources.unrecorded(), taps);
        boolean isAlike =
                others.stream().allMatch(other -> unrecorded.isJudgedLike(unrecorded.with(errand.readAs(other))));
        if (isAlike) {
            return decide(verdict());
        }
        tell(Authorizer.denied(errand.route(), "key-reading"));
        return errand.reply(KeyReadings.ambiguous());
    }

    private boolean isJudgedLike(RoutePlanner other) {
        boolean isAllowed = verdict() instanceof Verdict.Allowed;
        boolean isOtherAllowed = other.verdict() instanceof Verdict.Allowed;
        return isAllowed == isOtherAllowed && (!isAllowed || !other.isRefused() || isRefused());
    }

    private boolean isRefused() {
        return objection() != null || secondResources.listingDenial(errand, signs()) != null;
    }

    private Plan planPermitted(Permit permit) {
        GatewayError error = objection();
        if (error != null) {
            return overrule(error);
        }
        GatewayError.Denied listing = secondResources.listingDenial(errand, signs());
        return listing == null ? send(permit) : errand.reply(listing);
    }

    /** Something else than policies has the last word: whoever keeps a record of decisions hears of it. */
    private Plan overrule(GatewayError error) {
        if (error instanceof GatewayError.Denied denial) {
            tell(denial);
        }
        return errand.reply(error);
    }

    private @Nullable GatewayError objection() {
        if (!signs() && errand.hasUnknownHost(errand.route())) {
            return new GatewayError.Rejected(
                    CosErrorCode.MISDIRECTED_REQUEST,
                    "Host: not the bucket's (expected: its COS host or one that the route lists)");
        }
        GatewayError error = ParameterRules.judge(errand.operation(), errand.target());
        if (error == null) {
            error = destination
                    .uploads()
                    .judge(
                            errand.operation(),
                            errand.target(),
                            errand.head().headers(),
                            errand.head().framing());
        }
        if (error == null && isMislabelled()) {
            error = Authorizer.denied(errand.route(), "label");
        }
        if (error == null) {
            error = new OverrideRule(errand, secondResources).judge();
        }
        return error == null ? sizeError() : error;
    }

    private boolean isMislabelled() {
        return destination
                .labels()
                .forbid(
                        errand.operation(),
                        errand.head().headers(),
                        errand.connection().identity());
    }

    private @Nullable GatewayError sizeError() {
        UploadSize size = new UploadSize(errand, taps, signs());
        GatewayError error = size.error();
        return error == null ? BodyRules.judge(errand.operation(), errand.head().framing(), size.most()) : error;
    }

    private Plan send(Permit permit) {
        return destination
                .rules()
                .rewrite(errand.operation(), errand.head(), framing())
                .then(this::confidential)
                .then(headers -> new CopyRule(errand, secondResources).apply(headers, signs()))
                .fold(headers -> sendIdentified(permit, headers), errand::reply);
    }

    /** A customer's key of an object's is worth nothing once somebody on the way has read it. */
    private Judged<HttpHeaders> confidential(HttpHeaders headers) {
        GatewayError error = destination.origin().isConfidential() ? null : EncryptionRule.withKey(headers);
        return error == null ? Judged.good(headers) : Judged.bad(error);
    }

    private Plan sendIdentified(Permit permit, HttpHeaders headers) {
        return destination.identity().addTo(headers, errand.connection().identity())
                ? withTaps(permit, ordered(headers))
                : overrule(Authorizer.denied(errand.route(), "identity-size"));
    }

    private HttpHeaders ordered(HttpHeaders headers) {
        destination.uploads().addTo(errand.operation(), headers);
        destination
                .labels()
                .addTo(errand.operation(), headers, errand.connection().identity());
        return headers;
    }

    private Plan withTaps(Permit permit, HttpHeaders headers) {
        BodyTaps chosen = WITH_BODY.contains(errand.head().method())
                ? taps.forUpload(new BodyTapFactory.Upload(
                        errand.operation(), errand.route().config().integrity(), errand.received(), errand.coding()))
                : new BodyTaps.Watch(List.of());
        if (chosen instanceof BodyTaps.Refuse refusal) {
            return overrule(refusal.error());
        }
        if (chosen instanceof BodyTaps.Decode decode) {
            return forward(permit, headers, decode.decoder(), decode.taps());
        }
        if (errand.coding() instanceof BodyCoding.AwsChunked) {
            throw new IllegalStateException("decoder: none (expected: for every body that is wrapped)");
        }
        List<BodyTap> watching = ((BodyTaps.Watch) chosen).taps();
        if (errand.operation().is(CosOperation.Trait.CHECKS_CONTROL_BODY)) {
            return examine(permit, headers, watching);
        }
        return forward(permit, headers, null, watching);
    }

    private Plan forward(Permit permit, HttpHeaders headers, @Nullable BodyDecoder decoder, List<BodyTap> watching) {
        ContentTypeScreen screen = destination
                .uploads()
                .screen(errand.operation(), errand.target(), errand.head().headers(), this::tell);
        Plan.Forward sent = errand.forward(request(permit, headers, framing(), null), decoder, watching, screen);
        SourceQuestion source = SourceQuestion.of(errand, headers);
        return source == null ? sent : sent.after(source);
    }

    private void tell(GatewayError.Denied denial) {
        errand.overruled(authorizer(), denial);
    }

    private Plan examine(Permit permit, HttpHeaders headers, List<BodyTap> watching) {
        GatewayError error = DocumentCoding.judge(errand.head().headers());
        if (error != null) {
            return errand.reply(error);
        }
        ControlBodyCheck check = new ControlBodyCheck(
                errand,
                secondResources,
                watching,
                signs(),
                (body, framed, isRewritten) ->
                        request(permit, digested(framed, body, isRewritten), new BodyFraming.Fixed(body.length), body),
                new CompletionSize(errand, taps, signs()));
        return errand.head().framing().isEmpty()
                ? check.judge(headers, new byte[0])
                : new Plan.Examine(
                        errand.route(),
                        errand.operation(),
                        DocumentForm.of(errand.operation()).mostBytes(),
                        body -> check.judge(headers, body));
    }

    /**
     * COS wants {@code Content-MD5} on batch deletes and more, and refuses with it what is spoilt on the way. Of what completes an upload only
     * S3 says that it is the document's.
     */
    private HttpHeaders digested(HttpHeaders headers, byte[] body, boolean isRewritten) {
        boolean lacksDigest = signs()
                && (errand.isS3() || errand.operation() != CosOperation.COMPLETE_MULTIPART)
                && body.length > 0
                && !headers.contains(HttpHeaderNames.CONTENT_MD5);
        if (lacksDigest || isRewritten) {
            BodyDigest digest = taps.contentMd5();
            digest.update(Unpooled.wrappedBuffer(body));
            headers.set(HttpHeaderNames.CONTENT_MD5, digest.value());
        }
        return headers;
    }

    private UpstreamRequest request(Permit permit, HttpHeaders headers, BodyFraming framing, byte @Nullable [] body) {
        String target = signs()
                ? TargetEncoder.target(errand.target().key(), errand.target().query())
                : errand.head().target();
        return new UpstreamRequest(
                permit,
                destination.origin(),
                errand.head().method(),
                target,
                "/" + errand.target().key(),
                errand.target().query(),
                headers,
                framing,
                body);
    }

    /** The body's framing on the way to the origin. */
    private BodyFraming framing() {
        BodyFraming framing = errand.head().framing();
        if (!signs()) {
            return framing;
        }
        if (!WITH_BODY.contains(errand.head().method())) {
            return new BodyFraming.None();
        }
        return framing instanceof BodyFraming.None ? new BodyFraming.Fixed(0) : framing;
    }

    private Authorizer authorizer() {
        return secondResources.authorizer();
    }

    private boolean signs() {
        return destination.origin().signs();
    }
}
