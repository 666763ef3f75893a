package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import io.sealgate.tls.UpstreamTlsConfig.BundleTrust;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTlsIT {

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void originWithTheRightNameOfAKnownCaIsTrusted() throws Exception {
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "bucket.gateway.example", origin.port()))
                    .isNull();
            EchoServer.Success outcome = origin.success();
            assertThat(outcome.tls().protocol()).isEqualTo("TLSv1.3");
            assertThat(outcome.tls().sni()).isEqualTo("bucket.gateway.example");
            assertThat(outcome.protocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void serverNameOfOneLabelIsSentToo() throws Exception {
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "localhost", origin.port()))
                    .isNull();
            assertThat(origin.success().tls().sni()).isEqualTo("localhost");
        }
    }

    @Test
    void dotOfTheRootIsNoPartOfTheName() throws Exception {
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "Bucket.gateway.example.", origin.port()))
                    .isNull();
            assertThat(origin.success().tls().sni()).isEqualTo("bucket.gateway.example");
        }
    }

    @Test
    void originWithAnotherNameIsRefused() throws Exception {
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "bucket.elsewhere.example", origin.port()))
                    .hasStackTraceContaining("bucket.elsewhere.example");
            assertThat(origin.refusal()).isEqualTo(HandshakeRefusal.CLIENT_ALERT);
        }
    }

    @Test
    void originThatIsDialledByAddressMustCarryTheAddress() throws Exception {
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "127.0.0.1", origin.port()))
                    .hasStackTraceContaining("127.0.0.1");
        }
    }

    /** RFC 9525 §6.3: the JDK would still take the common name. */
    @Test
    void originWithItsNameInTheSubjectOnlyIsRefused() throws Exception {
        Issued nameless =
                plain("localhost").purposes(KeyPurposeId.id_kp_serverAuth).signedBy(SERVER_ROOT);
        assertRefused(nameless, "localhost", "a subject alternative name for localhost");
    }

    /** RFC 9525 §6.3: the JDK would let a wildcard stand for a part of a label, or for any label. */
    @ParameterizedTest
    @ValueSource(strings = {"buck*.gateway.example", "*ket.gateway.example", "bucket.*.example"})
    void wildcardForAnythingButTheFirstLabelIsRefused(String name) throws Exception {
        Issued wide = plain("origin")
                .purposes(KeyPurposeId.id_kp_serverAuth)
                .names(new GeneralName(GeneralName.dNSName, name))
                .signedBy(SERVER_ROOT);
        try (ResumingTls tls = new ResumingTls(wide, ClientAuth.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "bucket.gateway.example", origin.port()))
                    .hasStackTraceContaining("bucket.gateway.example");
        }
    }

    @Test
    void originThatIsDialledByAddressIsKnownByIt() throws Exception {
        Issued addressed = plain("origin")
                .purposes(KeyPurposeId.id_kp_serverAuth)
                .names(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
                .signedBy(SERVER_ROOT);
        try (ReloadingTls tls = origin(addressed, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "127.0.0.1", origin.port()))
                    .isNull();
        }
    }

    @Test
    void addressInADnsNameIsNoAddress() throws Exception {
        Issued misnamed = plain("127.0.0.1")
                .purposes(KeyPurposeId.id_kp_serverAuth)
                .names(new GeneralName(GeneralName.dNSName, "127.0.0.1"))
                .signedBy(SERVER_ROOT);
        assertRefused(misnamed, "127.0.0.1", "127.0.0.1");
    }

    private void assertRefused(Issued certificate, String host, String message) throws Exception {
        try (ReloadingTls tls = origin(certificate, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), host, origin.port()))
                    .hasStackTraceContaining(message);
            assertThat(origin.refusal()).isEqualTo(HandshakeRefusal.CLIENT_ALERT);
        }
    }

    /** Under a private CA the JDK itself would take them. */
    static Stream<Arguments> weakOrigins() {
        Issued sha1 = authority("Middle").signature("SHA1withECDSA").signedBy(SERVER_ROOT);
        Issued rsa = authority("RSA Middle").keys(rsa(2048)).signedBy(SERVER_ROOT);
        return Stream.of(
                Arguments.of(server("localhost").keys(rsa(1024)).signedBy(SERVER_ROOT), "RSA key of 1024 bits"),
                Arguments.of(server("localhost").signature("SHA1withECDSA").signedBy(SERVER_ROOT), "SHA1withECDSA"),
                Arguments.of(server("localhost").signature("SHA1withRSAandMGF1").signedBy(rsa), "RSASSA-PSS"),
                Arguments.of(server("localhost").signedBy(sha1), "CN=Middle: SHA1withECDSA"));
    }

    @ParameterizedTest
    @MethodSource("weakOrigins")
    void originWithAWeakCertificateIsRefused(Issued certificate, String message) throws Exception {
        try (ResumingTls tls = new ResumingTls(certificate, ClientAuth.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "localhost", origin.port()))
                    .hasStackTraceContaining(message);
        }
    }

    static Stream<Issued> strongOrigins() {
        Issued rsa = authority("RSA Middle").keys(rsa(2048)).signedBy(SERVER_ROOT);
        return Stream.of(
                server("localhost").signature("SHA256withRSAandMGF1").signedBy(rsa),
                server("localhost")
                        .keys(ec("secp384r1"))
                        .signature("SHA512withRSA")
                        .signedBy(rsa));
    }

    @ParameterizedTest
    @MethodSource("strongOrigins")
    void originWithAStrongCertificateIsTrusted(Issued certificate) throws Exception {
        try (ResumingTls tls = new ResumingTls(certificate, ClientAuth.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "localhost", origin.port()))
                    .isNull();
        }
    }

    /** What a CA says of itself is proved by the operator, not by its signature. */
    @Test
    void rootSignedWithSha1IsTrusted() throws Exception {
        Issued old = authority("Old Root").signature("SHA1withECDSA").selfSigned();
        Issued certificate = server("localhost").signedBy(old);
        try (ReloadingTls tls = origin(certificate, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(old, null), "localhost", origin.port())).isNull();
        }
    }

    @Test
    void originOfUnknownCaIsRefused() throws Exception {
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(root("Stranger"), null), "localhost", origin.port()))
                    .hasStackTraceContaining("unable to find valid certification path");
        }
    }

    @Test
    void privateCaIsNotTrustedByTheSystem() throws Exception {
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(UpstreamTlsConfig.defaults(), "localhost", origin.port()))
                    .hasStackTraceContaining("unable to find valid certification path");
        }
    }

    @Test
    void clientCertificateIsNoServers() throws Exception {
        Issued impostor = client("localhost").dnsNames("localhost").signedBy(SERVER_ROOT);
        try (ReloadingTls tls = origin(impostor, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "localhost", origin.port()))
                    .hasStackTraceContaining("Extended key usage");
        }
    }

    @Test
    void gatewayPresentsItsCertificateToAnOriginThatAsks() throws Exception {
        Issued gateway = client("gateway").signedBy(CLIENT_ROOT);
        try (ReloadingTls tls = origin(SERVER, ClientAuthentication.REQUIRE);
                EchoServer origin = EchoServer.start(tls)) {
            UpstreamTlsConfig config = trusting(SERVER_ROOT, gateway.write(directory, "gateway"));
            assertThat(failure(config, "localhost", origin.port())).isNull();
            assertThat(origin.success().identity())
                    .isInstanceOfSatisfying(
                            ClientIdentity.Certified.class,
                            identity -> assertThat(identity.commonName()).isEqualTo("gateway"));
        }
    }

    @Test
    void originWithRsaCertificateIsTrusted() throws Exception {
        Issued rsa = server("localhost").keys(rsa(2048)).signedBy(SERVER_ROOT);
        try (ReloadingTls tls = origin(rsa, ClientAuthentication.NONE);
                EchoServer origin = EchoServer.start(tls)) {
            assertThat(failure(trusting(SERVER_ROOT, null), "localhost", origin.port()))
                    .isNull();
        }
    }

    @Test
    void everyConnectionIsVerifiedEvenIfTheOriginWouldResume() throws Exception {
        CertificateConfig gateway = client("gateway").signedBy(CLIENT_ROOT).write(directory, "gateway");
        try (ResumingTls tls = new ResumingTls();
                EchoServer origin = EchoServer.start(tls);
                ReloadingUpstreamTls upstream = TestTls.upstream(trusting(SERVER_ROOT, gateway))) {
            echo(upstream, origin.port());
            echo(upstream, origin.port());
            assertThat(List.of(origin.success().resumed(), origin.success().resumed()))
                    .containsOnly(false);
        }
    }

    @Test
    void noHandlerIsHandedOutAfterClosing() throws Exception {
        ReloadingUpstreamTls tls = TestTls.upstream(UpstreamTlsConfig.defaults());
        tls.close();
        assertThatThrownBy(() -> tls.newHandler(UnpooledByteBufAllocator.DEFAULT, "localhost", 443))
                .isInstanceOf(IllegalStateException.class);
    }

    private ReloadingTls origin(Issued certificate, ClientAuthentication clientAuth) throws TlsMaterialException {
        return MutualTlsFixture.open(
                directory, certificate, Version.TLS_1_2, clientAuth, Duration.ofSeconds(10), InstantSource.system());
    }

    private UpstreamTlsConfig trusting(Issued root, @Nullable CertificateConfig certificate) {
        Path bundle = Issued.pem(directory.resolve("origins.pem"), root.certificate());
        return new UpstreamTlsConfig(new BundleTrust(List.of(bundle)), certificate);
    }

    /** What went wrong with a handshake, null if nothing did. */
    private @Nullable Throwable failure(UpstreamTlsConfig config, String host, int port) throws Exception {
        try (ReloadingUpstreamTls tls = TestTls.upstream(config)) {
            SslHandler handler = tls.newHandler(UnpooledByteBufAllocator.DEFAULT, host, port);
            Channel channel = connect(port, handler);
            try {
                handler.handshakeFuture().await();
                return handler.handshakeFuture().cause();
            } finally {
                channel.close().syncUninterruptibly();
            }
        }
    }

    /** Shakes hands and waits for an echo, before which any ticket has arrived. */
    private void echo(ReloadingUpstreamTls tls, int port) throws Exception {
        CountDownLatch echoed = new CountDownLatch(1);
        SslHandler handler = tls.newHandler(UnpooledByteBufAllocator.DEFAULT, "localhost", port);
        Channel channel = connect(port, handler, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
                echoed.countDown();
            }
        });
        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'x'})).sync();
        assertThat(echoed.await(20, TimeUnit.SECONDS)).isTrue();
        channel.close().syncUninterruptibly();
    }

    private Channel connect(int port, ChannelHandler... handlers) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
    }
}
