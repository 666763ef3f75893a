package io.sealgate.app.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * HTTP/2 in hand-made frames (RFC 9113), one stream at a time. Frames are read only while this client waits for something;
 * what it grants the gateway to send is decided once, at the start.
 */
final class Http2Peer implements Peer {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 0x1;
    private static final int ACK = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int HEADER_TABLE_SIZE = 1;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int DEFAULT_WINDOW = 65_535;
    private static final int FRAME_HEADER = 9;
    private static final int FRAME_SIZE = 16 * 1024;
    private static final int AMPLE_WINDOW = 64 * 1024 * 1024;

    private final TlsSocket socket;
    private final DataInputStream in;
    private int stream = -1;
    private long connectionCredit = DEFAULT_WINDOW;
    private long initialCredit = DEFAULT_WINDOW;
    private long streamCredit;
    private boolean goneAway;
    private boolean ended;
    private boolean broken;
    private boolean refused;
    private List<Integer> interims = new ArrayList<>();
    private Map<String, String> fields = Map.of();
    private ByteArrayOutputStream received = new ByteArrayOutputStream();

    private Http2Peer(TlsSocket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.tls().getInputStream());
    }

    static Http2Peer connect(SSLContext context, int port) throws IOException {
        return connect(context, port, AMPLE_WINDOW);
    }

    /** Lets the gateway send {@code window} bytes on each stream, and never more. */
    static Http2Peer connect(SSLContext context, int port, int window) throws IOException {
        return over(TlsSocket.connect(context, port, 0, "h2"), window);
    }

    /** On a connection that is there. */
    static Http2Peer over(TlsSocket socket) throws IOException {
        return over(socket, AMPLE_WINDOW);
    }

    private static Http2Peer over(TlsSocket socket, int window) throws IOException {
        Http2Peer peer = new Http2Peer(socket);
        peer.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer settings = ByteBuffer.allocate(12);
        settings.putShort((short) HEADER_TABLE_SIZE).putInt(0);
        settings.putShort((short) INITIAL_WINDOW_SIZE).putInt(window);
        peer.frame(SETTINGS, 0, 0, settings.array());
        peer.frame(WINDOW_UPDATE, 0, 0, intBytes(AMPLE_WINDOW));
        peer.awaitSettings();
        return peer;
    }

    private void awaitSettings() throws IOException {
        int type;
        do {
            type = readFrame();
        } while (type != SETTINGS);
    }

    /** Whether the gateway has said GOAWAY. */
    boolean isGoneAway() {
        return goneAway;
    }

    /** Reads until the gateway says GOAWAY. */
    void awaitGoAway() throws IOException {
        while (!goneAway) {
            readFrame();
        }
    }

    /** Sends the end of the body and gives the request up, in one flight. */
    void lastBodyThenAbandon(byte[] bytes) throws IOException {
        ByteBuffer flight = ByteBuffer.allocate(2 * FRAME_HEADER + bytes.length + Integer.BYTES);
        flight.put(encoded(DATA, END_STREAM, stream, bytes)).put(encoded(RST_STREAM, 0, stream, intBytes(8)));
        send(flight.array());
    }

    /** Sends a frame as it is. */
    void frame(int type, int flags, int streamId, byte[] payload) throws IOException {
        send(encoded(type, flags, streamId, payload));
    }

    private static byte[] encoded(int type, int flags, int streamId, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + payload.length);
        frame.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(streamId).put(payload);
        return frame.array();
    }

    private void send(byte[] bytes) throws IOException {
        try {
            socket.tls().getOutputStream().write(bytes);
            socket.tls().getOutputStream().flush();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException gone) {
            refused = true;
        }
    }

    @Override
    public void head(String method, String path, Map<String, String> headers, boolean bodyFollows) throws IOException {
        boolean hasBody =
                bodyFollows || !headers.getOrDefault("content-length", "0").equals("0");
        begin();
        frame(HEADERS, END_HEADERS | (hasBody ? 0 : END_STREAM), stream, Hpack.encode(fields(method, path, headers)));
    }

    @Override
    public void partOfHead(String path) throws IOException {
        begin();
        frame(HEADERS, END_STREAM, stream, Hpack.encode(fields("GET", path, Map.of())));
    }

    private void begin() {
        stream += 2;
        streamCredit = initialCredit;
        ended = false;
        broken = false;
        refused = false;
        interims = new ArrayList<>();
        fields = Map.of();
        received = new ByteArrayOutputStream();
    }

    private static Map<String, String> fields(String method, String path, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(":method", method);
        all.put(":scheme", "https");
        all.put(":authority", "localhost");
        all.put(":path", path);
        all.putAll(headers);
        return all;
    }

    @Override
    public void body(byte[] bytes, boolean last) throws IOException {
        int sent = 0;
        while (sent < bytes.length) {
            int size = Math.min(bytes.length - sent, FRAME_SIZE);
            if (!awaitCredit(size)) {
                return;
            }
            boolean end = last && sent + size == bytes.length;
            frame(DATA, end ? END_STREAM : 0, stream, Arrays.copyOfRange(bytes, sent, sent + size));
            sent += size;
            streamCredit -= size;
            connectionCredit -= size;
        }
        if (bytes.length == 0 && last) {
            frame(DATA, END_STREAM, stream, bytes);
        }
    }

    /** False if the gateway wants no more. */
    private boolean awaitCredit(int bytes) throws IOException {
        try {
            while (!refused && (streamCredit < bytes || connectionCredit < bytes)) {
                readFrame();
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException gone) {
            refused = true;
        }
        return !refused;
    }

    @Override
    public PeerAnswer answer() throws IOException {
        boolean whole = true;
        try {
            while (!ended) {
                readFrame();
            }
            whole = !broken;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException gone) {
            whole = false;
        }
        int status = Integer.parseInt(fields.getOrDefault(":status", "0"));
        return new PeerAnswer(interims, status, fields, received.toByteArray(), whole && status > 0);
    }

    @Override
    public void awaitBody(int bytes) throws IOException {
        while (received.size() < bytes && !ended) {
            readFrame();
        }
    }

    @Override
    public boolean endsWithoutAnswer() throws IOException {
        try {
            while (true) {
                readFrame();
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    /** Reads one frame, acts on it, and returns its type. */
    private int readFrame() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int id = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("frame: ended early");
        }
        switch (type) {
            case SETTINGS -> settings(flags, payload);
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(PING, ACK, 0, payload);
                }
            }
            case GOAWAY -> goneAway = true;
            case WINDOW_UPDATE -> credit(id, ByteBuffer.wrap(payload).getInt());
            default -> {
                if (id == stream) {
                    onStream(type, flags, payload);
                }
            }
        }
        return type;
    }

    private void settings(int flags, byte[] payload) throws IOException {
        if ((flags & ACK) != 0) {
            return;
        }
        for (ByteBuffer each = ByteBuffer.wrap(payload); each.hasRemaining(); ) {
            int setting = each.getShort();
            int value = each.getInt();
            if (setting == INITIAL_WINDOW_SIZE) {
                initialCredit = value;
            }
        }
        frame(SETTINGS, ACK, 0, new byte[0]);
    }

    private void credit(int id, int bytes) {
        if (id == 0) {
            connectionCredit += bytes;
        } else if (id == stream) {
            streamCredit += bytes;
        }
    }

    private void onStream(int type, int flags, byte[] payload) {
        if (type == HEADERS) {
            Map<String, String> head = Hpack.decode(payload);
            int status = Integer.parseInt(head.getOrDefault(":status", "0"));
            if (status >= 100 && status < 200) {
                interims.add(status);
                return;
            }
            if (head.containsKey(":status")) {
                fields = head;
            } else {
                head.forEach((name, value) -> fields.put(PeerAnswer.TRAILER + name, value));
            }
        } else if (type == DATA) {
            received.writeBytes(payload);
        } else if (type == RST_STREAM) {
            broken |= !ended;
            refused = true;
            ended = true;
        }
        if (type != RST_STREAM && (flags & END_STREAM) != 0) {
            ended = true;
        }
    }

    private static byte[] intBytes(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    @Override
    public void abandon() throws IOException {
        frame(RST_STREAM, 0, stream, intBytes(8));
    }

    @Override
    public void reset() throws IOException {
        socket.reset();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
