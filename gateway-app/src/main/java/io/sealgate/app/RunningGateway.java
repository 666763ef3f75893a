package io.sealgate.app;

import io.sealgate.app.management.ManagementServer;
import io.sealgate.app.management.Readiness;
import io.sealgate.core.server.GatewayServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A gateway with everything it owns. Thread-safe. */
public final class RunningGateway implements AutoCloseable {

    private final GatewayServer server;
    private final Readiness readiness;
    private final ManagementServer management;
    private final List<Runnable> resources;

    /** Takes all of these; {@code resources} are what the server used, management included, and are released after it has ended. */
    RunningGateway(GatewayServer server, Readiness readiness, ManagementServer management, List<Runnable> resources) {
        this.server = server;
        this.readiness = readiness;
        this.management = management;
        this.resources = List.copyOf(resources);
    }

    /** Where a listener is bound that is not on a unix socket. */
    public InetSocketAddress address(String listener) {
        return server.address(listener);
    }

    /** Where management is bound. */
    public InetSocketAddress managementAddress() {
        return management.address();
    }

    /** Tells probes, stops accepting, and waits for what runs; true if all of it finished in time. Blocks. */
    public boolean drain(Duration deadline) {
        readiness.draining();
        return server.drain(deadline);
    }

    /** Ends at once what is still open. Blocks for at most a few seconds. */
    @Override
    public void close() {
        server.close();
        resources.forEach(Runnable::run);
    }
}
