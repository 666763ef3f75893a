package io.sealgate.app.management;

import java.util.Locale;

/** Whether new clients should be sent here. Thread-safe. */
public final class Readiness {

    private volatile State state = State.STARTING;

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
        return state;
    }

    /** The stations of a gateway's life. */
    public enum State {
        STARTING,
        READY,
        DRAINING;

        /** What the probe is told. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
