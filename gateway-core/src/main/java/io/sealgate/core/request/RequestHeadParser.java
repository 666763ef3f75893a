package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges request heads after the codec: what the codec lets through and two readers could understand differently is refused here,
 * so that everything behind sees one meaning. Framing follows RFC 9112 §6.3 and is decided first, because a message whose end is
 * unclear leaves nothing to be said about the next one.
 *
 * <p>What only the raw lines show, folded ones and repeated lengths, has been refused before the codec by then.
 *
 * <p>Immutable and thread-safe.
 */
public final class RequestHeadParser {

    private static final Set<HttpMethod> TUNNELS = Set.of(HttpMethod.CONNECT, HttpMethod.TRACE);

    private static final Set<HttpMethod> KNOWN = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.PUT,
            HttpMethod.POST,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS,
            HttpMethod.PATCH);

    private final HeaderFieldRules fields;
    private final String scheme;

    /**
     * @param limits the listener's limits
     * @param tls    whether the listener speaks TLS: an HTTP/2 request must not claim otherwise
     */
    public RequestHeadParser(LimitsConfig limits, boolean tls) {
        this.fields = new HeaderFieldRules(limits);
        this.scheme = tls ? "https" : "http";
    }

    /** Judges a head that the codec produced, failures of its own included. Never throws. */
    public ParsedHead parse(HttpRequest request, RequestId id, boolean http2) {
        GatewayError.Rejected error = CodecFailures.rejection(request.decoderResult());
        if (error == null) {
            error = judge(request, http2);
        }
        if (error != null) {
            return new ParsedHead.Malformed(error, TargetSyntax.resource(request.uri()), request.method());
        }
        BodyFraming framing = Framing.of(request.headers());
        String authority = request.headers().get(HttpHeaderNames.HOST, "");
        // a 1.0 client cannot wait for an interim answer (RFC 9110 §10.1.1)
        boolean expectContinue = request.headers().contains(HttpHeaderNames.EXPECT)
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return new ParsedHead.Good(new RequestHead(
                id,
                request.protocolVersion(),
                request.method(),
                request.uri(),
                authority,
                request.headers(),
                framing,
                expectContinue));
    }

    private GatewayError.@Nullable Rejected judge(HttpRequest request, boolean http2) {
        GatewayError.Rejected error = version(request.protocolVersion());
        if (error == null) {
            error = fields.judge(request);
        }
        if (error == null) {
            error = Framing.judge(request);
        }
        if (error == null && http2) {
            error = Http2Fields.judge(request.headers(), scheme);
        }
        if (error == null) {
            error = method(request.method());
        }
        if (error == null) {
            error = AuthoritySyntax.judge(request.headers().getAll(HttpHeaderNames.HOST));
        }
        if (error == null) {
            error = TargetSyntax.judge(request.uri());
        }
        return error == null ? expectation(request) : error;
    }

    private static GatewayError.@Nullable Rejected version(HttpVersion version) {
        boolean isKnown = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
        return isKnown
                ? null
                : Rejections.closing("version: " + Rejections.show(version.text()) + " (expected: HTTP/1.1)");
    }

    private static GatewayError.@Nullable Rejected method(HttpMethod method) {
        if (TUNNELS.contains(method)) {
            // what follows a CONNECT is not HTTP any more
            return new GatewayError.Rejected(
                    CosErrorCode.METHOD_NOT_ALLOWED,
                    "method: " + method + " (expected: GET, HEAD, PUT, POST or DELETE)",
                    true);
        }
        return KNOWN.contains(method)
                ? null
                : Rejections.of(
                        CosErrorCode.NOT_IMPLEMENTED,
                        "method: " + Rejections.show(method.name()) + " (expected: GET, HEAD, PUT, POST or DELETE)");
    }

    private static GatewayError.@Nullable Rejected expectation(HttpRequest request) {
        for (String value : FieldLines.of(request.headers(), HttpHeaderNames.EXPECT)) {
            if (!value.equalsIgnoreCase("100-continue")) {
                return Rejections.of(
                        CosErrorCode.EXPECTATION_FAILED,
                        "Expect: " + Rejections.show(value) + " (expected: 100-continue)");
            }
        }
        return null;
    }
}
