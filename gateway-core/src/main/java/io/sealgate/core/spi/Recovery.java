package io.sealgate.core.spi;

import java.util.Locale;

/**
 * One more request to the origin that the client did not have to make: to get on with a download, to get it right, or to know whether an
 * upload is right.
 *
 * @param kind    what for
 * @param outcome what became of it
 */
public record Recovery(Kind kind, Outcome outcome) {

    /** What the origin was asked again for. */
    public enum Kind {
        /** The rest of a download that the origin did not finish. */
        RESUME,
        /** All of it, because what came was corrupt or incomplete and the client has seen none of it. */
        REFETCH,
        /** What is said of an object, before something is appended to it or stored in its place, or it is copied. */
        HEAD,
        /** What has been appended, because the checksum of the whole does not fit. */
        READ_BACK,
        /** How large the parts are of which a multipart upload is to be completed. */
        LIST_PARTS;

        /** Lower-case name for logs. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of it: a metric tag. */
    public enum Outcome {
        SUCCEEDED,
        FAILED,
        /** The object is not the one any more whose beginning the client has. */
        CHANGED;

        /** Lower-case name for logs and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
