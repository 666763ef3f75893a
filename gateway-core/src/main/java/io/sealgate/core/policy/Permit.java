package io.sealgate.core.policy;

import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;

/**
 * Proof that somebody was allowed to do something. Only {@link Authorizer} makes one, and nothing reaches an origin without
 * one: a request to an origin cannot be built from anything else.
 */
public final class Permit {

    private final CosOperation operation;
    private final CosResource resource;

    Permit(CosOperation operation, CosResource resource) {
        this.operation = operation;
        this.resource = resource;
    }

    /** What was allowed. */
    public CosOperation operation() {
        return operation;
    }

    /** On what. */
    public CosResource resource() {
        return resource;
    }
}
