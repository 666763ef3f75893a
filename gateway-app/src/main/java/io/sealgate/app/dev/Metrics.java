package io.sealgate.app.dev;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/** Reads a gateway's metrics from outside, as a collector does. */
final class Metrics {

    private Metrics() {}

    /** The sum of all samples of {@code meter} whose labels contain all of {@code labels}. */
    static double sum(InetSocketAddress management, String meter, String... labels)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + management.getPort() + "/metrics");
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(meter + "{"))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
