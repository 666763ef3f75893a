package io.sealgate.core.error;

import java.util.Locale;

/** Why there is no connection to an origin: the closed set behind the metric tag {@code reason}. */
public enum UpstreamFailure {
    /** No name, no connection, or one that broke. */
    UNREACHABLE,
    /** Neither accepted nor refused in time. */
    TIMEOUT,
    /** No TLS in common, or the origin's certificate is not the one that it should be. */
    TLS,
    /** The origin refuses the gateway's certificate, or that there is none. */
    CERTIFICATE_REFUSED;

    /** The name in logs and metrics: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
