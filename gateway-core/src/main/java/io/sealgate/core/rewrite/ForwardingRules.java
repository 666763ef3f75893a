package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.HeaderNames;
import io.sealgate.core.request.Judged;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The client signed, so the head goes on as it came: every header it may have signed keeps its value, {@code Host} included. Removed are
 * hop-by-hop fields, claims about identity, and marks of the HTTP/2 conversion. Refused is what would make COS do something else than
 * what was permitted: S3 headers, whose copy source the gateway does not read, processing orders that write other objects, and whatever else COS
 * may act on that the operation does not take, or that is said twice.
 *
 * @param served what the route serves: uploads may set an ACL or tags only where the operations that do so are served
 */
record ForwardingRules(Set<CosOperation> served) implements RequestHeaderRules {

    private static final String SIGNED_FIELDS = "q-header-list=";

    private static final String HTTP2_PREFIX = "x-http2-";

    @Override
    public Judged<HttpHeaders> rewrite(CosOperation operation, RequestHead head, BodyFraming framing) {
        if (Refusals.isAwsChunked(head.headers())) {
            return Judged.bad(Refusals.awsChunked());
        }
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().newHeaders().set(head.headers());
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
            } else if (!isSendable(lower, headers.getAll(name))) {
                return Judged.bad(Refusals.unsendable(lower));
            }
        }
        FramingHeaders.set(headers, framing);
        return Judged.good(headers);
    }

    /** Of a header that is there twice COS may take either, and the other has been judged. */
    private static boolean isSendable(String name, List<String> values) {
        return values.stream().allMatch(Refusals::isPlainText) && (values.size() == 1 || !HeaderNames.isCos(name));
    }

    private boolean changesMeaning(CosOperation operation, String name) {
        return HeaderNames.isCos(name)
                && !SelfDescription.is(name)
                && !EncryptionRule.isEncryption(name)
                && !ClosedList.of(operation).admits(name, served)
                && !ClosedList.ignores(operation, name, served);
    }

    /**
     * Whether leaving the field out would break the signature. The gateway answers {@code 100 Continue} itself, so
     * nothing else is a reason to forward it.
     */
    private static boolean signsExpect(RequestHead head) {
        if (!head.headers().contains(HttpHeaderNames.EXPECT)) {
            return false;
        }
        String target = head.target();
        return signsExpect(head.headers().get(HttpHeaderNames.AUTHORIZATION, ""))
                || signsExpect(target.substring(target.indexOf('?') + 1));
    }

    /** By the list of signed fields in a header or, with percent escapes, in the query of a presigned URL. */
    private static boolean signsExpect(String parameters) {
        return Arrays.stream(parameters.split("&"))
                .filter(part -> part.startsWith(SIGNED_FIELDS))
                .flatMap(part ->
                        Arrays.stream(part.substring(SIGNED_FIELDS.length()).split(";|%3[Bb]")))
                .anyMatch("expect"::equals);
    }
}
