package io.sealgate.app.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An origin that says the same again and again on each connection, whatever it is asked, until the gateway has had enough. */
final class TalkativeOrigin implements AutoCloseable {

    private final ServerSocket server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Thread acceptor = new Thread(this::accept, "talkative-origin");
    private final byte[] phrase;
    private final Duration pause;

    TalkativeOrigin(String phrase, Duration pause) throws IOException {
        this.phrase = phrase.getBytes(StandardCharsets.ISO_8859_1);
        this.pause = pause;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        acceptor.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                awaitRequest(connection);
                clock.scheduleAtFixedRate(() -> talk(connection), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException end) {
            // closed
        }
    }

    /** What is said before the first byte of a request would be no answer to it. */
    private static void awaitRequest(Socket connection) throws IOException {
        if (connection.getInputStream().read() < 0) {
            connection.close();
        }
    }

    private void talk(Socket connection) {
        try {
            connection.getOutputStream().write(phrase);
        } catch (IOException gone) {
            throw new IllegalStateException(gone); // ends the repetition
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        clock.shutdownNow();
    }
}
