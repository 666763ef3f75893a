package io.sealgate.core.observe;

import io.sealgate.core.error.UpstreamFailure;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.ProxyHeaderOutcome;
import io.sealgate.core.spi.UpstreamRefusal;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log who was refused at the door, why, and which origin could not be reached; passes everything on to
 * {@code next}. Anybody can cause such a line at will, so each kind of them has a {@link LineBudget}; the metrics count
 * every one. Thread-safe.
 */
public final class ConnectionLog implements ConnectionListener {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.connections";

    private final Logger logger = LogManager.getLogger(LOGGER);
    private final ConnectionListener next;
    private final LineBudget lines = new LineBudget(System::nanoTime);

    /** For states that last: a line for each occurrence would say nothing new. */
    private final LineBudget states = new LineBudget(System::nanoTime, 1, Duration.ofMinutes(1));

    /** Kinds of lines, besides the reasons of refusals. */
    private enum Kind {
        STALE_ACCEPTED,
        TURNED_AWAY,
        UPSTREAM_FAILED
    }

    public ConnectionLog(ConnectionListener next) {
        this.next = next;
    }

    @Override
    public void handshakeRefused(
            String listener, SocketAddress client, HandshakeRefusal reason, @Nullable String detail) {
        if (lines.take(reason, ClientKey.of(client))) {
            log(listener, client, reason, detail);
        }
        next.handshakeRefused(listener, client, reason, detail);
    }

    private void log(String listener, SocketAddress client, HandshakeRefusal reason, @Nullable String detail) {
        if (detail == null) {
            logger.info("handshake refused: reason={} listener={} client={}", reason.label(), listener, client);
        } else {
            logger.info(
                    "handshake refused: reason={} listener={} client={} detail={}",
                    reason.label(),
                    listener,
                    client,
                    LogText.cut(detail)); // with names from a certificate that is not verified
        }
    }

    /** Whom the operator trusts has no reason to send anything wrong: somebody should have a look at it. */
    @Override
    public void proxyHeader(String listener, SocketAddress balancer, ProxyHeaderOutcome outcome) {
        if (outcome.isRefusal() && lines.take(outcome, null)) {
            logger.warn("PROXY header refused: reason={} listener={} peer={}", outcome.label(), listener, balancer);
        }
        next.proxyHeader(listener, balancer, outcome);
    }

    @Override
    public void staleCrlAccepted(String listener, String authority) {
        if (lines.take(Kind.STALE_ACCEPTED, null)) {
            logger.info("client accepted with a stale CRL: listener={} authority={}", listener, authority);
        }
        next.staleCrlAccepted(listener, authority);
    }

    @Override
    public void ended(String listener, SocketAddress client, HandshakeRefusal reason) {
        logger.info("connection ended: reason={} listener={} client={}", reason.label(), listener, client);
        next.ended(listener, client, reason);
    }

    @Override
    public void turnedAway(String listener, Shortage why) {
        String reason = why == Shortage.FULL ? "listener-full" : "client-share";
        if (lines.take(Kind.TURNED_AWAY, null)) {
            logger.warn("connection turned away: reason={} listener={}", reason, listener);
        }
        next.turnedAway(listener, why);
    }

    @Override
    public void evicted(String listener, SocketAddress peer, State state, Shortage why) {
        if (why == Shortage.FULL && states.take(listener, null)) {
            logger.warn(
                    "listener full, idle connections give way to new ones: listener={} (limits.connections)", listener);
        }
        logger.debug(
                "connection evicted: reason={} state={} listener={} peer={}",
                why.label(),
                state.label(),
                listener,
                peer);
        next.evicted(listener, peer, state, why);
    }

    @Override
    public void oneAddressOnly(String listener, String address) {
        logger.warn(
                "all connections come from one client, which has its share of them: listener={} client=\"{}\" (if"
                        + " that is a NAT gateway or a load balancer: list it in limits.shared-addresses)",
                listener,
                address);
        next.oneAddressOnly(listener, address);
    }

    @Override
    public void upstreamFailed(String origin, UpstreamFailure reason, Throwable cause) {
        if (lines.take(Kind.UPSTREAM_FAILED, null)) {
            logger.warn("no connection to the origin: origin={} reason={}", origin, reason(cause));
        }
        next.upstreamFailed(origin, reason, cause);
    }

    /** Until somebody renews the certificate each connection ends like this: one line a minute is enough. */
    @Override
    public void upstreamRefused(String origin, UpstreamRefusal refusal) {
        if (states.take(List.of(origin, refusal.alert()), null)) {
            logger.error(
                    "the origin refuses the gateway's certificate: origin={} alert={} certificate=\"{}\"",
                    origin,
                    refusal.alert(),
                    refusal.certificate());
        }
        next.upstreamRefused(origin, refusal);
    }

    /** TLS wraps what an operator needs to know, an expired certificate for instance, into a general problem. */
    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    @Override
    public void opened(String listener) {
        next.opened(listener);
    }

    @Override
    public void closed(String listener) {
        next.closed(listener);
    }

    @Override
    public void handshakeCompleted(String listener, String protocol, ClientIdentity client) {
        next.handshakeCompleted(listener, protocol, client);
    }

    @Override
    public void upstreamOpened(String origin) {
        next.upstreamOpened(origin);
    }

    @Override
    public void upstreamClosed(String origin) {
        next.upstreamClosed(origin);
    }
}
