package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Alphabet;
import java.util.Locale;

/** Why a header may not go on to the origin. */
final class Refusals {

    private static final Alphabet PLAIN_TEXT = Alphabet.of(c -> (c >= 0x20 && c < 0x7f) || c == '\t');

    private Refusals() {}

    /** Not on the operation's list. The name is a token, so it is safe to repeat. */
    static GatewayError.Rejected unlisted(String name, CosOperation operation) {
        return new GatewayError.Rejected(
                CosErrorCode.ACCESS_DENIED,
                name + ": not allowed (expected: a header that " + operation.label() + " takes here)");
    }

    /** Cannot be sent on with one meaning. */
    static GatewayError.Rejected unsendable(String name) {
        return new GatewayError.Rejected(
                CosErrorCode.INVALID_ARGUMENT,
                name + ": sent twice or not printable ASCII (expected: once, percent-encoded)");
    }

    /** Bodies in AWS's own chunk format are not the object's bytes: neither digests nor sizes would mean anything. */
    static GatewayError.Rejected awsChunked() {
        return new GatewayError.Rejected(
                CosErrorCode.NOT_IMPLEMENTED, "Content-Encoding: aws-chunked (expected: the object's own bytes)");
    }

    static boolean isAwsChunked(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return false; // nearly always, and cheaper to find out than a list is to make
        }
        for (String coding : headers.getAll(HttpHeaderNames.CONTENT_ENCODING)) {
            if (coding.toLowerCase(Locale.ROOT).contains("aws-chunked")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a value survives being sent on unchanged: printable ASCII and tabs. Bytes from 0x80 are opaque by RFC 9110 §5.5, but
     * signatures are computed over text and nobody says in which encoding.
     */
    static boolean isPlainText(String value) {
        return PLAIN_TEXT.spells(value);
    }
}
