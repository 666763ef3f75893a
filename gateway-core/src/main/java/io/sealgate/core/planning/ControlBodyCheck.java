package io.sealgate.core.planning;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.policy.Verdict;
import io.sealgate.core.request.KeyReadings;
import io.sealgate.core.request.ObjectKey;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Judges a control document that is wholly there: intact, well-formed, and about nothing that is not permitted. What goes on to the origin
 * are the client's own bytes, so that digests and signatures over them hold; only of a batch of which some may not be deleted the rest is
 * written anew, where the gateway signs.
 *
 * @param errand          the request
 * @param secondResources asked for each key that the document names
 * @param taps            digests over the bytes; used once
 * @param signs           whether the request is signed by the gateway
 * @param requests        makes the request from the body and its head
 * @param size            of what a multipart upload is completed to
 */
record ControlBodyCheck(
        Errand errand,
        SecondResources secondResources,
        List<BodyTap> taps,
        boolean signs,
        RequestMaker requests,
        CompletionSize size) {

    private static final Logger LOG = LogManager.getLogger(ControlBodyCheck.class);

    /** Makes the request for the origin. */
    @FunctionalInterface
    interface RequestMaker {

        /**
         * Makes one request, which is sent at most once.
         *
         * @param headers     framed for {@code body}
         * @param isRewritten whether {@code body} is the gateway's own, and needs a digest that says so
         */
        UpstreamRequest make(byte[] body, HttpHeaders headers, boolean isRewritten);
    }

    /** Forwards or refuses. Never throws: a body must not find a way around the planner's own guard. */
    Plan judge(HttpHeaders headers, byte[] body) {
        try {
            GatewayError error = digestError(body);
            return error == null
                    ? ControlDocument.read(errand.operation(), body)
                            .fold(meaning -> judge(headers, body, meaning), errand::reply)
                    : errand.reply(error);
        } catch (RuntimeException e) {
            LOG.error(
                    "Control document check failed, request refused: id={}",
                    errand.head().id(),
                    e);
            return errand.reply(RequestPlanner.failure());
        }
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

    private Plan judge(HttpHeaders headers, byte[] body, ControlDocument.Meaning meaning) {
        if (meaning instanceof BatchDelete batch) {
            return judge(headers, body, batch);
        }
        if (meaning instanceof ControlDocument.Completion completion) {
            return judge(headers, body, completion);
        }
        if (meaning instanceof ControlDocument.PublicWrite) {
            Verdict verdict = secondResources
                    .authorizer()
                    .authorizePublicWrite(
                            errand.route(), errand.operation(), errand.resource(), errand.withPublicWrite());
            if (verdict instanceof Verdict.Refused refused) {
                return errand.reply(refused.denial());
            }
        }
        return forward(headers, body);
    }

    private Plan judge(HttpHeaders headers, byte[] body, ControlDocument.Completion completion) {
        if (isUnseen(completion)) {
            GatewayError.Denied denial = Authorizer.denied(errand.route(), "content-type");
            errand.overruled(secondResources.authorizer(), denial);
            return errand.reply(denial);
        }
        return size.judge(completion)
                .fold(
                        question -> question.<Plan>map(
                                        parts -> forward(headers, body).after(parts))
                                .orElseGet(() -> forward(headers, body)),
                        errand::reply);
    }

    /** Only part 1 is looked at, and only on a route that the upload of that key meets. */
    private boolean isUnseen(ControlDocument.Completion completion) {
        return errand.route().config().uploads().detectContentType() == DetectContentType.VERIFY
                && (!completion.first().equals("1") || secondResources.isUnseen(errand, askedKey()));
    }

    /** The readings of the key in the target. Where the target goes on as it came, a plus sign may be a space. */
    private KeyReadings askedKey() {
        String key = errand.askedKey();
        return signs ? KeyReadings.of(key) : KeyReadings.ofRaw(key, key.replace('+', ' '));
    }

    private Plan judge(HttpHeaders headers, byte[] body, BatchDelete batch) {
        for (BatchDelete.Item item : batch.items()) {
            GatewayError error = ObjectKey.judge(item.key());
            if (error != null) {
                return errand.reply(error);
            }
        }
        List<BatchDelete.Item> permitted = new ArrayList<>();
        List<DeniedItems.Denied> denied = new ArrayList<>();
        for (BatchDelete.Item item : batch.items()) {
            GatewayError error = secondResources.itemError(errand, item, signs);
            if (error == null) {
                permitted.add(item);
            } else if (error instanceof GatewayError.Denied denial) {
                denied.add(new DeniedItems.Denied(item, denial));
            } else {
                return errand.reply(error);
            }
        }
        return denied.isEmpty()
                ? forward(headers, body)
                : answer(headers, new BatchDelete(batch.isQuiet(), permitted), new DeniedItems(denied));
    }

    private Plan.Forward forward(HttpHeaders headers, byte[] body) {
        return errand.forward(requests.make(body, framed(headers, body), false));
    }

    /** Each item has an answer of its own, unless what the client signed would have to be changed for that. */
    private Plan answer(HttpHeaders headers, BatchDelete permitted, DeniedItems denied) {
        GatewayError.Denied first = denied.denied().get(0).error();
        if (!signs) {
            return errand.reply(first);
        }
        if (permitted.items().isEmpty()) {
            return new Plan.Reply(errand.route(), errand.operation(), first, denied.document());
        }
        byte[] rest = permitted.document();
        int most = DocumentForm.of(errand.operation()).mostBytes();
        if (rest.length > most) {
            return errand.reply(BodyRules.tooLarge(most));
        }
        return errand.forward(requests.make(rest, framed(headers, rest), true), denied);
    }

    private static HttpHeaders framed(HttpHeaders headers, byte[] body) {
        HttpHeaders framed = headers.copy();
        framed.remove(HttpHeaderNames.TRANSFER_ENCODING);
        framed.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return framed;
    }
}
