package io.sealgate.core.observe;

import io.sealgate.core.spi.ReloadListener;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Says in log and metrics what became of files that changed. Thread-safe. */
public final class ReloadLog implements ReloadListener {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.reload";

    private final Logger logger = LogManager.getLogger(LOGGER);
    private final GatewayMetrics metrics;

    public ReloadLog(GatewayMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void reloaded(Material what, String owner) {
        logger.info("reloaded: what={} owner={}", what.label(), owner);
        metrics.reloaded(what, true);
    }

    @Override
    public void reloadFailed(Material what, String owner, String problem) {
        logger.error(
                "not reloaded, the last good one stays in force: what={} owner={} problem={}",
                what.label(),
                owner,
                problem);
        metrics.reloaded(what, false);
    }

    @Override
    public void setAside(Material what, String owner, String note) {
        logger.warn("set aside: what={} owner={} note={}", what.label(), owner, note);
    }

    @Override
    public void warned(Material what, String owner, String note) {
        logger.warn("needs attention: what={} owner={} note={}", what.label(), owner, note);
    }
}
