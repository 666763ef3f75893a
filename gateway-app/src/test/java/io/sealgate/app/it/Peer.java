package io.sealgate.app.it;

import java.io.IOException;
import java.util.Map;

/**
 * A client made by hand, so that it can do what no client library would. Serves one request at a time. Every wait is bounded;
 * a connection that the gateway ends is no error here but part of the {@link PeerAnswer}. Not thread-safe.
 */
interface Peer extends AutoCloseable {

    /** Sends a whole head. A body follows if there is a {@code content-length} above zero or {@code bodyFollows}. */
    void head(String method, String path, Map<String, String> headers, boolean bodyFollows) throws IOException;

    /** Sends a head that does not end yet. */
    void partOfHead(String path) throws IOException;

    /** Sends a piece of the body, as far as the gateway takes it. */
    void body(byte[] bytes, boolean last) throws IOException;

    /** Waits for the answer and reads it to its end, whatever the end is. */
    PeerAnswer answer() throws IOException;

    /** Waits for the final answer's head and for at least {@code bytes} of its body, and reads no further. */
    void awaitBody(int bytes) throws IOException;

    /** Whether the gateway ends the connection, in whatever way, without sending another answer. Waits for it. */
    boolean endsWithoutAnswer() throws IOException;

    /** Gives the request up in the protocol's own way: a FIN, or RST_STREAM. */
    void abandon() throws IOException;

    /** Ends the connection with a TCP reset. */
    void reset() throws IOException;

    /** A whole request and its answer. */
    default PeerAnswer exchange(String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        head(method, path, headers, body.length > 0);
        if (body.length > 0) {
            body(body, true);
        }
        return answer();
    }

    default PeerAnswer get(String path) throws IOException {
        return exchange("GET", path, Map.of(), new byte[0]);
    }

    @Override
    void close() throws IOException;
}
