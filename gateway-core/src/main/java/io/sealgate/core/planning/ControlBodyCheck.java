package io.sealgate.core.planning;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.policy.Verdict;
import io.sealgate.core.request.ObjectKey;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.upstream.UpstreamRequest;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Judges a control document that is wholly there: intact, well-formed, and about nothing but permitted keys. What goes on to the origin
 * are the client's own bytes, so that digests and signatures over them hold.
 *
 * @param errand     the request
 * @param authorizer asked for each key that the document names
 * @param taps       digests over the bytes; used once
 * @param request    makes the request from the body and its head
 */
record ControlBodyCheck(
        Errand errand,
        Authorizer authorizer,
        List<BodyTap> taps,
        BiFunction<byte[], HttpHeaders, UpstreamRequest> request) {

    private static final Logger LOG = LogManager.getLogger(ControlBodyCheck.class);

    /** Forwards or refuses. Never throws: a body must not find a way around the planner's own guard. */
    Plan judge(HttpHeaders headers, byte[] body) {
        try {
            GatewayError error = digestError(body);
            if (error == null) {
                error = ControlDocument.read(errand.operation(), body).fold(this::keyError, refusal -> refusal);
            }
            return error == null ? forward(headers, body) : errand.reply(error);
        } catch (RuntimeException e) {
            LOG.error(
                    "Control document check failed, request refused: id={}",
                    errand.head().id(),
                    e);
            return errand.reply(RequestPlanner.failure());
        }
    }

    private Plan forward(HttpHeaders headers, byte[] body) {
        HttpHeaders framed = headers.copy();
        framed.remove(HttpHeaderNames.TRANSFER_ENCODING);
        framed.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return errand.forward(request.apply(body, framed), null, List.of());
    }

    private @Nullable GatewayError digestError(byte[] body) {
        ByteBuf bytes = Unpooled.wrappedBuffer(body);
        for (BodyTap tap : taps) {
            tap.update(bytes);
            if (tap.finish() instanceof TapResult.Mismatched mismatch) {
                return mismatch.error();
            }
        }
        return null;
    }

    private @Nullable GatewayError keyError(List<String> keys) {
        for (String key : keys) {
            GatewayError error = ObjectKey.judge(key);
            if (error != null) {
                return error;
            }
            Verdict verdict = authorizer.authorize(errand.route(), errand.operation(), errand.resource(key), errand);
            if (verdict instanceof Verdict.Refused refused) {
                return refused.denial();
            }
        }
        return null;
    }
}
