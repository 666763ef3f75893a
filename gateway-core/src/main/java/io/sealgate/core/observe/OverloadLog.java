package io.sealgate.core.observe;

import io.sealgate.core.spi.OverloadListener;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Says in the log when the process begins and ceases to be short of something, and passes everything on to {@code next}. Thread-safe. */
public final class OverloadLog implements OverloadListener {

    private static final Logger LOG = LogManager.getLogger(OverloadLog.class);

    private final OverloadListener next;

    public OverloadLog(OverloadListener next) {
        this.next = next;
    }

    @Override
    public void began(Resource resource) {
        LOG.warn("overload begins, requests are refused: resource={}", resource.label());
        next.began(resource);
    }

    @Override
    public void ended(Resource resource) {
        LOG.info("overload ends: resource={}", resource.label());
        next.ended(resource);
    }

    /** A line for each would be a second overload; the metrics count them. */
    @Override
    public void refused(Resource resource, Scope scope) {
        next.refused(resource, scope);
    }

    @Override
    public void unheld(String route, Room room) {
        next.unheld(route, room);
    }
}
