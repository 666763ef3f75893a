package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody proves a key by a signature over SHA-1, neither a client nor the gateway. OpenSSL's client is the one
 * that still would.
 */
class HandshakeSignaturesIT {

    private static final String[] SHA_1 = {"-tls1_2", "-client_sigalgs", "RSA+SHA1", "-cipher", "DEFAULT@SECLEVEL=0"};
    private static final byte[] CHANGE_CIPHER_SPEC = {20, 3, 3, 0, 1, 1};

    @TempDir
    Path directory;

    @Test
    void clientThatSignsWithSha1IsRefused() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            String output = openssl().connect(server.port(), SHA_1);
            assertThat(server.outcome()).isEqualTo("weak-algorithm");
            assertThat(output).contains("alert handshake failure");
        }
    }

    @Test
    void clientThatSignsWithSha256IsIdentified() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            openssl().connect(server.port(), "-tls1_2", "-client_sigalgs", "RSA+SHA256");
            assertThat(server.outcome()).isEqualTo("identified");
        }
    }

    /**
     * After ChangeCipherSpec nobody looks any more; BoringSSL takes it from a client of TLS 1.2 only when it is
     * due.
     */
    @Test
    void clientThatChangesTheCipherBeforeItSignsGainsNothing() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                RewritingProxy proxy = RewritingProxy.to(
                        server.port(), HandshakeSignaturesIT::withEarlyChangeCipherSpec, bytes -> bytes)) {
            openssl().connect(proxy.port(), SHA_1);
            assertThat(server.outcome()).isEqualTo("other");
            assertThat(proxy.changes()).isEqualTo(1);
        }
    }

    private static byte[] withEarlyChangeCipherSpec(byte[] bytes) {
        boolean isCertificate = bytes.length > 5 && bytes[0] == 22 && bytes[5] == 11;
        if (!isCertificate) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(CHANGE_CIPHER_SPEC);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    @Test
    void gatewaySignsNothingWithSha1() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            openssl()
                    .connect(
                            server.port(),
                            "-tls1_2",
                            "-sigalgs",
                            "RSA+SHA1:ECDSA+SHA1",
                            "-cipher",
                            "DEFAULT@SECLEVEL=0");
            assertThat(server.outcome()).isEqualTo("no-common-cipher");
        }
    }

    private Openssl openssl() throws InterruptedException {
        Path root = Issued.pem(directory.resolve("root.pem"), SERVER_ROOT.certificate());
        Issued device = client("device").keys(rsa(2048)).signedBy(CLIENT_ROOT);
        return Openssl.require(device.write(directory, "device"), root);
    }
}
