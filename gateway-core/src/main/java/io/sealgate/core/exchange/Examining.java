package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.error.GatewayError.TimedOut;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.planning.Plan;
import java.io.ByteArrayOutputStream;

/** The stage in which a small control document is read whole, for its contents decide what happens. Keeps a copy on the heap, no buffers. */
final class Examining implements Stage {

    private final Exchange exchange;
    private final Plan.Examine plan;
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();

    Examining(Exchange exchange, Plan.Examine plan) {
        this.exchange = exchange;
        this.plan = plan;
    }

    @Override
    public void received(HttpContent chunk) {
        byte[] piece = new byte[chunk.content().readableBytes()];
        chunk.content().readBytes(piece);
        chunk.release();
        if (document.size() + (long) piece.length > plan.maxBytes()) {
            exchange.fail(new Rejected(
                    CosErrorCode.ENTITY_TOO_LARGE,
                    "Body: larger than a control document may be (expected: at most " + plan.maxBytes() + " bytes)"));
            return;
        }
        document.writeBytes(piece);
        if (chunk instanceof LastHttpContent) {
            exchange.follow(plan.then().apply(document.toByteArray()));
        }
    }

    @Override
    public GatewayError blame(Phase phase) {
        return new TimedOut(GatewayError.Source.REQUEST, "Body: no bytes for too long");
    }
}
