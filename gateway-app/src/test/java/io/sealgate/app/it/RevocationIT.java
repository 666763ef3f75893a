package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Revocation;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.RevocationReason;
import io.sealgate.certs.Validity;
import java.io.IOException;
import java.math.BigInteger;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is revoked, or cannot be known not to be, gets no further than the handshake; and the age of lists shows. */
class RevocationIT {

    private static final BigInteger REVOKED = BigInteger.valueOf(4711);
    private static final Validity STALE_FOR_AN_HOUR = new Validity.Relative(Duration.ofDays(-1), Duration.ofHours(-1));
    private static final byte[] REQUEST =
            "GET /probe HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path directory;

    private static Ground strict;
    private static Ground patient;

    @BeforeAll
    static void start() throws Exception {
        strict = ground("strict", "{crl: {files: [devices.crl]}}", CertificateAuthority::sign);
        patient = ground(
                "patient",
                "{crl: {files: [devices.crl], check: leaf, when-stale: grace}}",
                (authority, list) -> authority.sign(list, STALE_FOR_AN_HOUR));
    }

    private interface Signing {
        X509CRL sign(CertificateAuthority authority, RevocationList list);
    }

    private static Ground ground(String name, String revocation, Signing signing) throws Exception {
        RevocationList list =
                RevocationList.empty().with(new Revocation(REVOKED, Instant.now(), RevocationReason.KEY_COMPROMISE));
        Path file = directory.resolve(name).resolve("devices.crl");
        return Ground.start(directory, name, 1, site -> site.pool("{idle-timeout: 100ms}")
                .revocation(
                        revocation,
                        authority ->
                                Files.write(file, signing.sign(authority, list).getEncoded())));
    }

    @AfterAll
    static void stop() {
        strict.close();
        patient.close();
    }

    static Stream<Arguments> refusals() {
        CertificateSpec device = CertificateSpec.client("device-1");
        Function<CertificateAuthority, IssuedCertificate> revoked = ca -> ca.issue(device.withSerial(REVOKED));
        Function<CertificateAuthority, IssuedCertificate> ofUnknownStatus =
                ca -> ca.descendant(1).issue(device);
        return Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(version -> Stream.of(
                        Arguments.of("revoked", revoked, version),
                        Arguments.of("crl-missing", ofUnknownStatus, version)));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("refusals")
    void whoMayBeRevokedIsRefusedAndCountedOnce(
            String reason, Function<CertificateAuthority, IssuedCertificate> certificate, String version)
            throws Exception {
        double before = refused(strict, "reason=\"" + reason + "\"");
        double any = refused(strict);
        strict.site().origin().log().clear();

        String answer = talk(strict, certificate.apply(strict.site().authority()), version);

        assertThat(answer).isEmpty();
        Await.until("refusals", () -> refused(strict), count -> count > any);
        strict.awaitNoConnections();
        assertThat(refused(strict, "reason=\"" + reason + "\"")).isEqualTo(before + 1);
        assertThat(refused(strict)).isEqualTo(any + 1);
        assertThat(strict.site().origin().log().requests()).isEmpty();
    }

    @Test
    void whoIsNotOnTheListIsLetIn() throws Exception {
        assertThat(talk(strict, strict.site().device(), "TLSv1.3")).startsWith("HTTP/1.1 200");
    }

    @Test
    void clientsLetInWithAStaleListAreCounted() throws Exception {
        double before = patient.metric("sealgate_tls_crl_stale_accepted_total");

        String answer = talk(patient, patient.site().device(), "TLSv1.3");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(patient.metric(
                        "sealgate_tls_crl_stale_accepted_total", "listener=\"edge\"", "issuer=\"CN=Test CA\""))
                .isEqualTo(before + 1);
    }

    @Test
    void ageAndSizeOfListsAreShown() throws Exception {
        String[] labels = {"listener=\"edge\"", "issuer=\"CN=Test CA\"", "devices.crl\""};

        assertThat(strict.metric("sealgate_tls_crl_entries", labels)).isEqualTo(1);
        assertThat(strict.metric("sealgate_tls_crl_load_seconds", labels)).isPositive();
        assertThat(strict.metric("sealgate_tls_crl_next_update_seconds", labels))
                .isCloseTo((double) Duration.ofDays(30).toSeconds(), offset(600.0));
        assertThat(patient.metric("sealgate_tls_crl_next_update_seconds", labels))
                .isBetween(-4200.0, -3600.0);
    }

    private static double refused(Ground ground, String... labels) throws IOException {
        String[] all = Stream.concat(Stream.of("outcome=\"refused\""), Stream.of(labels))
                .toArray(String[]::new);
        return ground.metric("sealgate_handshakes_total", all);
    }

    /** The beginning of the answer, empty if the gateway ends the connection instead. */
    private static String talk(Ground ground, IssuedCertificate certificate, String version) throws Exception {
        try (SSLSocket socket = (SSLSocket) ground.site()
                .clientContext(certificate)
                .getSocketFactory()
                .createSocket("127.0.0.1", ground.site().port())) {
            socket.setSoTimeout((int) TlsSocket.PATIENCE.toMillis());
            socket.setEnabledProtocols(new String[] {version});
            socket.getOutputStream().write(REQUEST);
            return new String(socket.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException refused) {
            return "";
        }
    }
}
