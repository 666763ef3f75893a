package io.sealgate.app.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin that answers every head with the same bytes, whatever they are, and then perhaps closes. Bodies it takes for heads. */
final class ScriptedOrigin implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile byte[] answer = new byte[0];
    private volatile boolean closing;

    ScriptedOrigin() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What to say from now on, and whether to close after it. */
    void answer(byte[] bytes, boolean thenClose) {
        answer = bytes;
        closing = thenClose;
    }

    void answer(String text, boolean thenClose) {
        answer(text.getBytes(StandardCharsets.ISO_8859_1), thenClose);
    }

    /** Connections that this origin has closed after its answer. */
    int closed() {
        return closed.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException end) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            while (readHead(connection.getInputStream())) {
                connection.getOutputStream().write(answer);
                connection.getOutputStream().flush();
                if (closing) {
                    break;
                }
            }
        } catch (IOException gone) {
            return; // the gateway had enough
        }
        closed.incrementAndGet();
    }

    private static boolean readHead(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
