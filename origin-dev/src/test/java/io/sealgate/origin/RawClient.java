package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** One connection that says exactly what it is told to and sees exactly what comes back. */
final class RawClient implements AutoCloseable {
    /** How an answer came to its end. */
    enum Ending {
        COMPLETE,
        CLOSED,
        RESET,
        SILENCE
    }

    /** @param status 0 if there was no final answer */
    record Reply(List<Integer> interims, int status, Headers headers, String bodyText, Ending ending) {
        byte[] bytes() {
            return bodyText.getBytes(ISO_8859_1);
        }

        String text() {
            return new String(bytes(), UTF_8);
        }

        String header(String name) {
            return headers.first(name).orElse("(none)");
        }
    }

    private static final int PATIENCE_MILLIS = 5_000;

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient connect(CosOrigin origin) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), origin.port()));
    }

    static RawClient over(Socket connected) throws IOException {
        return new RawClient(connected);
    }

    RawClient patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a whole request. Header lines are {@code Name: value}; Host and Content-Length are added if absent. */
    Reply request(String method, String target, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\n");
        String lines = String.join("\r\n", headers);
        head.append(lines).append(lines.isEmpty() ? "" : "\r\n");
        if (!lines.contains("Host:")) {
            head.append("Host: localhost\r\n");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        send(head.append("\r\n").toString());
        if (body.length > 0) {
            send(body);
        }
        return receive(method);
    }

    Reply request(String method, String target, String... headers) throws IOException {
        return request(method, target, new byte[0], headers);
    }

    Reply receive(String method) throws IOException {
        List<Integer> interims = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status = 0;
        Headers headers = Headers.none();
        Ending ending = Ending.COMPLETE;
        try {
            status = status(line());
            headers = headers();
            while (status < 200) {
                interims.add(status);
                status = 0;
                status = status(line());
                headers = headers();
            }
            if (!method.equals("HEAD") && status != 204 && status != 304) {
                body(headers, body);
            }
        } catch (SocketTimeoutException nothingMore) {
            ending = Ending.SILENCE;
        } catch (EOFException ended) {
            ending = Ending.CLOSED;
        } catch (SocketException broken) {
            ending = Ending.RESET;
        }
        return new Reply(interims, status, headers, body.toString(ISO_8859_1), ending);
    }

    /** Whether the peer closes now, without another byte. */
    boolean closedByPeer() throws IOException {
        return in.read() < 0;
    }

    private static int status(String line) {
        return Integer.parseInt(line.split(" ")[1]);
    }

    private Headers headers() throws IOException {
        Headers headers = Headers.none();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": ?", 2);
            headers = headers.and(header[0], header[1]);
        }
        return headers;
    }

    private void body(Headers headers, ByteArrayOutputStream body) throws IOException {
        if (headers.contains("Transfer-Encoding")) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                copy(size, body);
                line();
            }
            line();
        } else {
            copy(Long.parseLong(headers.first("Content-Length").orElse("0")), body);
        }
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private void copy(long count, ByteArrayOutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = count; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
