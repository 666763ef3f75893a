package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;

/** An origin in a fresh directory and a connection to it. */
final class OriginFixture implements AutoCloseable {
    static final String BUCKET = "examplebucket-1250000000";
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final CosOrigin origin;
    final RawClient client;

    OriginFixture(Path directory) throws IOException {
        this(directory, options -> options);
    }

    OriginFixture(Path directory, UnaryOperator<OriginOptions.Builder> options) throws IOException {
        origin = CosOrigin.start(
                options.apply(OriginOptions.builder().directory(directory)).build());
        client = RawClient.connect(origin);
    }

    Reply put(String target, String body, String... headers) throws IOException {
        return client.request("PUT", target, body.getBytes(UTF_8), headers);
    }

    Reply post(String target, String body, String... headers) throws IOException {
        return client.request("POST", target, body.getBytes(UTF_8), headers);
    }

    Reply get(String target, String... headers) throws IOException {
        return client.request("GET", target, headers);
    }

    Reply send(String method, String target, String... headers) throws IOException {
        return client.request(method, target, headers);
    }

    StoredObject stored(String key) {
        return origin.store().find(BUCKET, key).orElseThrow();
    }

    boolean exists(String key) {
        return origin.store().find(BUCKET, key).isPresent();
    }

    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        client.close();
        origin.close();
    }
}
