package io.sealgate.core.policy;

import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.request.Route;

/**
 * A resource that a request touches beside its own, as a request of its own for it: {@code GET} of a copy's source,
 * {@code DELETE} of one key of a batch, the listing of what another route has under its path. Immutable.
 *
 * @param route     the route that such a request would meet
 * @param operation what such a request does
 * @param resource  what it is about
 * @param facts     what policies may ask of it
 */
public record SecondResource(Route route, CosOperation operation, CosResource resource, RequestFacts facts) {}
