package io.sealgate.app.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An HTTP client with a client certificate, whichever library it is made of. Thread-safe. */
interface Device extends AutoCloseable {

    /** The libraries and protocols that stand for what devices use. */
    enum Kind {
        OKHTTP_1("http/1.1", OkHttpDevice::http1),
        OKHTTP_2("h2", OkHttpDevice::http2),
        JDK_1("http/1.1", JdkDevice::http1),
        JDK_2("h2", JdkDevice::http2);

        private final String protocol;
        private final BiFunction<TestSite, String, Device> maker;

        Kind(String protocol, BiFunction<TestSite, String, Device> maker) {
            this.protocol = protocol;
            this.maker = maker;
        }

        /** What every answer must have come over, as ALPN names it. */
        String protocol() {
            return protocol;
        }

        /** A device that speaks only {@code tls}. */
        Device at(TestSite site, String tls) {
            return maker.apply(site, tls);
        }
    }

    /**
     * One request.
     *
     * @param target path and query as they go on the wire
     * @param body   {@code null} for none
     */
    record Call(String method, String target, List<Header> headers, byte @Nullable [] body) {

        /** A header line. */
        record Header(String name, String value) {}

        static Call of(String method, String target) {
            return new Call(method, target, List.of(), null);
        }

        Call with(String name, String value) {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new Call(method, target, more, body);
        }

        Call body(byte[] bytes) {
            return new Call(method, target, headers, bytes);
        }
    }

    /**
     * An answer read to its end.
     *
     * @param protocol as ALPN names it
     * @param headers  the first value of each; names without regard to case
     */
    record Reply(int status, String protocol, TreeMap<String, String> headers, byte[] body) {

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    Reply send(Call call) throws IOException, InterruptedException;

    @Override
    void close();
}
