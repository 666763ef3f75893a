package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.HeaderNames;
import io.sealgate.core.request.Judged;
import java.util.Arrays;
import java.util.Locale;

/**
 * The client signed, so the head goes on as it came: every header it may have signed keeps its value, {@code Host} included. Removed are
 * hop-by-hop fields, claims about identity, and marks of the HTTP/2 conversion. Refused is what would make COS do something else than
 * what was permitted: S3 headers, whose copy source the gateway does not read, and processing orders that write other objects.
 */
record ForwardingRules() implements RequestHeaderRules {

    private static final String HTTP2_PREFIX = "x-http2-";

    @Override
    public Judged<HttpHeaders> rewrite(CosOperation operation, RequestHead head, BodyFraming framing) {
        if (Refusals.isAwsChunked(head.headers())) {
            return Judged.bad(Refusals.awsChunked());
        }
        HttpHeaders headers = head.headers().copy();
        HopByHopHeaders.removeFrom(headers);
        if (!signsExpect(head)) {
            headers.remove(HttpHeaderNames.EXPECT);
        }
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (HeaderNames.isIdentity(lower) || lower.startsWith(HTTP2_PREFIX)) {
                headers.remove(name);
            } else if (changesMeaning(operation, lower)) {
                return Judged.bad(Refusals.unlisted(lower, operation));
            } else if (!headers.getAll(name).stream().allMatch(Refusals::isPlainText)) {
                return Judged.bad(Refusals.unsendable(lower));
            }
        }
        FramingHeaders.set(headers, framing);
        return Judged.good(headers);
    }

    private static boolean changesMeaning(CosOperation operation, String name) {
        boolean isCopySource = name.equals("x-cos-copy-source");
        return name.startsWith("x-amz-")
                || name.equals("pic-operations")
                || (isCopySource && !ClosedList.of(operation).headers().contains(name));
    }

    /** The gateway answers {@code 100 Continue} itself; the word goes on only where leaving it out would break the signature. */
    private static boolean signsExpect(RequestHead head) {
        String authorization = head.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return Arrays.stream(authorization.split("&"))
                .filter(part -> part.startsWith("q-header-list="))
                .flatMap(part ->
                        Arrays.stream(part.substring("q-header-list=".length()).split(";")))
                .anyMatch("expect"::equals);
    }
}
