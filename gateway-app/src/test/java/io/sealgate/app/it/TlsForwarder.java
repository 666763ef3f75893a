package io.sealgate.app.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Carries plain TCP into mutual TLS: the certificate for clients that cannot present one themselves, as the COS Java SDK
 * cannot. Bytes pass untouched, and so does the end of either direction. Two threads per connection, gone once closed.
 */
final class TlsForwarder implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket plain;
    private final SSLSocketFactory tls;
    private final int gatewayPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsForwarder(ServerSocket plain, SSLSocketFactory tls, int gatewayPort) {
        this.plain = plain;
        this.tls = tls;
        this.gatewayPort = gatewayPort;
    }

    /** Listens on a free port of loopback and presents the site's device certificate. */
    static TlsForwarder to(TestSite site) throws Exception {
        ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLSocketFactory tls = site.clientContext(site.device()).getSocketFactory();
        TlsForwarder forwarder = new TlsForwarder(plain, tls, site.port());
        start("accept", forwarder::accept);
        return forwarder;
    }

    /** Where clients connect without TLS. */
    String endpoint() {
        return "localhost:" + plain.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        plain.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = plain.accept();
            open.add(client);
            start("forward", () -> forward(client));
        }
    }

    private void forward(Socket client) throws IOException {
        try (client;
                SSLSocket gateway = (SSLSocket) tls.createSocket("localhost", gatewayPort)) {
            SSLParameters parameters = gateway.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            gateway.setSSLParameters(parameters);
            gateway.startHandshake();
            Thread answers = start("answers", () -> pipe(gateway, client));
            pipe(client, gateway);
            answers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void pipe(Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            // a break must not look like an end to the other side
            from.close();
            to.close();
            throw broken;
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(String name, Work work) {
        Thread thread = new Thread(() -> runUntilClosed(work), "tls-forwarder-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void runUntilClosed(Work work) {
        try {
            work.run();
        } catch (IOException closed) {
            // either side may close at any time; the client is told by its own connection's end
        }
    }
}
