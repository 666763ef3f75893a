package io.sealgate.app.it;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A TCP connection as a load balancer makes it: with a PROXY header in front of the first bytes that its user sends. */
final class BalancerSocket extends Socket {

    /** The client that the headers here speak of. */
    static final String CLIENT = "192.0.2.9";

    static final String CLIENT_6 = "2001:db8::9";
    static final int CLIENT_PORT = 54_321;

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String IPV4 = "c0000209c6336401d43120fb";
    private static final String IPV6 = "20010db8000000000000000000000009" + "20010db8000000000000000000000001d43120fb";

    private final byte[] header;
    private final Delivery delivery;
    private boolean sent;

    private BalancerSocket(byte[] header, Delivery delivery) {
        this.header = header;
        this.delivery = delivery;
    }

    /** How the header is put on the wire. */
    enum Delivery {
        /** Before anything else. */
        ALONE,
        /** In one piece with the first bytes behind it. */
        TOGETHER,
        /** Byte by byte, the first bytes behind it as well. */
        TRICKLED
    }

    /** Headers that speak of {@link #CLIENT} or {@link #CLIENT_6}. */
    enum Header {
        V1_IPV4(text("PROXY TCP4 192.0.2.9 198.51.100.1 54321 8443\r\n"), CLIENT),
        V1_IPV6(text("PROXY TCP6 2001:db8::9 2001:db8::1 54321 8443\r\n"), CLIENT_6),
        V2_IPV4(binary("2111000c" + IPV4), CLIENT),
        V2_IPV4_WITH_RECORDS(binary("21110014" + IPV4 + "02000573746f7265"), CLIENT),
        V2_IPV6(binary("21210024" + IPV6), CLIENT_6);

        private final byte[] bytes;
        private final String client;

        Header(byte[] bytes, String client) {
            this.bytes = bytes;
            this.client = client;
        }

        byte[] bytes() {
            return bytes.clone();
        }

        String client() {
            return client;
        }
    }

    static byte[] text(String header) {
        return header.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Version 2, from the byte behind its signature on. */
    static byte[] binary(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex);
    }

    static BalancerSocket connect(int port, byte[] header, Delivery delivery) throws IOException {
        BalancerSocket socket = new BalancerSocket(header, delivery);
        socket.setSoTimeout((int) TlsSocket.PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        if (delivery == Delivery.ALONE) {
            socket.getOutputStream().write(new byte[0]);
        }
        return socket;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (sent) {
                    out.write(bytes, offset, length);
                    return;
                }
                sent = true;
                byte[] first = new byte[header.length + length];
                System.arraycopy(header, 0, first, 0, header.length);
                System.arraycopy(bytes, offset, first, header.length, length);
                send(first);
            }

            private void send(byte[] first) throws IOException {
                for (int i = 0; i < first.length && delivery == Delivery.TRICKLED; i++) {
                    out.write(first, i, 1);
                }
                if (delivery != Delivery.TRICKLED) {
                    out.write(first);
                }
            }
        };
    }
}
