package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.stream.Stream;

/**
 * What becomes of an origin's answer on its way to the client: everything passes but what belongs to the origin's connection and
 * what would be said in the gateway's name. In particular ETag, lengths and {@code x-cos-hash-crc64ecma} stay as they are, on ranges too: it is the whole object's there.
 */
public final class ResponseHeaderRules {

    private static final List<AsciiString> OWN = Stream.of(
                    "x-sealgate-error", "x-sealgate-key", ExpiryNotice.HEADER, "alt-svc")
            .map(AsciiString::cached)
            .toList();

    private ResponseHeaderRules() {}

    /**
     * Removes hop-by-hop fields (fixed names and those nominated by {@code Connection}) from an origin's answer, in place, and
     * what only the gateway may say: that an answer is its own, which key it has chosen, that a client's certificate ends, and where else it can be
     * reached (RFC 7838). Framing towards the client is for the downstream to set.
     */
    public static void apply(HttpHeaders headers) {
        HopByHopHeaders.removeFrom(headers);
        for (AsciiString name : OWN) {
            headers.remove(name);
        }
    }
}
