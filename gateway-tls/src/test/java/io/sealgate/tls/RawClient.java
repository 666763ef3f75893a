package io.sealgate.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A client that presents any certificate in TLS 1.2, whatever it is asked for, and proves none. */
final class RawClient {

    private static final int HANDSHAKE = 22;
    private static final int LARGEST_RECORD = 1 << 14;
    private static final byte[] SERVER_HELLO_DONE = {14, 0, 0, 0};
    private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};

    /** TLS 1.2, ECDHE-ECDSA with AES-128, X25519 and P-256, every usual signature scheme. */
    private static final byte[] HELLO = HexFormat.of()
            .parseHex("0303" + "00".repeat(32) + "00" + "0002c02b" + "0100" + "002b" + "000a00060004001d0017"
                    + "000b00020100" + "000d000e000c040308040401050308060601" + "00170000" + "ff01000100");

    private RawClient() {}

    /** Presents {@code chain}, and gives up if that is let pass: the server learns of an alert then. */
    static void present(int port, List<X509Certificate> chain) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(records(message(1, HELLO)));
            awaitServer(new DataInputStream(socket.getInputStream()));
            try {
                out.write(records(message(11, vector(certificates(chain)))));
                out.write(HANDSHAKE_FAILURE);
                socket.getInputStream().readAllBytes();
            } catch (IOException closed) {
                return; // the server may have seen enough
            }
        }
    }

    private static void awaitServer(DataInputStream in) throws IOException {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        while (!endsWith(messages.toByteArray(), SERVER_HELLO_DONE)) {
            int type = in.readUnsignedByte();
            in.readUnsignedShort();
            messages.writeBytes(in.readNBytes(in.readUnsignedShort()));
            if (type != HANDSHAKE) {
                throw new IOException("record: of type " + type + " (expected: handshake)");
            }
        }
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        int from = bytes.length - end.length;
        return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
    }

    private static byte[] certificates(List<X509Certificate> chain) throws CertificateEncodingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (X509Certificate certificate : chain) {
            out.writeBytes(vector(certificate.getEncoded()));
        }
        return out.toByteArray();
    }

    private static byte[] message(int type, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        out.writeBytes(vector(body));
        return out.toByteArray();
    }

    /** With three bytes for its length. */
    private static byte[] vector(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(content.length >> 16);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] records(byte[] messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < messages.length; at += LARGEST_RECORD) {
            int length = Math.min(LARGEST_RECORD, messages.length - at);
            out.writeBytes(new byte[] {HANDSHAKE, 3, 3, (byte) (length >> 8), (byte) length});
            out.write(messages, at, length);
        }
        return out.toByteArray();
    }
}
