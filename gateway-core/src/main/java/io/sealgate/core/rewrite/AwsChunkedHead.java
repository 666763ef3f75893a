package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.ContentLength;
import io.sealgate.core.request.Judged;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the head says of an {@code aws-chunked} body. {@code x-amz-content-sha256: STREAMING-…} is what makes it one, here as with S3;
 * {@code Content-Encoding: aws-chunked} goes along with it, and not every client says it. Pure.
 */
final class AwsChunkedHead {

    private static final String PAYLOAD = "x-amz-content-sha256";
    private static final String STREAMING = "STREAMING-";
    private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
    private static final String CODING = "aws-chunked";

    private static final BodyCoding PLAIN = new BodyCoding.Plain();

    private AwsChunkedHead() {}

    /** How the object's bytes are wrapped, or why that is not clear. */
    static Judged<BodyCoding> coding(CosOperation operation, HttpHeaders headers) {
        boolean saysNothing = !headers.contains(PAYLOAD) && !headers.contains(HttpHeaderNames.CONTENT_ENCODING);
        if (saysNothing) {
            return Judged.good(PLAIN); // as nearly every request
        }
        long named = codings(headers).filter(CODING::equalsIgnoreCase).count();
        boolean isStreaming = headers.getAll(PAYLOAD).stream()
                .anyMatch(value -> value.regionMatches(true, 0, STREAMING, 0, STREAMING.length()));
        if (!isStreaming) {
            return named == 0
                    ? Judged.good(PLAIN)
                    : bad(
                            CosErrorCode.INVALID_ARGUMENT,
                            "Content-Encoding: aws-chunked (expected: with x-amz-content-sha256: STREAMING-…)");
        }
        if (!operation.is(CosOperation.Trait.STORES_BODY)) {
            return bad(
                    CosErrorCode.NOT_IMPLEMENTED,
                    PAYLOAD + ": STREAMING-… with " + operation.label() + " (expected: on objects and parts)");
        }
        return named > 1
                ? bad(CosErrorCode.INVALID_ARGUMENT, "Content-Encoding: aws-chunked twice (expected: once)")
                : decodedLength(headers.getAll(DECODED_LENGTH));
    }

    private static Judged<BodyCoding> decodedLength(List<String> values) {
        if (values.isEmpty()) {
            return bad(
                    CosErrorCode.MISSING_CONTENT_LENGTH,
                    DECODED_LENGTH + ": missing (expected: the object's length, the body is aws-chunked)");
        }
        OptionalLong length = values.size() == 1 ? ContentLength.parse(values.get(0)) : OptionalLong.empty();
        return length.isPresent()
                ? Judged.good(new BodyCoding.AwsChunked(length.getAsLong()))
                : bad(
                        CosErrorCode.INVALID_ARGUMENT,
                        DECODED_LENGTH + ": malformed or sent twice (expected: digits without leading zeros)");
    }

    /** Leaves of {@code Content-Encoding}, in place, what is the object's own. */
    static void unwrap(HttpHeaders headers) {
        List<String> own = codings(headers)
                .filter(coding -> !coding.equalsIgnoreCase(CODING))
                .toList();
        if (own.isEmpty()) {
            headers.remove(HttpHeaderNames.CONTENT_ENCODING);
        } else {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, String.join(",", own));
        }
    }

    private static Stream<String> codings(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.CONTENT_ENCODING).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(coding -> !coding.isEmpty());
    }

    private static Judged<BodyCoding> bad(CosErrorCode code, String message) {
        return Judged.bad(new Rejected(code, message));
    }
}
