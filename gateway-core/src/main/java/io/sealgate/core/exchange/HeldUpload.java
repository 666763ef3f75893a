package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.spi.BodyDigest;
import io.sealgate.core.spi.BodyTapFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a small body until it is whole and found good, and only then is an origin asked for a connection; so the origin can be told
 * the digest of what it is about to receive, and refuses what is spoilt on the way there. Confined to the exchange's event
 * loop; owns what it keeps until it is sent or discarded.
 */
final class HeldUpload {

    private final BodyDigest contentMd5;
    private final WaitingMessages held = new WaitingMessages();

    private HeldUpload(BodyDigest contentMd5) {
        this.contentMd5 = contentMd5;
    }

    /** For a body that is worth it and that there is room for, else {@code null}. Where the client signs, nothing can be added. */
    static @Nullable HeldUpload of(Plan.Forward plan, BodyTapFactory taps, ExchangeLoad load) {
        boolean lacksDigest = plan.operation().is(CosOperation.Trait.STORES_BODY)
                && plan.request().origin().signs()
                && !plan.request().hasContentMd5();
        return lacksDigest
                        && plan.request().framing() instanceof BodyFraming.Fixed fixed
                        && fixed.bytes() > 0
                        && load.takeHeldBody(
                                plan.route().name(),
                                plan.route().config().integrity().verifyBuffer(),
                                fixed.bytes())
                ? new HeldUpload(taps.contentMd5())
                : null;
    }

    /** Keeps the next piece. Takes {@code chunk}. */
    void add(HttpContent chunk) {
        contentMd5.update(chunk.content());
        held.add(chunk);
    }

    /** Of all of it, as the header has it. Call once. */
    String contentMd5() {
        return contentMd5.value();
    }

    /** Sends everything, and keeps it in case it has to be sent again. */
    void sendTo(OriginLeg origin) {
        held.forEach(message -> origin.sendKept(((HttpContent) message).retainedDuplicate()));
    }

    /** Releases everything. */
    void discard() {
        held.discard();
    }
}
