package io.sealgate.core.exchange;

import io.sealgate.core.load.ExchangeLoad;
import java.time.Duration;

/**
 * While memory is short, lets an origin send no faster than its client takes: what is healthy goes on, what stands still grows
 * no more. Confined to the exchange's event loop.
 */
final class Brake {

    /** Nothing tells when the last byte has left, so it is looked for; only while memory is short. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ExchangeLoad load;
    private final Downstream downstream;
    private final OriginLeg origin;
    private boolean on;

    Brake(ExchangeLoad load, Downstream downstream, OriginLeg origin) {
        this.load = load;
        this.downstream = downstream;
        this.origin = origin;
    }

    /** Something was passed on to the client. */
    void check() {
        if (!on && isNeeded()) {
            on = true;
            origin.pauseReading(ReadGate.Pause.SHORTAGE);
            origin.later(LOOK_AGAIN, this::lookAgain);
        }
    }

    private void lookAgain() {
        if (isNeeded()) {
            origin.later(LOOK_AGAIN, this::lookAgain);
        } else {
            on = false;
            origin.resumeReading(ReadGate.Pause.SHORTAGE);
        }
    }

    private boolean isNeeded() {
        return load.isMemoryShort() && downstream.hasUnsent() && origin.isConnected();
    }
}
