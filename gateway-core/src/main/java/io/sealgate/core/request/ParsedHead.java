package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.RequestHead;

/** What {@link RequestHeadParser} made of a request's head. */
public sealed interface ParsedHead {

    /** Unambiguous: it may be planned. */
    record Good(RequestHead head) implements ParsedHead {}

    /**
     * Must not be acted upon.
     *
     * @param error  what to answer; if it closes the connection, nothing after this head can be trusted to be where it seems to be
     * @param target the path for the answer's {@code Resource}: printable ASCII, without the query, never interpreted
     * @param method as received, so that an answer to {@code HEAD} has no body
     */
    record Malformed(GatewayError.Rejected error, String target, HttpMethod method) implements ParsedHead {}
}
