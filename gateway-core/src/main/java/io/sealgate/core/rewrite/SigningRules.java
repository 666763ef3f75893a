package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.HeaderNames;
import io.sealgate.core.request.Judged;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gateway signs, so the head is built anew. Listed headers pass; what SDKs say about themselves, credentials of the client's and
 * everything that means nothing to COS is left out; any other header that COS would act on refuses the request.
 *
 * @param originHost {@code Host} that is sent and signed
 * @param served     what the route serves: uploads may set an ACL or tags only where the operations that do so are served
 * @param encryption judges and adds encryption headers
 */
record SigningRules(String originHost, Set<CosOperation> served, EncryptionRule encryption)
        implements RequestHeaderRules {

    @Override
    public Judged<HttpHeaders> rewrite(CosOperation operation, RequestHead head, BodyFraming framing) {
        if (Refusals.isAwsChunked(head.headers())) {
            return Judged.bad(Refusals.awsChunked());
        }
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.HOST, originHost);
        Iterator<Map.Entry<CharSequence, CharSequence>> entries = head.headers().iteratorCharSequence();
        while (entries.hasNext()) {
            Map.Entry<CharSequence, CharSequence> entry = entries.next();
            String name = entry.getKey().toString().toLowerCase(Locale.ROOT);
            GatewayError error = pass(operation, name, entry.getValue().toString(), headers);
            if (error != null) {
                return Judged.bad(error);
            }
        }
        GatewayError error = encryption.complete(operation, headers);
        if (error != null) {
            return Judged.bad(error);
        }
        FramingHeaders.set(headers, framing);
        return Judged.good(headers);
    }

    /** Adds the header, leaves it out, or says why it must not be there. */
    private @Nullable GatewayError pass(CosOperation operation, String name, String value, HttpHeaders headers) {
        if (EncryptionRule.judges(name)) {
            GatewayError error = encryption.judge(operation, name);
            return error == null && encryption.keepsClientHeaders() ? add(name, value, headers) : error;
        }
        if (ClosedList.of(operation).admits(name, served)) {
            return add(name, value, headers);
        }
        boolean isLeftOut =
                !HeaderNames.isCos(name) || SelfDescription.is(name) || ClosedList.ignores(operation, name, served);
        return isLeftOut ? null : Refusals.unlisted(name, operation);
    }

    private static @Nullable GatewayError add(String name, String value, HttpHeaders headers) {
        if (value.isEmpty()) {
            // Node sends "Cache-Control:" and "Content-Type:" without meaning anything by it
            return null;
        }
        if (headers.contains(name) || !Refusals.isPlainText(value)) {
            return Refusals.unsendable(name);
        }
        headers.set(name, value);
        return null;
    }
}
