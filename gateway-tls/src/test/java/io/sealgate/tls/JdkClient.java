package io.sealgate.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A client with the JDK's own TLS. Presents its certificate whatever CAs the server names; remembers sessions over connections. */
final class JdkClient {

    private final SSLContext context;

    private JdkClient(SSLContext context) {
        this.context = context;
    }

    /** Trusts {@code root}; {@code identity} null for no certificate. */
    static JdkClient of(Issued root, @Nullable Issued identity) throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("root", root.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = identity == null ? new KeyManager[0] : new KeyManager[] {new Stubborn(identity)};
        context.init(keys, factory.getTrustManagers(), null);
        return new JdkClient(context);
    }

    /** A socket that has yet to shake hands. */
    SSLSocket open(int port) throws IOException {
        Socket plain = new Persistent();
        plain.setTcpNoDelay(true); // the JDK writes its flight in pieces, and each would wait for an acknowledgement
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Shakes hands, and in TLS 1.3 does not learn the server's verdict yet. */
    SSLSocket connect(int port, String protocol) throws IOException {
        SSLSocket socket = open(port);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    /** Shakes hands, sends a byte, gets it back. */
    void echo(int port, String protocol) throws IOException {
        try (SSLSocket socket = connect(port, protocol)) {
            echo(socket);
        }
    }

    static void echo(SSLSocket socket) throws IOException {
        socket.getOutputStream().write('x');
        if (socket.getInputStream().read() != 'x') {
            throw new IOException("echo: another byte (expected: x)");
        }
    }

    /** Shakes hands and waits for what the server has to say about it, without sending anything that could cross its alert. */
    void listen(int port, String protocol) throws IOException {
        try (SSLSocket socket = connect(port, protocol)) {
            int read = socket.getInputStream().read();
            throw new IOException("read: " + read + " (expected: an alert)");
        }
    }

    /**
     * Overlooks failed writes. The server closes as soon as it has refused a certificate, while the JDK, which writes its
     * flight in pieces, would give up over a broken pipe and never read the alert that is there to be read.
     */
    private static final class Persistent extends Socket {

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    try {
                        out.write(bytes, offset, length);
                    } catch (IOException e) {
                        return; // what the server said before it hung up comes from reading
                    }
                }
            };
        }
    }

    private static final class Stubborn extends X509ExtendedKeyManager {

        private static final String ALIAS = "only";
        private final Issued identity;

        Stubborn(Issued identity) {
            this.identity = identity;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.chainArray();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }
    }
}
