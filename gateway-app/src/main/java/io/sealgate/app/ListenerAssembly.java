package io.sealgate.app;

import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.config.ListenerConfig;
import io.sealgate.app.config.ListenerTls;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.observe.GatewayMetrics;
import io.sealgate.core.observe.RevocationLog;
import io.sealgate.core.server.Ending;
import io.sealgate.core.server.GatewayServer;
import io.sealgate.core.server.Listener;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.tls.ExpiryNoticeConfig;
import io.sealgate.tls.ReloadingTls;
import io.sealgate.tls.TlsConfig;
import io.sealgate.tls.TlsMaterialException;
import io.sealgate.tls.fetch.FetchThreads;
import io.sealgate.tls.fetch.NameResolver;
import io.sealgate.tls.ocsp.Outside;
import io.sealgate.tls.revocation.CrlIssuerStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the listeners of a configuration with their TLS, and the tasks that look after their files. Confined to one
 * start; the tasks are confined to the thread that looks after files.
 */
final class ListenerAssembly {

    private final GatewayConfig config;
    private final ConnectionListener connections;
    private final ReloadListener reloads;
    private final GatewayMetrics metrics;
    private final Deque<Runnable> resources;
    private final @Nullable CrlIssuerStore crlIssuers;
    private final @Nullable Outside outside;
    private final Map<String, ReloadingTls> secured = new LinkedHashMap<>();

    private ListenerAssembly(
            GatewayConfig config,
            ConnectionListener connections,
            ReloadListener reloads,
            GatewayMetrics metrics,
            Deque<Runnable> resources,
            @Nullable CrlIssuerStore crlIssuers,
            @Nullable Outside outside) {
        this.config = config;
        this.connections = connections;
        this.reloads = reloads;
        this.metrics = metrics;
        this.resources = resources;
        this.crlIssuers = crlIssuers;
        this.outside = outside;
    }

    /**
     * Opens what all listeners share.
     *
     * @param resources gets what has to be closed at the end
     * @throws IOException if the state directory cannot be used, with a message for the operator
     */
    static ListenerAssembly of(
            GatewayConfig config,
            ConnectionListener connections,
            ReloadListener reloads,
            GatewayMetrics metrics,
            Deque<Runnable> resources)
            throws IOException {
        Outside outside = outside(config, new RevocationLog(metrics), resources);
        return new ListenerAssembly(
                config, connections, reloads, metrics, resources, config.state().open(), outside);
    }

    /** The limits of all listeners, in their order. */
    static List<LimitsConfig> limits(GatewayConfig config) {
        return config.listeners().stream().map(ListenerConfig::limits).toList();
    }

    /**
     * Reads the files of all listeners. Binds no socket.
     *
     * @throws TlsMaterialException if a file is no good
     */
    List<Listener> open() throws TlsMaterialException {
        long origins = config.origins().stream()
                .mapToLong(origin -> origin.pool().connections())
                .sum();
        FileBudget files = FileBudget.ofThisProcess(origins, limits(config));
        List<Listener> listeners = new ArrayList<>();
        for (ListenerConfig listener : config.listeners()) {
            listeners.add(listener(listener, files));
        }
        return listeners;
    }

    private Listener listener(ListenerConfig listener, FileBudget files) throws TlsMaterialException {
        List<String> protocols = listener.protocols().stream()
                .map(ListenerConfig.Protocol::toString)
                .toList();
        ReloadingTls security = null;
        Ending ending = Ending.AT_ONCE;
        Duration notice = null;
        if (listener.tls() instanceof ListenerTls.Terminated tls) {
            security = security(tls.config(), listener, protocols);
            secured.put(listener.name(), security);
            report(listener.name(), security);
            ending = new Ending(tls.config().patience());
            ExpiryNoticeConfig expiry = tls.config().expiryNotice();
            notice = expiry == null ? null : expiry.within();
        }
        return new Listener(
                listener.name(),
                listener.bind().address(),
                protocols,
                listener.proxyProtocol(),
                files.affordable(listener.limits()),
                ending,
                security,
                notice);
    }

    /** Null if no listener fetches anything about its clients, so that there are no threads for it. */
    private static @Nullable Outside outside(
            GatewayConfig config, RevocationListener events, Deque<Runnable> resources) {
        boolean isNeeded = config.listeners().stream()
                .anyMatch(listener -> listener.tls() instanceof ListenerTls.Terminated tls
                        && tls.config().isFetched());
        if (!isNeeded) {
            return null;
        }
        FetchThreads threads = new FetchThreads();
        resources.push(threads::close);
        return new Outside(threads, NameResolver.ofThisMachine(), events);
    }

    private void report(String listener, ReloadingTls security) {
        metrics.certificates(listener, security.terms());
        metrics.crls(listener, security.crls(), security.lostCrls());
    }

    private ReloadingTls security(TlsConfig tls, ListenerConfig listener, List<String> protocols)
            throws TlsMaterialException {
        String name = listener.name();
        ReloadingTls security = ReloadingTls.open(
                name,
                tls,
                protocols,
                listener.limits().handshakeTimeout(),
                InstantSource.system(),
                reloads,
                crlIssuers,
                outside,
                authority -> connections.staleCrlAccepted(name, authority));
        resources.push(security::close);
        return security;
    }

    /** Tasks that look at the files of one listener each, so that one that fails does not stop the others. */
    List<Runnable> refreshes(GatewayServer server) {
        List<Runnable> refreshes = new ArrayList<>();
        secured.forEach((name, tls) -> refreshes.add(new Look(name, tls, server)));
        return refreshes;
    }

    /** Looks at the files of one listener. What an error keeps it from doing is done by the next look. */
    private final class Look implements Runnable {

        private final String listener;
        private final ReloadingTls tls;
        private final GatewayServer server;
        private ReloadingTls.Refresh due = ReloadingTls.Refresh.NOTHING;

        Look(String listener, ReloadingTls tls, GatewayServer server) {
            this.listener = listener;
            this.tls = tls;
            this.server = server;
        }

        @Override
        public void run() {
            due = due.and(tls.refresh());
            if (due.isAboutClients()) {
                server.review(listener);
            } else {
                server.reviewDue(listener);
            }
            if (due.isAnything()) {
                report(listener, tls);
            }
            due = ReloadingTls.Refresh.NOTHING;
        }
    }
}
