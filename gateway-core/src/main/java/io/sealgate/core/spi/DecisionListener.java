package io.sealgate.core.spi;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.RequestId;
import org.jspecify.annotations.Nullable;

/** Hears of every decision about what a client may do. Called on event loops; must not block. Thread-safe. */
public interface DecisionListener {

    /** For those who keep no record. */
    DecisionListener NONE = decision -> {};

    /** It has been decided. */
    void decided(Decision decision);

    /**
     * One decision. A request that touches several objects takes several.
     *
     * @param connection where the request came on
     * @param request    the exchange's id
     * @param route      the route's name
     * @param second     name of the route that the resource's own request would meet, if the resource is one that the
     *                   request touches beside its own (a copy's source, a key of a batch delete, what a listing names
     *                   of another route), or {@code null}
     * @param operation  what was to be done
     * @param permission what it takes to do that: the same, or reading a copy's source, or ordering an ACL or tags
     * @param resource   to what
     * @param denial     why not, or {@code null} if it was allowed
     * @param statement  which statement of which policy decided, or {@code null} if none did
     */
    record Decision(
            ConnectionContext connection,
            RequestId request,
            String route,
            @Nullable String second,
            CosOperation operation,
            CosOperation permission,
            CosResource resource,
            GatewayError.@Nullable Denied denial,
            @Nullable String statement) {}
}
