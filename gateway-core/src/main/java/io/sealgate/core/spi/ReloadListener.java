package io.sealgate.core.spi;

import java.util.Locale;

/** Learns what becomes of files that have changed. Called on the thread that looks after them. */
public interface ReloadListener {

    /**
     * What was in the files is in force from now on.
     *
     * @param owner name of the listener, origin or policy that they belong to; the file itself where routes share it
     */
    void reloaded(Material what, String owner);

    /**
     * The files are no good: what was loaded before stays in force.
     *
     * @param problem for the operator, with the place in the configuration
     */
    void reloadFailed(Material what, String owner, String problem);

    /**
     * Some files are no good from now on, or are so no more. Called in pairs, for each set of files that is read by
     * itself: {@code owner} may have several of one kind.
     */
    default void failing(Material what, String owner, boolean isFailing) {}

    /**
     * What was in a file is good, and not used.
     *
     * @param note for the operator, with the place in the configuration
     */
    default void setAside(Material what, String owner, String note) {}

    /**
     * Something works, or did until now, and somebody has to look after it.
     *
     * @param note for the operator
     */
    default void warned(Material what, String owner, String note) {}

    /** For those who only look once. */
    ReloadListener NONE = new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {}

        @Override
        public void reloadFailed(Material what, String owner, String problem) {}
    };

    /** What files hold: the closed set behind the metric tag {@code what}. */
    enum Material {
        SERVER_CERTIFICATE,
        TRUST,
        CRL,
        ORIGIN_TLS,
        CLIENT_LIST,
        POLICY,
        /** What the gateway itself writes down for later. */
        STATE;

        /** The name in logs and metrics: lower case with hyphens. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
