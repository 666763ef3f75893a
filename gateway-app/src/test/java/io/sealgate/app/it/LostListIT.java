package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.GatewayAssembly;
import io.sealgate.app.RunningGateway;
import io.sealgate.app.config.ConfigLoader;
import io.sealgate.app.config.ConfigSource;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Pem;
import io.sealgate.certs.RevocationList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A revoked device stays out when its CA's list is not in the file any more: while the gateway runs, and in the next
 * one.
 */
class LostListIT {

    private static final CertificateAuthority OTHER = CertificateAuthority.root("Other CA");

    @TempDir
    private Path directory;

    private Ground ground;
    private Path files;
    private IssuedCertificate lost;
    private IssuedCertificate good;
    private IssuedCertificate lostBelow;
    private IssuedCertificate goodBelow;
    private String bundleWithoutBelow;
    private final IssuedCertificate others = OTHER.issue(CertificateSpec.client("others"));

    @BeforeEach
    void start() throws Exception {
        files = directory.resolve("2-event-loops");
        ground = Ground.start(directory, 2, site -> site.revocation(
                        "{crl: {files: [lists.pem], check: chain-if-available}}", this::prepare)
                .section("state: {directory: state}"));
    }

    private void prepare(CertificateAuthority authority) throws IOException {
        lost = authority.issue(CertificateSpec.client("lost"));
        good = authority.issue(CertificateSpec.client("good"));
        Files.createDirectory(files.resolve("state"));
        Files.writeString(files.resolve("ca.pem"), Pem.certificate(OTHER.certificate()), StandardOpenOption.APPEND);
        RevocationList list = RevocationList.empty().with(authority.revocationOf(lost.certificate()));
        CertificateAuthority below = authority.issueAuthority(CertificateSpec.authority("Below"));
        lostBelow = below.issue(CertificateSpec.client("lost-below"));
        goodBelow = below.issue(CertificateSpec.client("good-below"));
        bundleWithoutBelow = Files.readString(files.resolve("ca.pem"));
        Files.writeString(files.resolve("ca.pem"), Pem.certificate(below.certificate()), StandardOpenOption.APPEND);
        RevocationList ofBelow = RevocationList.empty().with(below.revocationOf(lostBelow.certificate()));
        Files.writeString(
                files.resolve("lists.pem"),
                Pem.crl(authority.sign(list)) + listOfTheOther() + Pem.crl(below.sign(ofBelow)));
    }

    private static String listOfTheOther() {
        return Pem.crl(OTHER.sign(RevocationList.empty()));
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void aListThatVanishesWhileTheGatewayRunsLetsNobodyBackIn() throws Exception {
        FileSwap.replace(files.resolve("lists.pem"), listOfTheOther());
        Await.until("reload failed", () -> ground.reloads("crl", "failed"), seen -> seen == 1);

        int ofTheLost = status(lost, ground.site().port());

        assertThat(ofTheLost).isZero();
        assertThat(status(good, ground.site().port())).isEqualTo(200);
        assertThat(status(others, ground.site().port())).isEqualTo(200);
        assertThat(ground.reloads("crl", "succeeded")).isZero();
        assertThat(ground.metric("sealgate_tls_crl_lost", "issuer=\"CN=Test CA\""))
                .isEqualTo(1);
    }

    @Test
    void theListsOfAFileThatIsGoneCountAsLost() throws Exception {
        Files.delete(files.resolve("lists.pem"));
        Await.until("reload failed", () -> ground.reloads("crl", "failed"), seen -> seen >= 1);

        int ofTheLost = status(lost, ground.site().port());

        assertThat(ofTheLost).isZero();
        assertThat(status(good, ground.site().port())).isEqualTo(200);
        Await.until("lists of all three CAs lost", () -> ground.metric("sealgate_tls_crl_lost"), count -> count == 3);
    }

    /** Its clients send it themselves, and its root stays. */
    @Test
    void anIntermediateThatLeavesTheBundleLetsNobodyBackIn() throws Exception {
        FileSwap.replace(files.resolve("ca.pem"), bundleWithoutBelow);
        ground.awaitReload("trust", 1);

        int ofTheLost = status(lostBelow, ground.site().port());

        assertThat(ofTheLost).isZero();
        assertThat(status(goodBelow, ground.site().port())).isEqualTo(200);
        assertThat(ground.metric("sealgate_handshakes_total", "reason=\"revoked\""))
                .isPositive();
    }

    @Test
    void aListThatIsGoneAtTheNextStartLetsNobodyBackIn() throws Exception {
        FileSwap.replace(files.resolve("lists.pem"), listOfTheOther());
        RunningGateway next = GatewayAssembly.start(load().config());
        try {
            int port = next.address("edge").getPort();

            int ofTheLost = status(lost, port);

            assertThat(ofTheLost).isZero();
            assertThat(status(good, port)).isZero();
            assertThat(status(others, port)).isEqualTo(200);
        } finally {
            next.close();
        }
    }

    @Test
    void checkSaysWhatIsGone() throws Exception {
        FileSwap.replace(files.resolve("lists.pem"), listOfTheOther());

        ConfigLoader.Loaded loaded = load();

        assertThat(loaded.warnings())
                .anyMatch(line -> line.contains("CRL of CN=Test CA: none, though there was one"))
                .noneMatch(line -> line.contains("without state.directory"));
    }

    @Test
    void checkWarnsWhereNothingIsRemembered() throws Exception {
        Path file = files.resolve("sealgate.yaml");
        Files.writeString(file, Files.readString(file).replace("state: {directory: state}", ""));

        ConfigLoader.Loaded loaded = load();

        assertThat(loaded.warnings())
                .anyMatch(line -> line.contains("check: chain-if-available without state.directory"));
    }

    private ConfigLoader.Loaded load() throws Exception {
        String file = files.resolve("sealgate.yaml").toString();
        return new ConfigLoader(System::getenv).load(ConfigSource.read(file, InputStream.nullInputStream()));
    }

    /** Zero if there is no answer. TLS 1.3 tells a client that it is refused when it first reads. */
    private int status(IssuedCertificate device, int port) throws IOException, GeneralSecurityException {
        try (Peer peer = Http1Peer.connect(ground.site().clientContext(device), port)) {
            return peer.get("/probe").status();
        }
    }
}
