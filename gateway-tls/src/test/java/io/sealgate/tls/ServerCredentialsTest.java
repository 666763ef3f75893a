package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who holds the credentials of a listener, and for how long. */
class ServerCredentialsTest {

    private static final Issued EC = server("gw.example").signedBy(SERVER_ROOT);
    private static final Issued RSA = server("gw.example").keys(rsa(2048)).signedBy(SERVER_ROOT);

    @Test
    void closingTheContextReleasesWhatNoHandshakeNeeds() throws Exception {
        ServerCredentials credentials = ServerCredentials.of(certificates(), NOW);
        ServerTlsContext context = ServerTlsContext.open(credentials, UnaryOperator.identity());
        context.close();
        context.close();
        assertThat(credentials.refCnt()).isZero();
    }

    @Test
    void handshakeHoldsThemUntilItEnds() throws Exception {
        ServerCredentials credentials = ServerCredentials.of(certificates(), NOW);
        ServerTlsContext context = ServerTlsContext.open(credentials, UnaryOperator.identity());
        EmbeddedChannel channel = new EmbeddedChannel(context.newHandler(UnpooledByteBufAllocator.DEFAULT, null));
        context.close();
        assertThat(credentials.refCnt()).isEqualTo(1);
        channel.close();
        assertThat(credentials.refCnt()).isZero();
    }

    @Test
    void contextThatCannotBeMadeReleasesThem() throws Exception {
        ServerCredentials credentials = ServerCredentials.of(certificates(), NOW);
        assertThatThrownBy(() -> ServerTlsContext.open(
                        credentials, builder -> builder.ciphers(List.of("TLS_NULL_WITH_NULL_NULL"))))
                .isInstanceOf(Exception.class);
        assertThat(credentials.refCnt()).isZero();
    }

    @Test
    void noHandlerIsMadeAfterTheEnd() throws Exception {
        ServerTlsContext context =
                ServerTlsContext.open(ServerCredentials.of(certificates(), NOW), UnaryOperator.identity());
        context.close();
        assertThatThrownBy(() -> context.newHandler(UnpooledByteBufAllocator.DEFAULT, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("released");
    }

    @Test
    void nothingIsOfferedAfterTheEnd() throws Exception {
        ServerCredentials credentials = ServerCredentials.of(certificates(), NOW);
        credentials.release();
        assertThatThrownBy(() -> credentials.offer(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keyThatBoringSslRefusesIsNotQuoted() {
        KeyMaterial mismatched = new KeyMaterial(RSA.key(), EC.chain());
        assertThatThrownBy(() -> NativeCredential.of(mismatched))
                .isInstanceOf(TlsMaterialException.class)
                .hasNoCause()
                .satisfies(e -> assertThat(printed(e))
                        .contains("certificate: CN=gw.example, refused by BoringSSL")
                        .doesNotContain(
                                Base64.getEncoder().encodeToString(RSA.key().getEncoded())));
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static ServerCertificates certificates() {
        return new ServerCertificates(List.of(certificate(EC), certificate(RSA)));
    }

    private static ServerCertificate certificate(Issued issued) {
        return new ServerCertificate(new KeyMaterial(issued.key(), issued.chain()), List.of("gw.example"));
    }
}
