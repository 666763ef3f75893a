package io.sealgate.app.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TLS connection whose TCP connection can be reset beneath it. */
final class TlsSocket implements Wire {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket tcp;
    private final SSLSocket tls;

    private TlsSocket(Socket tcp, SSLSocket tls) {
        this.tcp = tcp;
        this.tls = tls;
    }

    /**
     * Connects and shakes hands.
     *
     * @param receiveBuffer bytes that the kernel may take in unread, or 0 for its own choice
     */
    static TlsSocket connect(SSLContext context, int port, int receiveBuffer, String... applicationProtocols)
            throws IOException {
        Socket tcp = new Socket();
        if (receiveBuffer > 0) {
            tcp.setReceiveBufferSize(receiveBuffer);
        }
        tcp.setSoTimeout((int) PATIENCE.toMillis());
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        tcp.setTcpNoDelay(true);
        return over(tcp, context, applicationProtocols);
    }

    /** Shakes hands on a connection that is there. */
    static TlsSocket over(Socket tcp, SSLContext context, String... applicationProtocols) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols);
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return new TlsSocket(tcp, tls);
    }

    SSLSocket tls() {
        return tls;
    }

    @Override
    public InputStream in() throws IOException {
        return tls.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
        return tls.getOutputStream();
    }

    /** With a FIN and no farewell of TLS. */
    @Override
    public void fin() throws IOException {
        tcp.shutdownOutput();
        tcp.close();
    }

    @Override
    public void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
