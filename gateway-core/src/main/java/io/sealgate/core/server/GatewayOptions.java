package io.sealgate.core.server;

import io.sealgate.core.load.ProcessLoad;
import io.sealgate.core.planning.RequestPlanner;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.ExchangeListener;
import java.time.InstantSource;
import java.util.List;

/**
 * Everything a {@link GatewayServer} is made of.
 *
 * @param listeners   where to listen
 * @param planner     decides what happens to requests
 * @param taps        watch bodies
 * @param exchanges   learns of every exchange's end
 * @param connections learns of connections
 * @param load        what the process carries
 * @param clock       tells when clients' certificates have ended
 * @param eventLoops  number of event loops, 0 for one per processor
 * @param transport   which transport
 */
public record GatewayOptions(
        List<Listener> listeners,
        RequestPlanner planner,
        BodyTapFactory taps,
        ExchangeListener exchanges,
        ConnectionListener connections,
        ProcessLoad load,
        InstantSource clock,
        int eventLoops,
        Transports.Choice transport) {

    public GatewayOptions {
        listeners = List.copyOf(listeners);
    }
}
