package io.sealgate.app.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP server of its own, so that probes are answered while the event loops are busy, and so that no client of
 * the gateway can reach it. It only reads: GET and HEAD, nothing else. Who does not finish asking or reading in time is
 * cut off. Threads are its own and daemons.
 */
public final class ManagementServer implements AutoCloseable {

    /**
     * A connection that is slow to ask or to read has a thread to itself: enough that some of them do not keep a probe
     * waiting.
     */
    private static final int THREADS = 64;

    /** A head of any probe is one packet. */
    private static final int SECONDS_TO_ASK = 3;

    private static final int SECONDS_TO_READ = 10;

    static {
        // the JDK's server would wait for ever; it reads these once, when the first server is made
        setDefault("sun.net.httpserver.maxReqTime", Integer.toString(SECONDS_TO_ASK));
        setDefault("sun.net.httpserver.maxRspTime", Integer.toString(SECONDS_TO_READ));
        // It writes head and body apart, and the kernel would keep the body until the head is acknowledged: 40 ms.
        setDefault("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final Map<String, Page> pages;

    private ManagementServer(HttpServer server, ExecutorService executor, Map<String, Page> pages) {
        this.server = server;
        this.executor = executor;
        this.pages = Map.copyOf(pages);
    }

    /**
     * Binds and serves at once.
     *
     * @param pages what each path answers
     * @throws IOException if the address cannot be bound
     */
    public static ManagementServer start(InetSocketAddress bind, Map<String, Page> pages) throws IOException {
        HttpServer http = HttpServer.create(bind, 0);
        ExecutorService executor = threads();
        ManagementServer management = new ManagementServer(http, executor, pages);
        http.setExecutor(executor);
        http.createContext("/", management::handle);
        http.start();
        return management;
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ThreadFactory daemons() {
        return task -> {
            Thread thread = new Thread(task, "management");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!HostCheck.isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.text(421, "Host: not this gateway (expected: an address or a private name)");
        }
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(405, "method: not allowed (expected: GET or HEAD)");
        }
        Page page = pages.get(exchange.getRequestURI().getPath());
        return page == null ? Answer.text(404, "path: unknown (expected: " + paths() + ")") : page.answer();
    }

    private String paths() {
        return String.join(", ", pages.keySet().stream().sorted().toList());
    }

    /** Answers under way are cut. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** What a path answers. */
    @FunctionalInterface
    public interface Page {

        Answer answer();
    }

    /** An answer that fits in memory. */
    public record Answer(int status, String contentType, String body) {

        /** One line of plain text. */
        public static Answer text(int status, String line) {
            return new Answer(status, "text/plain; charset=utf-8", line + "\n");
        }
    }
}
