package io.sealgate.core.spi;

import java.util.Locale;

/** Learns when the process runs short of something, and whom it refused for that. Called on event loops: must not block. */
public interface OverloadListener {

    /** There is none left of {@code resource}, whoever asks. Told once, then only after {@link #ended}. */
    void began(Resource resource);

    /** There is enough of {@code resource} again. */
    void ended(Resource resource);

    /** A request was not served, or not further, for want of {@code resource}. */
    void refused(Resource resource, Scope scope);

    /** A body on {@code route} was small enough to be held for its verdict, but {@code room} had none left: it streams. */
    void unheld(String route, Room room);

    /** What there is only so much of: the closed set behind the metric tag and the log field {@code resource}. */
    enum Resource {
        /** Exchanges at the same time, for each of which a head is kept. */
        EXCHANGES,
        /** Bodies under way at the same time, each with its buffers. */
        BODIES,
        /** Bytes of control documents that are kept whole. */
        DOCUMENTS,
        /** Direct memory itself. */
        DIRECT_MEMORY;

        /** The name in logs and metrics: lower case with hyphens. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where bodies that are held for a verdict find no more room: a metric tag. */
    enum Room {
        /** What one client may have of the route's. */
        CLIENT,
        /** The route's {@code verify-buffer.total}. */
        ROUTE,
        /** What all routes have together. */
        PROCESS,
        /** Direct memory itself, which is short. */
        MEMORY;

        /** The name in metrics: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whose share was used up. */
    enum Scope {
        /** One client's. */
        CLIENT,
        /** Everybody's. */
        PROCESS;

        /** The name in metrics: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
