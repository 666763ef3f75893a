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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** An origin that answers every head with the same bytes, whatever they are, and then perhaps ends the connection. Bodies it takes for heads. */
final class ScriptedOrigin implements AutoCloseable {

    /** What becomes of the connection after an answer. */
    enum Ending {
        STAY_OPEN,
        CLOSE,
        /** FIN, without a farewell of TLS before it. */
        CUT,
        /** A farewell of TLS, without the FIN that should follow. */
        FAREWELL_ONLY,
        RESET
    }

    private final ServerSocket server;
    private final @Nullable SSLSocketFactory tls;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile byte[] answer = new byte[0];
    private volatile Ending ending = Ending.STAY_OPEN;

    ScriptedOrigin() throws IOException {
        this(null);
    }

    /** Over TLS, unless {@code tls} is null. */
    ScriptedOrigin(@Nullable SSLContext tls) throws IOException {
        this.tls = tls == null ? null : tls.getSocketFactory();
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What to say from now on, and whether to close after it. */
    void answer(byte[] bytes, boolean thenClose) {
        answer = bytes;
        ending = thenClose ? Ending.CLOSE : Ending.STAY_OPEN;
    }

    void answer(String text, boolean thenClose) {
        answer(text.getBytes(StandardCharsets.ISO_8859_1), thenClose);
    }

    void answer(String text, Ending then) {
        answer = text.getBytes(StandardCharsets.ISO_8859_1);
        ending = then;
    }

    /** Connections that this origin has accepted. */
    int accepted() {
        return accepted.get();
    }

    /** Connections that this origin has closed after its answer. */
    int closed() {
        return closed.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                accepted.incrementAndGet();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException end) {
            // closed
        }
    }

    private void serve(Socket tcp) {
        try (tcp;
                Socket connection = tls == null ? tcp : overTls(tcp, tls)) {
            while (readHead(connection.getInputStream())) {
                connection.getOutputStream().write(answer);
                connection.getOutputStream().flush();
                if (end(tcp, connection)) {
                    break;
                }
            }
        } catch (IOException gone) {
            return; // the gateway had enough
        }
        closed.incrementAndGet();
    }

    private static Socket overTls(Socket tcp, SSLSocketFactory tls) throws IOException {
        SSLSocket socket =
                (SSLSocket) tls.createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    /** True if nothing more will be read or sent. */
    private boolean end(Socket tcp, Socket connection) throws IOException {
        switch (ending) {
            case STAY_OPEN -> {}
            case CLOSE -> connection.close();
            case CUT -> tcp.close();
            case FAREWELL_ONLY -> connection.shutdownOutput();
            case RESET -> {
                tcp.setSoLinger(true, 0);
                tcp.close();
            }
        }
        return tcp.isClosed();
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
