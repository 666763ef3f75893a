package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the gateway asks the origin about before a request may be sent, because an object has a limit. Immutable. */
public sealed interface OriginQuestion permits PartsQuestion, SourceQuestion {

    /** Client errors by number that may be gone the next time. */
    Set<HttpResponseStatus> PASSING = Set.of(HttpResponseStatus.REQUEST_TIMEOUT, HttpResponseStatus.TOO_MANY_REQUESTS);

    /** Approximate heap bytes that it takes besides the request's own document. */
    int weight();

    /**
     * What the client is told if the origin has refused to tell the gateway about an object: its customer's key is
     * missing or another one, or the gateway's own key may not read it. It is of the origin's own class, so that
     * nobody tries again what will be refused again.
     *
     * @param answer the head of the response to HeadObject, or {@code null} if there is none
     * @param what   the header or object that the client has named
     * @return {@code null} if there is no answer, or one that is no refusal
     */
    static GatewayError.@Nullable Rejected refusal(@Nullable HttpResponse answer, String what) {
        if (answer == null
                || answer.status().codeClass() != HttpStatusClass.CLIENT_ERROR
                || PASSING.contains(answer.status())) {
            return null;
        }
        boolean isDenied = answer.status().equals(HttpResponseStatus.FORBIDDEN);
        return new GatewayError.Rejected(
                isDenied ? CosErrorCode.ACCESS_DENIED : CosErrorCode.INVALID_REQUEST,
                what + ": refused by the storage service (expected: an object that can be read, with the customer's"
                        + " key that it has, if any)");
    }
}
