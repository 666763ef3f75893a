package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Overloaded;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.error.GatewayError.TimedOut;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.planning.Plan;
import org.jspecify.annotations.Nullable;

/** The stage in which a small control document is read whole, for its contents decide what happens. Keeps a copy on the heap, no buffers. */
final class Examining implements Stage {

    private final Exchange exchange;
    private final Plan.Examine plan;
    private final ExchangeLoad load;
    private final DocumentBuffer document;

    Examining(Exchange exchange, Plan.Examine plan, ExchangeLoad load) {
        this.exchange = exchange;
        this.plan = plan;
        this.load = load;
        document = new DocumentBuffer(load, plan.maxBytes());
    }

    @Override
    public void received(HttpContent chunk) {
        GatewayError error = keep(chunk);
        chunk.release();
        if (error != null) {
            exchange.fail(error);
        } else if (chunk instanceof LastHttpContent) {
            follow(document.whole());
        }
    }

    /** What has been made of the document is kept until somebody has taken it, so it counts as the document does. */
    private void follow(byte[] own) {
        Plan next = plan.then().apply(own);
        if (load.takeDocument(next.madeBytes(own))) {
            exchange.follow(next);
        } else {
            exchange.fail(tooMany());
        }
    }

    private static GatewayError tooMany() {
        return new Overloaded("Too many control documents at the same time");
    }

    private @Nullable GatewayError keep(HttpContent chunk) {
        if (chunk.content().readableBytes() > plan.maxBytes() - document.size()) {
            return new Rejected(
                    CosErrorCode.ENTITY_TOO_LARGE,
                    "Body: larger than a control document may be (expected: at most " + plan.maxBytes() + " bytes)");
        }
        return document.add(chunk.content()) ? null : tooMany();
    }

    @Override
    public GatewayError blame(Phase phase) {
        return new TimedOut(GatewayError.Source.REQUEST, "Body: no bytes for too long");
    }
}
