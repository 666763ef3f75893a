package io.sealgate.app.cli;

import io.sealgate.app.RunningGateway;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.config.ListenerConfig;
import io.sealgate.app.config.ListenerTls;
import io.sealgate.app.config.UnixSocketPath;
import java.io.PrintWriter;
import java.net.InetSocketAddress;

/** What a started gateway says of itself: one line for each open port and socket. */
final class ReadyLines {

    private ReadyLines() {}

    static void print(PrintWriter out, GatewayConfig config, RunningGateway gateway) {
        for (ListenerConfig listener : config.listeners()) {
            out.println("ready: listener " + listener.name() + " on " + place(listener, gateway));
        }
        out.println("ready: management on http://" + address(gateway.managementAddress()));
        out.flush();
    }

    private static String place(ListenerConfig listener, RunningGateway gateway) {
        if (listener.bind() instanceof UnixSocketPath socket) {
            return socket.toString();
        }
        String scheme = listener.tls() instanceof ListenerTls.None ? "http://" : "https://";
        return scheme + address(gateway.address(listener.name()));
    }

    private static String address(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
    }
}
