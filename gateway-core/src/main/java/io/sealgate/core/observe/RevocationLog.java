package io.sealgate.core.observe;

import io.sealgate.core.spi.RevocationListener;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Says in log and metrics what came of asking others about revocation. Thread-safe. */
public final class RevocationLog implements RevocationListener {

    /** Name of the logger that the lines go to. Clients can cause some, so each kind has a {@link LineBudget}. */
    public static final String LOGGER = "sealgate.revocation";

    private final Logger logger = LogManager.getLogger(LOGGER);
    private final GatewayMetrics metrics;
    private final LineBudget lines = new LineBudget(System::nanoTime);

    private record What(Kind kind, Outcome outcome) {}

    public RevocationLog(GatewayMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void fetched(String listener, Kind kind, Outcome outcome, String detail) {
        boolean isLogged = (outcome == Outcome.FETCHED && kind != Kind.OCSP) || !outcome.isGood();
        if (isLogged && lines.take(new What(kind, outcome), null)) {
            log(listener, kind, outcome, detail);
        }
        metrics.fetched(kind, outcome);
    }

    private void log(String listener, Kind kind, Outcome outcome, String detail) {
        if (outcome.isGood()) {
            logger.info("fetched: kind={} listener={} detail={}", kind.label(), listener, detail);
        } else {
            logger.warn(
                    "not fetched: kind={} outcome={} listener={} detail={}",
                    kind.label(),
                    outcome.label(),
                    listener,
                    detail);
        }
    }

    /** What the responder did, or did not, has its line already. */
    @Override
    public void undecided(String listener, boolean letIn) {
        metrics.undecided(listener, letIn);
    }
}
