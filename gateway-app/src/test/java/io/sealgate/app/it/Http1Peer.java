package io.sealgate.app.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** HTTP/1.1 in hand-written bytes. */
final class Http1Peer implements Peer {

    private static final byte[] CRLF = {'\r', '\n'};

    private final Wire wire;
    private final InputStream in;
    private String host = "localhost";
    private boolean chunked;
    private boolean answerHasBody = true;

    private Http1Peer(Wire wire) throws IOException {
        this.wire = wire;
        in = new BufferedInputStream(wire.in(), 64 * 1024);
    }

    static Http1Peer connect(SSLContext context, int port) throws IOException {
        return connect(context, port, 0);
    }

    /** With at most about {@code receiveBuffer} bytes that the kernel takes in unread. */
    static Http1Peer connect(SSLContext context, int port, int receiveBuffer) throws IOException {
        return new Http1Peer(TlsSocket.connect(context, port, receiveBuffer, "http/1.1"));
    }

    /** On a connection that is there. */
    static Http1Peer over(Wire wire) throws IOException {
        return new Http1Peer(wire);
    }

    /** Says {@code name} in {@code Host} from now on. */
    Http1Peer host(String name) {
        host = name;
        return this;
    }

    /** Sends {@code text} byte for byte. */
    void raw(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends as far as the gateway takes it: one that has answered and gone is not the sender's failure. */
    private void send(byte[] bytes) throws IOException {
        try {
            wire.out().write(bytes);
            wire.out().flush();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException gone) {
            // What the gateway said before it went is for answer() to find.
        }
    }

    @Override
    public void head(String method, String path, Map<String, String> headers, boolean bodyFollows) throws IOException {
        chunked = bodyFollows && !headers.containsKey("content-length");
        answerHasBody = !method.equals("HEAD");
        StringBuilder text = new StringBuilder(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nhost: ")
                .append(host)
                .append("\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (chunked) {
            text.append("transfer-encoding: chunked\r\n");
        }
        raw(text.append("\r\n").toString());
    }

    @Override
    public void partOfHead(String path) throws IOException {
        raw("GET " + path + " HTTP/1.1\r\nhost: local");
    }

    @Override
    public void body(byte[] bytes, boolean last) throws IOException {
        if (!chunked) {
            send(bytes);
            return;
        }
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        if (bytes.length > 0) {
            framed.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            framed.writeBytes(bytes);
            framed.writeBytes(CRLF);
        }
        if (last) {
            framed.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        send(framed.toByteArray());
    }

    /** For requests sent by {@link #raw}: the next answer has no body whatever it announces. */
    void expectBodiless() {
        answerHasBody = false;
    }

    @Override
    public PeerAnswer answer() throws IOException {
        List<Integer> interims = new ArrayList<>();
        try {
            Head head = readHead();
            while (head.status() < 200) {
                interims.add(head.status());
                head = readHead();
            }
            return readBody(interims, head);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException broken) {
            return PeerAnswer.none(interims);
        } finally {
            answerHasBody = true;
        }
    }

    /** Reads an interim or final head without its body and returns its status. */
    int readStatus() throws IOException {
        return readHead().status();
    }

    @Override
    public void awaitBody(int bytes) throws IOException {
        readHead();
        if (in.readNBytes(bytes).length < bytes) {
            throw new EOFException("body: ended early (expected: at least " + bytes + " bytes)");
        }
    }

    @Override
    public boolean endsWithoutAnswer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void abandon() throws IOException {
        wire.fin();
    }

    @Override
    public void reset() throws IOException {
        wire.reset();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private record Head(int status, String version, Map<String, String> headers) {}

    private Head readHead() throws IOException {
        String[] statusLine = readLine().split(" ", 3);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Head(Integer.parseInt(statusLine[1]), statusLine[0], headers);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("line: ended early");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private PeerAnswer readBody(List<Integer> interims, Head head) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole;
        try {
            whole = readBody(head, body);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException broken) {
            whole = false;
        }
        return new PeerAnswer(interims, head.status(), head.headers(), body.toByteArray(), whole);
    }

    /** Returns whether it came to its end (RFC 9112 §6.3, §8). */
    private boolean readBody(Head head, ByteArrayOutputStream body) throws IOException {
        String length = head.headers().get("content-length");
        if (!answerHasBody || head.status() == 204 || head.status() == 304) {
            return true;
        } else if ("chunked".equals(head.headers().get("transfer-encoding"))) {
            return readChunks(head, body);
        } else if (length != null) {
            return read(Long.parseLong(length), body);
        }
        read(Long.MAX_VALUE, body);
        return true;
    }

    private boolean readChunks(Head head, ByteArrayOutputStream body) throws IOException {
        while (true) {
            long size = Long.parseLong(readLine(), 16);
            if (!read(size, body)) {
                return false;
            }
            if (size == 0) {
                readTrailers(head);
                return true;
            }
            readLine();
        }
    }

    private void readTrailers(Head head) throws IOException {
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            head.headers()
                    .put(
                            PeerAnswer.TRAILER + line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).trim());
        }
    }

    private boolean read(long bytes, ByteArrayOutputStream body) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long left = bytes;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                return false;
            }
            body.write(buffer, 0, count);
            left -= count;
        }
        return true;
    }
}
