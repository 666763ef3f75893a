package io.sealgate.core.observe;

import io.sealgate.core.spi.ReloadListener;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Says in log and metrics what became of files that changed. Thread-safe. */
public final class ReloadLog implements ReloadListener {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.reload";

    private final Logger logger = LogManager.getLogger(LOGGER);
    private final ReloadMeters meters;

    public ReloadLog(GatewayMetrics metrics) {
        this.meters = metrics.reloads();
    }

    @Override
    public void reloaded(Material what, String owner) {
        logger.info("reloaded: what={} owner={}", what.label(), owner);
        meters.reloaded(what, true);
    }

    @Override
    public void reloadFailed(Material what, String owner, String problem) {
        logger.error(
                "not reloaded, the last good one stays in force: what={} owner={} problem={}",
                what.label(),
                owner,
                problem);
        meters.reloaded(what, false);
    }

    @Override
    public void failing(Material what, String owner, boolean isFailing) {
        if (!isFailing) {
            logger.info("good again: what={} owner={}", what.label(), owner);
        }
        meters.failing(what, isFailing);
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
