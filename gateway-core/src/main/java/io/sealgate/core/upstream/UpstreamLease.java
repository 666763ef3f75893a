package io.sealgate.core.upstream;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.load.ClientLoad;

/** A wish for a connection. Answered once, on the event loop, unless {@link #isCancelled()} by then. */
public interface UpstreamLease {

    /** Whose wish it is. */
    ClientLoad client();

    /** Here it is: the receiver attaches to it, and releases or closes it when done. */
    void connected(UpstreamConnection connection);

    /** There is none to be had. */
    void failed(GatewayError error);

    /** Whether nobody wants it any more. */
    boolean isCancelled();
}
