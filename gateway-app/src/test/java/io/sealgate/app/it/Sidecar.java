package io.sealgate.app.it;

import io.sealgate.app.GatewayAssembly;
import io.sealgate.app.RunningGateway;
import io.sealgate.app.config.ConfigLoader;
import io.sealgate.app.config.ConfigSource;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A gateway beside an application: plain on loopback and on a unix socket, with mutual TLS to the gateway at the edge. */
final class Sidecar implements AutoCloseable {

    /** Whom the pod's certificate is for. */
    static final String POD = "uploader";

    private final RunningGateway gateway;
    private final Path socket;

    private Sidecar(RunningGateway gateway, Path socket) {
        this.gateway = gateway;
        this.socket = socket;
    }

    /** How it gets on with the edge. */
    enum Auth {
        /** Whatever signature the application makes, or none, goes on. */
        FORWARD("auth: forward"),
        /** It signs with the key that the origin accepts. */
        SIGN("auth: sign\n    credentials: {type: static, secret-id: 'file:cos-id', secret-key: 'file:cos-key'}");

        private final String lines;

        Auth(String lines) {
            this.lines = lines;
        }
    }

    /** With a certificate of the CA that the edge trusts. */
    static Sidecar of(TestSite edge, Auth auth, Path directory) throws Exception {
        return of(edge, edge.port(), auth, edge.authority().issue(CertificateSpec.client(POD)), directory);
    }

    /** With this certificate, before an edge on that port whose certificate is of the CA of {@code site}. */
    static Sidecar of(TestSite site, int port, Auth auth, IssuedCertificate pod, Path directory) throws Exception {
        Files.writeString(directory.resolve("pod.pem"), pod.chainPem());
        Files.writeString(directory.resolve("pod.key"), pod.keyPem());
        return start(site, port, auth, directory, ", certificate: {chain: pod.pem, key: pod.key}");
    }

    /** Without a certificate of its own. */
    static Sidecar ofNobody(TestSite edge, Path directory) throws Exception {
        return start(edge, edge.port(), Auth.FORWARD, directory, "");
    }

    private static Sidecar start(TestSite edge, int port, Auth auth, Path directory, String certificate)
            throws Exception {
        Files.writeString(
                directory.resolve("edge-ca.pem"),
                Pem.certificate(edge.authority().rootCertificate()));
        Files.writeString(directory.resolve("cos-id"), TestSite.SECRET_ID);
        Files.writeString(directory.resolve("cos-key"), TestSite.SECRET_KEY);
        Path file = Files.writeString(directory.resolve("sealgate.yaml"), """
                version: 1
                listeners:
                  - {name: loopback, bind: '127.0.0.1:0', tls: none}
                  - {name: socket, bind: 'unix:app.sock', tls: none}
                origins:
                  - name: edge
                    bucket: %s
                    region: %s
                    endpoint: https://localhost:%d
                    tls: {trust: [edge-ca.pem]%s}
                    %s
                routes:
                  - name: everything
                    clients: {anonymous: allow}
                    origin: edge
                    operations: [all]
                management: {bind: '127.0.0.1:0'}
                runtime: {event-loops: 1}
                """.formatted(
                        TestSite.BUCKET, TestSite.REGION, port, certificate, auth.lines));
        ConfigSource source = ConfigSource.read(file.toString(), InputStream.nullInputStream());
        return new Sidecar(
                GatewayAssembly.start(
                        new ConfigLoader(System::getenv).load(source).config()),
                directory.resolve("app.sock"));
    }

    /** Where applications connect. */
    int port() {
        return gateway.address("loopback").getPort();
    }

    /** An application that asks for the bucket's own host, over loopback. */
    Http1Peer overLoopback() throws IOException {
        return Http1Peer.over(PlainWire.tcp(port())).host(TestSite.BUCKET_HOST);
    }

    /** The same over the unix socket. */
    Http1Peer overUnixSocket() throws IOException {
        return Http1Peer.over(PlainWire.unix(socket)).host(TestSite.BUCKET_HOST);
    }

    /** Where the gateway says how it is. */
    int managementPort() {
        return gateway.managementAddress().getPort();
    }

    /** As {@link Ground#metric}. */
    double metric(String metric, String... labels) throws IOException {
        return Ground.metric(gateway, metric, labels);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
