package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.tls.UpstreamTlsConfig.BundleTrust;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Towards an origin nobody proves a key by a signature over SHA-1 either. OpenSSL's server is the one that would. */
class OriginSignaturesIT {

    private static final KeyPair KEYS = rsa(2048);
    private static final String[] LAX = {"-tls1_2", "-cipher", "DEFAULT@SECLEVEL=0"};

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @TempDir
    Path directory;

    @BeforeEach
    void openssl() throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "openssl is not installed: its s_server cannot be tried");
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void originThatSignsWithSha1IsRefused() throws Exception {
        assertThat(failure("-sigalgs", "RSA+SHA1"))
                .hasMessage("ServerKeyExchange: signature scheme 0x0201 (expected: SHA-256 or better)");
    }

    @Test
    void originThatSignsWithSha256IsTrusted() throws Exception {
        assertThat(failure("-sigalgs", "RSA+SHA256")).isNull();
    }

    @Test
    void originThatSignsWithPssIsTrusted() throws Exception {
        assertThat(failure("-sigalgs", "RSA-PSS+SHA512")).isNull();
    }

    @Test
    void gatewaySignsNothingWithSha1ForAnOrigin() throws Exception {
        assertThat(failure("-Verify", "1", "-client_sigalgs", "RSA+SHA1"))
                .hasMessage("CertificateVerify: signature scheme 0x0201 (expected: SHA-256 or better)");
    }

    @Test
    void gatewayProvesItsKeyWithSha256() throws Exception {
        assertThat(failure("-Verify", "1", "-client_sigalgs", "RSA+SHA256")).isNull();
    }

    /** What went wrong with a handshake, null if nothing did. */
    private @Nullable Throwable failure(String... arguments) throws Exception {
        CertificateConfig own =
                client("gateway").keys(KEYS).signedBy(CLIENT_ROOT).write(directory, "gateway");
        Path bundle = Issued.pem(directory.resolve("origins.pem"), SERVER_ROOT.certificate());
        UpstreamTlsConfig config = new UpstreamTlsConfig(new BundleTrust(List.of(bundle)), own);
        Process origin = origin(arguments);
        try (ReloadingUpstreamTls tls = TestTls.upstream(config)) {
            CompletableFuture<SslHandler> handler = new CompletableFuture<>();
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connecting) {
                            handler.complete(tls.secure(connecting.pipeline(), "localhost", 443));
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), port(origin))
                    .sync()
                    .channel();
            try {
                assertThat(handler.join().handshakeFuture().await(20, TimeUnit.SECONDS))
                        .isTrue();
                return handler.join().handshakeFuture().cause();
            } finally {
                channel.close().syncUninterruptibly();
            }
        } finally {
            origin.destroyForcibly().waitFor();
        }
    }

    private Process origin(String... arguments) throws IOException {
        CertificateConfig certificate =
                server("localhost").keys(KEYS).signedBy(SERVER_ROOT).write(directory, "origin");
        Path clients = Issued.pem(directory.resolve("clients.pem"), CLIENT_ROOT.certificate());
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert"));
        command.addAll(
                List.of(String.valueOf(certificate.chain()), "-key", String.valueOf(certificate.key()), "-CAfile"));
        command.add(clients.toString());
        command.addAll(List.of(LAX));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Which it was given, as it prints: {@code ACCEPT 127.0.0.1:40123}. */
    private static int port(Process origin) throws IOException {
        BufferedReader out = origin.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ACCEPT")) {
                return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
            }
        }
        throw new IOException("openssl s_server: ended (expected: ACCEPT)");
    }
}
