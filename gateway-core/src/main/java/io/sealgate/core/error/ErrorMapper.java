package io.sealgate.core.error;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.sealgate.core.error.GatewayError.Broken;
import io.sealgate.core.error.GatewayError.Internal;
import io.sealgate.core.error.GatewayError.TimedOut;
import io.sealgate.core.error.GatewayError.Unreachable;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** Turns what was thrown into a {@link GatewayError}: the only place that asks exceptions what they are. */
public final class ErrorMapper {

    private ErrorMapper() {}

    /** An origin could not be connected to. */
    public static GatewayError whileConnecting(Throwable cause) {
        return switch (reasonWhileConnecting(cause)) {
            case TIMEOUT ->
                new TimedOut(GatewayError.Source.ORIGIN, "The storage service did not accept a connection in time");
            case TLS -> new Broken("The storage service could not be verified");
            case CERTIFICATE_REFUSED -> refused();
            case UNREACHABLE -> new Unreachable("The storage service cannot be reached");
        };
    }

    /** The same for logs and metrics. */
    public static UpstreamFailure reasonWhileConnecting(Throwable cause) {
        if (cause instanceof ConnectTimeoutException || cause instanceof SslHandshakeTimeoutException) {
            return UpstreamFailure.TIMEOUT;
        }
        return cause instanceof SSLException ? UpstreamFailure.TLS : UpstreamFailure.UNREACHABLE;
    }

    /** An origin refuses the gateway's certificate: somebody may renew it, so it is worth another attempt later. */
    public static GatewayError refused() {
        return new Unreachable("The storage service refuses the gateway's certificate");
    }

    /** Something was thrown in the middle of an exchange. */
    public static GatewayError whileExchanging(Throwable cause) {
        if (cause instanceof IOException) {
            return new Unreachable("The connection to the storage service was lost");
        }
        return new Internal("The gateway failed on this request");
    }
}
