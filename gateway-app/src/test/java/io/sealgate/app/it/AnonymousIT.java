package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a listener asks for certificates and takes clients without, each route says whom it is for. */
class AnonymousIT {

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site.clientAuth("request").routes("""
                  - name: open
                    match: {hosts: [localhost], path: /open/**}
                    clients: {anonymous: allow}
                    origin: cos
                    operations: [read]
                  - name: everything
                    match: {hosts: [localhost]}
                    origin: cos
                    operations: [read]
                """));
        ground.store("open/a", 10);
        ground.store("closed/a", 10);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
    }

    @ParameterizedTest
    @EnumSource
    void oneConnectionWithoutACertificateHasSomeRoutesAndNotOthers(Protocol protocol) throws Exception {
        try (Peer peer = connect(protocol, null)) {
            assertThat(peer.get("/open/a").status()).isEqualTo(200);
            Ground.assertOwnError(peer.get("/closed/a"), 403, "AccessDenied", "policy");
            assertThat(peer.get("/open/a").status()).isEqualTo(200);
        }
        assertThat(ground.site().origin().log().requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whoHasACertificateHasAllOfThem(Protocol protocol) throws Exception {
        try (Peer peer = connect(protocol, ground.site().device())) {
            assertThat(peer.get("/open/a").status()).isEqualTo(200);
            assertThat(peer.get("/closed/a").status()).isEqualTo(200);
        }
    }

    /** A bad certificate is not as good as none. */
    @Test
    void whoHasABadCertificateHasNone() throws Exception {
        IssuedCertificate stranger = CertificateAuthority.root("Test CA").issue(CertificateSpec.client("device-1"));
        try (Peer peer = connect(Protocol.HTTP_1, stranger)) {
            assertThat(peer.get("/open/a").status()).isZero();
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    private static Peer connect(Protocol protocol, @Nullable IssuedCertificate certificate) throws Exception {
        SSLContext context = ground.site().clientContext(certificate);
        int port = ground.site().port();
        return protocol == Protocol.HTTP_1 ? Http1Peer.connect(context, port) : Http2Peer.connect(context, port);
    }
}
