package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.RevocationReason;
import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A download that its origin cuts off is made good for those only who would still be let in. */
class RevokedDownloadIT {

    /** More than all buffers between the origin and a device that does not read. */
    private static final int LARGE = 24 * 1024 * 1024;

    private static final int CUT = 20 * 1024 * 1024;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void nothingIsAskedOfTheOriginAnewForARevokedDevice(Protocol protocol) throws Exception {
        String revocation = "{crl: {files: [ca.crl]}, deadline: 20s}";
        try (Ground ground = Ground.start(directory, 1, site -> site.revocation(revocation))) {
            ground.store("large", LARGE);
            ground.site().origin().faults().times(1, RequestMatcher.method("GET"), new Fault.Truncate(CUT));
            IssuedCertificate lost =
                    ground.site().files().issueClient("lost", "lost", List.of()).issued();
            try (Peer peer = ground.connect(protocol, lost)) {
                peer.head("GET", "/large", Map.of(), false);
                Await.until("origin asked", () -> ground.metric("sealgate_upstream_connections"), open -> open == 1);
                ground.site().files().revoke(lost.serial(), RevocationReason.KEY_COMPROMISE);
                Await.until(
                        "connection told to end",
                        () -> ground.metric("sealgate_connections_ended_total", "reason=\"revoked\""),
                        ended -> ended == 1);

                PeerAnswer answer = peer.answer();

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.whole()).isFalse();
            }
            assertThat(ground.site().origin().log().requests())
                    .filteredOn(request -> request.method().equals("GET"))
                    .hasSize(1);
        }
    }
}
