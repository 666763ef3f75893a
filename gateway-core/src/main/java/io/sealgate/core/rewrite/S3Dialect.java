package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.CopySource;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Judged;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts what a client said in S3's words into COS's, before anything is judged: so whoever says {@code x-amz-acl} has said
 * {@code x-cos-acl}, and nothing passes in the one dialect that the closed list refuses in the other. Names that COS has no word for
 * stay, to be refused like everything that is not listed. Only where the gateway signs. Pure; the client's head stays as it is.
 */
public final class S3Dialect {

    /** Names the operation once more; SDKs for JavaScript and Rust put it into every target. */
    private static final String OPERATION_NAME = "x-id";

    private S3Dialect() {}

    /**
     * What a request means.
     *
     * @param head     in COS's words, framed as the object is
     * @param target   without what only repeats the head
     * @param coding   how the object's bytes are wrapped on the client's side
     * @param isSpoken whether the client spoke S3's dialect, and expects answers in it
     */
    public record Meaning(RequestHead head, CosTarget target, BodyCoding coding, boolean isSpoken) {}

    /**
     * Understands a head.
     *
     * @param region of the route's bucket: S3's copy sources do not say one
     */
    public static Judged<Meaning> understand(
            CosOperation operation, RequestHead head, CosTarget target, String region) {
        return AwsChunkedHead.coding(operation, head.headers()).then(coding -> {
            boolean isSpoken = isSpokenIn(head);
            RequestHead inCosWords = isSpoken ? translate(head, coding, region) : head;
            return Judged.good(new Meaning(inCosWords, withoutName(target), coding, isSpoken));
        });
    }

    /** Whether the client speaks S3's dialect: in its headers, or in the query of a presigned URL. */
    public static boolean isSpokenIn(RequestHead head) {
        Iterator<Map.Entry<CharSequence, CharSequence>> entries = head.headers().iteratorCharSequence();
        while (entries.hasNext()) {
            String name = entries.next().getKey().toString();
            if (name.regionMatches(true, 0, S3Words.PREFIX, 0, S3Words.PREFIX.length())) {
                return true;
            }
        }
        return head.target().contains("X-Amz-Signature=");
    }

    private static RequestHead translate(RequestHead head, BodyCoding coding, String region) {
        BodyFraming framing = coding instanceof BodyCoding.AwsChunked chunked
                ? new BodyFraming.Fixed(chunked.decodedBytes())
                : head.framing();
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        Iterator<Map.Entry<CharSequence, CharSequence>> entries = head.headers().iteratorCharSequence();
        while (entries.hasNext()) {
            Map.Entry<CharSequence, CharSequence> entry = entries.next();
            String name = entry.getKey().toString().toLowerCase(Locale.ROOT);
            if (!S3Words.isConsumed(name)) {
                add(headers, name, entry.getValue().toString(), region);
            }
        }
        if (coding instanceof BodyCoding.AwsChunked) {
            AwsChunkedHead.unwrap(headers);
        }
        return new RequestHead(
                head.id(),
                head.version(),
                head.method(),
                head.target(),
                head.authority(),
                headers,
                framing,
                head.expectContinue());
    }

    private static void add(HttpHeaders headers, String name, String value, String region) {
        String cos = S3Words.toCos(name);
        if (cos.equals(name)) {
            headers.add(name, value);
        } else if (cos.equals(CopySource.HEADER)) {
            headers.add(cos, CopySource.ofS3(value, region));
        } else {
            headers.add(cos, S3Words.valueToCos(cos, value));
        }
    }

    private static CosTarget withoutName(CosTarget target) {
        if (!target.has(OPERATION_NAME)) {
            return target;
        }
        List<QueryParameter> query = target.query().stream()
                .filter(parameter -> !parameter.name().equals(OPERATION_NAME))
                .toList();
        return new CosTarget(target.bucket(), target.region(), target.naming(), target.hostName(), target.key(), query);
    }
}
