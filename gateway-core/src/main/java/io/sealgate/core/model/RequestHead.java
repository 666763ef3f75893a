package io.sealgate.core.model;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/**
 * A request head whose framing has been judged and found unambiguous. The target is kept as received: signatures are computed
 * over it and {@code forward} mode sends it on byte for byte.
 *
 * @param id             names this exchange
 * @param version        protocol version as sent; HTTP/2 requests appear as HTTP/1.1 here
 * @param method         request method
 * @param target         origin-form target (path and query), raw
 * @param authority      value of {@code Host} or {@code :authority}, exactly as received
 * @param headers        all headers as received; owned by the exchange and not modified after parsing
 * @param framing        how long the body is
 * @param expectContinue whether the client waits for {@code 100 Continue}
 */
public record RequestHead(
        RequestId id,
        HttpVersion version,
        HttpMethod method,
        String target,
        String authority,
        HttpHeaders headers,
        BodyFraming framing,
        boolean expectContinue) {

    /** What is needed to answer and to log, for as long as the client may take: everything but the headers. */
    public RequestHead withoutHeaders() {
        return new RequestHead(
                id, version, method, path(), authority, EmptyHttpHeaders.INSTANCE, framing, expectContinue);
    }

    /** The same with a header that says {@code value}, whatever it said before. */
    public RequestHead withHeader(CharSequence name, String value) {
        HttpHeaders more = headers.copy().set(name, value);
        return new RequestHead(id, version, method, target, authority, more, framing, expectContinue);
    }

    /** The raw target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
