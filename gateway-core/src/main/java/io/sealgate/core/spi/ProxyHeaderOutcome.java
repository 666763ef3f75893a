package io.sealgate.core.spi;

import java.util.Locale;

/** What came of a load balancer's PROXY header: the closed set behind the metric tag and the log field {@code reason}. */
public enum ProxyHeaderOutcome {
    /** It said whose connection this is. */
    CLIENT(false),
    /** It said that the balancer does not know, or in a way that means nothing here (a socket of its own machine). */
    UNKNOWN(false),
    /** It said that the connection is the balancer's own, a health check. */
    LOCAL(false),
    /** There was none, and none was needed. */
    ABSENT(false),
    MISSING(true),
    MALFORMED(true),
    TOO_LONG(true),
    /** Well-formed, but a version, command, family or transport that there is not on a TCP connection. */
    UNSUPPORTED(true),
    CHECKSUM(true),
    TIMEOUT(true),
    /** The balancer went away in the middle of it. */
    CLOSED(true);

    private final boolean refusal;

    ProxyHeaderOutcome(boolean refusal) {
        this.refusal = refusal;
    }

    /** Whether the connection ends with it. */
    public boolean isRefusal() {
        return refusal;
    }

    /** The name in logs and metrics: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
