package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.error.CosErrorXml;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Answers in COS's manner. SDKs set their signing clock from {@code Date}, take an answer without {@code x-cos-request-id} for
 * a broken endpoint, and parse nothing but COS's XML; {@code x-sealgate-error} lets operators tell it from COS's own.
 */
public final class LocalAnswer {

    private static final String SERVER = "tencent-cos";

    /** More than the longest key takes when every byte of it is escaped; a longer path is not a key, and would be kept as long as the answer. */
    private static final int RESOURCE_CHARS = 4 * 1024;

    /** RFC 9110 §5.6.7; the JDK's RFC 1123 format leaves out the leading zero of the day. */
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private LocalAnswer() {}

    /**
     * Renders {@code error}. Returns owned.
     *
     * @param path     the request's path, for the {@code Resource} element
     * @param withBody false for HEAD, whose answer announces the length of a body that does not follow
     */
    public static FullHttpResponse of(GatewayError error, String path, RequestId id, boolean withBody) {
        String resource = path.substring(0, Math.min(path.length(), RESOURCE_CHARS));
        String xml = CosErrorXml.render(error, resource, id);
        HttpResponseStatus status = HttpResponseStatus.valueOf(error.code().status());
        return of(status, xml, withBody, error.source(), id);
    }

    /** Tells of several things in one {@code document}. Returns owned. */
    static FullHttpResponse of(String document, GatewayError.Source source, RequestId id) {
        return of(HttpResponseStatus.OK, document, true, source, id);
    }

    private static FullHttpResponse of(
            HttpResponseStatus status, String xml, boolean withBody, GatewayError.Source source, RequestId id) {
        ByteBuf body = withBody ? Unpooled.copiedBuffer(xml, StandardCharsets.UTF_8) : Unpooled.EMPTY_BUFFER;
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/xml");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, ByteBufUtil.utf8Bytes(xml));
        headers.set(HttpHeaderNames.DATE, IMF_FIXDATE.format(Instant.now()));
        headers.set(HttpHeaderNames.SERVER, SERVER);
        headers.set("x-cos-request-id", id.text());
        headers.set("x-cos-trace-id", id.text());
        headers.set("x-sealgate-error", source.label());
        // The path that a stranger sent is in the body: no browser is to take that for anything but XML.
        headers.set("x-content-type-options", "nosniff");
        return response;
    }
}
