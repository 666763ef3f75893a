package io.sealgate.app.management;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Whether new clients should be sent here. Thread-safe. */
public final class Readiness {

    private final BooleanSupplier overloaded;
    private final BooleanSupplier unrecorded;
    private volatile State state = State.STARTING;

    /**
     * @param overloaded whether the gateway has to refuse requests just now
     * @param unrecorded whether decisions go unrecorded that must not
     */
    public Readiness(BooleanSupplier overloaded, BooleanSupplier unrecorded) {
        this.overloaded = overloaded;
        this.unrecorded = unrecorded;
    }

    /** The listeners are open. */
    public void ready() {
        state = State.READY;
    }

    /** The gateway finishes what runs and takes nothing new. There is no way back. */
    public void draining() {
        state = State.DRAINING;
    }

    /** Where the gateway stands now. */
    public State state() {
        State now = state;
        if (now != State.READY) {
            return now;
        }
        if (unrecorded.getAsBoolean()) {
            return State.UNRECORDED;
        }
        return overloaded.getAsBoolean() ? State.OVERLOADED : now;
    }

    /** The stations of a gateway's life. */
    public enum State {
        STARTING,
        READY,
        /**
         * Ready, though some requests are refused. Not a reason to send clients elsewhere: that would hand a load that is meant
         * to do harm from one instance to the next until none is left.
         */
        OVERLOADED,
        /** It serves, but what it decides is not written down, and somebody said that it must be. */
        UNRECORDED,
        DRAINING;

        /** Whether to send clients here. */
        public boolean isReady() {
            return this == READY || this == OVERLOADED;
        }

        /** What the probe is told. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
