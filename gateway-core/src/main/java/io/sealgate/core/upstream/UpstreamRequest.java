package io.sealgate.core.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.OperationGroup;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.policy.Permit;
import io.sealgate.core.spi.HeadSigner;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that an origin may see. Needs a {@link Permit} to exist. It leaves the planner unsigned: {@link #toHttp()} signs
 * at the moment of sending, so that waiting for a connection or trying again costs no validity. Immutable but for the signature in its
 * head, which signing anew replaces. Confined to the exchange's event loop.
 */
public final class UpstreamRequest {

    /** What a client asked of the whole object has been answered by the time that a part of it is asked for. */
    private static final List<CharSequence> CONDITIONS = List.of(
            HttpHeaderNames.IF_NONE_MATCH,
            HttpHeaderNames.IF_MODIFIED_SINCE,
            HttpHeaderNames.IF_UNMODIFIED_SINCE,
            HttpHeaderNames.IF_RANGE);

    private static final String FORBID_OVERWRITE = "x-cos-forbid-overwrite";

    private static final String SOURCE_MATCH = "x-cos-copy-source-if-match";

    private static final String SOURCE_CUSTOMER_KEY = "x-cos-copy-source-server-side-encryption-customer-";

    private static final String CUSTOMER_KEY = "x-cos-server-side-encryption-customer-";

    private final Permit permit;
    private final CosOperation operation;
    private final Origin origin;
    private final HttpMethod method;
    private final String target;
    private final String decodedPath;
    private final List<QueryParameter> query;
    private final HttpHeaders headers;
    private final BodyFraming framing;
    private final byte @Nullable [] body;

    /**
     * @param permit      proof that this may be sent
     * @param origin      where to
     * @param method      as the origin will see it
     * @param target      origin-form target exactly as it will be sent
     * @param decodedPath the path that {@code target} stands for, decoded, for the signature
     * @param query       the query that {@code target} stands for, decoded, for the signature
     * @param headers     everything but the authorization, framing headers included; taken: signing adds to them
     * @param framing     how long the body is
     * @param body        the whole body if the planner has it already (small control documents), or {@code null} if the client's is streamed
     */
    public UpstreamRequest(
            Permit permit,
            Origin origin,
            HttpMethod method,
            String target,
            String decodedPath,
            List<QueryParameter> query,
            HttpHeaders headers,
            BodyFraming framing,
            byte @Nullable [] body) {
        this(permit, permit.operation(), origin, method, target, decodedPath, query, headers, framing, body);
    }

    private UpstreamRequest(
            Permit permit,
            CosOperation operation,
            Origin origin,
            HttpMethod method,
            String target,
            String decodedPath,
            List<QueryParameter> query,
            HttpHeaders headers,
            BodyFraming framing,
            byte @Nullable [] body) {
        this.permit = permit;
        this.operation = operation;
        this.origin = origin;
        this.method = method;
        this.target = target;
        this.decodedPath = decodedPath;
        this.query = List.copyOf(query);
        this.headers = headers;
        this.framing = framing;
        this.body = body;
    }

    /** What the permit is for. */
    public CosResource object() {
        return permit.resource();
    }

    public Origin origin() {
        return origin;
    }

    public HttpMethod method() {
        return method;
    }

    public BodyFraming framing() {
        return framing;
    }

    /** The body that the planner already holds, or {@code null} if it is streamed. Not to be modified. */
    public byte @Nullable [] body() {
        return body;
    }

    /** Decoded query parameters. */
    public List<QueryParameter> query() {
        return query;
    }

    /** The part of the object that is asked for, as the header has it, or {@code null} if it is all of it. */
    public @Nullable String range() {
        return headers.get(HttpHeaderNames.RANGE);
    }

    /**
     * Whether sending it twice has the effect, and gets the answer, of sending it once (RFC 9110 §9.2.2). A condition on what is
     * overwritten is not met the second time.
     */
    public boolean isIdempotent() {
        return operation.is(CosOperation.Trait.IDEMPOTENT) && (isRead() || !isConditional());
    }

    private boolean isRead() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private boolean isConditional() {
        return headers.contains(HttpHeaderNames.IF_MATCH)
                || headers.contains(FORBID_OVERWRITE)
                || CONDITIONS.stream().anyMatch(headers::contains);
    }

    /**
     * The same request for a part of the object only, provided that it still is what {@code etag} stands for (RFC 9110 §13.1.1).
     *
     * @param first offset of the first byte wanted
     * @param last  offset of the last byte wanted
     * @param etag  strong, as the origin sent it
     */
    public UpstreamRequest forRange(long first, long last, String etag) {
        HttpHeaders ranged = headers.copy();
        CONDITIONS.forEach(ranged::remove);
        ranged.set(HttpHeaderNames.RANGE, "bytes=" + first + '-' + last);
        ranged.set(HttpHeaderNames.IF_MATCH, etag);
        return new UpstreamRequest(
                permit, operation, origin, method, target, decodedPath, query, ranged, framing, body);
    }

    /** Whether the head says the body's digest. */
    public boolean hasContentMd5() {
        return headers.contains(HttpHeaderNames.CONTENT_MD5);
    }

    /** The same request, with the digest of its body. */
    public UpstreamRequest withContentMd5(String value) {
        HttpHeaders digested = headers.copy().set(HttpHeaderNames.CONTENT_MD5, value);
        return new UpstreamRequest(
                permit, operation, origin, method, target, decodedPath, query, digested, framing, body);
    }

    /**
     * A request without a body about the same object, which the gateway makes of its own accord: of what the client said only the key that it
     * has encrypted the object with goes along, if the object is to be read.
     *
     * @param ownTarget the target that {@code ownQuery} makes of the object
     * @param more      further headers, which are signed with the others
     */
    public UpstreamRequest own(
            CosOperation ownOperation,
            HttpMethod ownMethod,
            String ownTarget,
            List<QueryParameter> ownQuery,
            HttpHeaders more) {
        HttpHeaders own = more.copy().set(HttpHeaderNames.HOST, origin.host());
        for (Map.Entry<String, String> header : headers) {
            if (ownOperation.group() == OperationGroup.READ
                    && header.getKey().toLowerCase(Locale.ROOT).startsWith(CUSTOMER_KEY)) {
                own.set(header.getKey(), header.getValue());
            }
        }
        return new UpstreamRequest(
                permit,
                ownOperation,
                origin,
                ownMethod,
                ownTarget,
                decodedPath,
                ownQuery,
                own,
                new BodyFraming.None(),
                null);
    }

    /**
     * HeadObject of the source of this copy, which is in the same bucket, with what the client said of its key.
     *
     * @param key       of the source
     * @param ownTarget the target that {@code ownQuery} makes of the source
     */
    public UpstreamRequest headOfSource(String key, String ownTarget, List<QueryParameter> ownQuery) {
        HttpHeaders own = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        own.set(HttpHeaderNames.HOST, origin.host());
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(SOURCE_CUSTOMER_KEY)) {
                own.set(CUSTOMER_KEY + name.substring(SOURCE_CUSTOMER_KEY.length()), header.getValue());
            }
        }
        return new UpstreamRequest(
                permit,
                CosOperation.HEAD_OBJECT,
                origin,
                HttpMethod.HEAD,
                ownTarget,
                '/' + key,
                ownQuery,
                own,
                new BodyFraming.None(),
                null);
    }

    /** The same copy, provided that its source still is what {@code etag} stands for. */
    public UpstreamRequest withSourceMatch(String etag) {
        HttpHeaders matched = headers.copy().set(SOURCE_MATCH, etag);
        return new UpstreamRequest(
                permit, operation, origin, method, target, decodedPath, query, matched, framing, body);
    }

    /** How long the origin may take to the first byte of its answer. */
    public Duration firstByteTimeout() {
        return operation.is(CosOperation.Trait.SLOW)
                ? origin.timeouts().slowOperations()
                : origin.timeouts().firstByte();
    }

    /** The head, signed now, for a body that is streamed. To be encoded before it is asked for again. */
    public HttpRequest toHttp() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, signed());
    }

    /** The request, signed now, with the body that the planner holds, or with none. To be encoded before it is asked for again. */
    public FullHttpRequest toWholeHttp() {
        ByteBuf content = body == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method, target, content, signed(), EmptyHttpHeaders.INSTANCE);
    }

    private HttpHeaders signed() {
        HeadSigner signer = origin.signer();
        if (signer != null) {
            signer.sign(method, decodedPath, query, headers);
        }
        return headers;
    }
}
