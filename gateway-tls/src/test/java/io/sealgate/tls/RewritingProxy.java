package io.sealgate.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries one TLS 1.2 connection on loopback and changes what passes; each direction has a thread, gone once the
 * proxy is closed.
 */
final class RewritingProxy implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    /** Changes bytes as they come; returns what goes on instead. Called by one thread. */
    interface Change {
        byte[] apply(byte[] bytes);
    }

    private final ServerSocket accepting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket server;
    private final AtomicInteger changes = new AtomicInteger();

    private RewritingProxy(int port) throws IOException {
        server = new Socket(InetAddress.getLoopbackAddress(), port);
        server.setTcpNoDelay(true);
    }

    static RewritingProxy to(int port, Change toServer, Change toClient) throws IOException {
        RewritingProxy proxy = new RewritingProxy(port);
        start(() -> {
            Socket client = proxy.accepting.accept();
            client.setTcpNoDelay(true);
            start(() -> proxy.pipe(client, proxy.server, toServer));
            // Only the server's end closes both: what it says last is to arrive, whatever it has left unread.
            try (client;
                    proxy.server) {
                proxy.pipe(proxy.server, client, toClient);
            }
        });
        return proxy;
    }

    /**
     * Lets the server ask for a signature with {@code scheme} instead of RSA with SHA-1, whatever it thinks it
     * asked for.
     */
    static RewritingProxy asking(int port, int scheme) throws IOException {
        return to(port, bytes -> bytes, bytes -> withScheme(bytes, scheme));
    }

    private static byte[] withScheme(byte[] bytes, int scheme) {
        for (int i = 3; i < bytes.length; i++) {
            // the end of BoringSSL's list: rsa_pkcs1_sha512, rsa_pkcs1_sha1
            if (bytes[i - 3] == 0x06 && bytes[i - 2] == 0x01 && bytes[i - 1] == 0x02 && bytes[i] == 0x01) {
                bytes[i - 1] = (byte) (scheme >> 8);
                bytes[i] = (byte) scheme;
            }
        }
        return bytes;
    }

    int port() {
        return accepting.getLocalPort();
    }

    /** How many times something was changed. */
    int changes() {
        return changes.get();
    }

    private void pipe(Socket from, Socket to, Change change) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            byte[] read = Arrays.copyOf(buffer, count);
            byte[] changed = change.apply(read.clone());
            if (!Arrays.equals(read, changed)) {
                changes.incrementAndGet();
            }
            out.write(changed);
        }
        to.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        accepting.close();
        server.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        return; // either side may close at any time
                    }
                },
                "rewriting-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
