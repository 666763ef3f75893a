package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.server;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.config.Problems;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import io.sealgate.tls.UpstreamTlsConfig.BundleTrust;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of the gateway's own kinds of key in {@code docs/handshakes.md}, in a handshake with the JDK. */
class PresentedKeysIT {

    private static final Issued DEVICE = client("device").signedBy(CLIENT_ROOT);

    @TempDir
    Path directory;

    static Stream<Arguments> presented() {
        return Stream.of(HandshakeKeyCase.values())
                .filter(row -> row.own().equals("presented"))
                .flatMap(row -> Stream.of(Version.values()).map(version -> Arguments.of(row, version)));
    }

    @ParameterizedTest
    @MethodSource("presented")
    void listenerPresentsIt(HandshakeKeyCase row, Version version) throws Exception {
        Issued certificate = server("localhost").keys(row.keys()).signedBy(SERVER_ROOT);
        Duration timeout = Duration.ofSeconds(10);
        try (ReloadingTls tls = MutualTlsFixture.open(
                        directory,
                        certificate,
                        Version.TLS_1_2,
                        ClientAuthentication.REQUIRE,
                        timeout,
                        InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, DEVICE).echo(server.port(), version.toString());
            assertThat(server.outcome()).isEqualTo("identified");
        }
    }

    @ParameterizedTest
    @MethodSource("presented")
    void originIsPresentedIt(HandshakeKeyCase row, Version version) throws Exception {
        Issued gateway = client("gateway").keys(row.keys()).signedBy(CLIENT_ROOT);
        UpstreamTlsConfig config = new UpstreamTlsConfig(
                new BundleTrust(List.of(Issued.pem(directory.resolve("origins.pem"), SERVER_ROOT.certificate()))),
                gateway.write(directory, "gateway"));
        try (SSLServerSocket origin = origin(version)) {
            CompletableFuture<X509Certificate> seen = CompletableFuture.supplyAsync(() -> shakeHands(origin));
            assertThat(connect(config, origin.getLocalPort())).isTrue();
            assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(gateway.certificate());
        }
    }

    @ParameterizedTest
    @EnumSource
    void checkRefusesWhatCannotBePresented(HandshakeKeyCase row) {
        Issued own = server("localhost").keys(row.keys()).signedBy(SERVER_ROOT);
        Problems problems = new Problems();
        KeyMaterialLoader.load(own.write(directory, "own"), problems, "certificate");
        if (row.own().equals("presented")) {
            assertThat(problems.lines()).isEmpty();
        } else {
            String name = row.title.replaceFirst(" .*", "");
            assertThat(problems.lines()).containsExactly("certificate.key: key: " + name + " (expected: RSA or EC)");
        }
    }

    /** A server of the JDK's that asks for a certificate. */
    private static SSLServerSocket origin(Version version) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", SERVER.key(), new char[0], SERVER.chainArray());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("clients", CLIENT_ROOT.certificate());
        KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
        own.init(keys, new char[0]);
        TrustManagerFactory clients = TrustManagerFactory.getInstance("PKIX");
        clients.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), clients.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        socket.setEnabledProtocols(new String[] {version.toString()});
        return socket;
    }

    private static X509Certificate shakeHands(SSLServerSocket origin) {
        try (SSLSocket socket = (SSLSocket) origin.accept()) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean connect(UpstreamTlsConfig config, int port) throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ReloadingUpstreamTls tls = TestTls.upstream(config)) {
            SslHandler handler = tls.newHandler(UnpooledByteBufAllocator.DEFAULT, "localhost", port);
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(handler)
                    .connect(InetAddress.getLoopbackAddress(), port)
                    .sync()
                    .channel();
            boolean isConnected = handler.handshakeFuture().await().isSuccess();
            channel.close().sync();
            return isConnected;
        } finally {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }
}
