package io.sealgate.app.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A CA's web server on loopback, with lists that a test changes. */
final class ListServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, UnaryOperator<byte[]>> responders = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    private ListServer(HttpServer server) {
        this.server = server;
    }

    static ListServer start() throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        ListServer server = new ListServer(http);
        http.setExecutor(server.threads);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/never")) {
                end.await();
            }
            if (path.startsWith("/elsewhere")) {
                exchange.getResponseHeaders().set("Location", "/ca.crl");
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            UnaryOperator<byte[]> responder = responders.get(path);
            byte[] file = responder == null
                    ? files.get(path)
                    : responder.apply(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void put(String path, byte[] file) {
        files.put(path, file);
    }

    void remove(String path) {
        files.remove(path);
    }

    /** Answers what is posted to {@code path}. */
    void respond(String path, UnaryOperator<byte[]> responder) {
        responders.put(path, responder);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
