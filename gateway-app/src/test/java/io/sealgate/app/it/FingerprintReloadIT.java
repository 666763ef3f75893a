package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of fingerprints that change are what the next request is judged by, on connections that are open already as well. */
class FingerprintReloadIT {

    private static final int LARGE = 24 * 1024 * 1024;

    @TempDir
    private Path directory;

    private Path denied;
    private Path allowed;
    private Ground ground;

    @BeforeEach
    void start() throws Exception {
        denied = Files.writeString(directory.resolve("denied.txt"), "# nobody yet\n");
        allowed = Files.writeString(directory.resolve("allowed.txt"), "# nobody yet\n");
        ground = Ground.start(directory, 2, site -> site.routes("""
                  - name: listed
                    match: {hosts: [localhost], path: /listed/**}
                    clients: {fingerprints: {allow: '%s'}}
                    origin: cos
                    operations: [read]
                  - name: everything
                    match: {hosts: [localhost]}
                    clients: {fingerprints: {deny: '%s'}}
                    origin: cos
                    operations: [read]
                """.formatted(allowed, denied)));
        ground.store("listed/a", 10);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectedDeviceIsRefusedOnceItIsDeniedAndNobodyElseNotices(Protocol protocol) throws Exception {
        IssuedCertificate lost = device("lost");
        try (Peer peer = ground.connect(protocol, lost);
                Peer other = ground.connect(protocol)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
            assertThat(other.get("/probe").status()).isEqualTo(200);

            FileSwap.replace(denied, fingerprint(lost));
            ground.awaitReload("client-list", 1);

            Ground.assertOwnError(peer.get("/probe"), 403, "AccessDenied", "policy");
            assertThat(other.get("/probe").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatRunsWhenADeviceIsDeniedIsFinishedAndNothingFollowsIt(Protocol protocol) throws Exception {
        byte[] object = ground.store("large", LARGE);
        IssuedCertificate lost = device("lost");
        try (Peer peer = ground.connect(protocol, lost)) {
            peer.head("GET", "/large", Map.of(), false);
            Await.until("origin asked", () -> ground.metric("sealgate_upstream_connections"), open -> open == 1);
            FileSwap.replace(denied, fingerprint(lost));
            ground.awaitReload("client-list", 1);

            assertThat(peer.answer().body()).isEqualTo(object);
            assertThat(peer.get("/probe").status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectedDeviceIsServedOnceItIsAllowed(Protocol protocol) throws Exception {
        IssuedCertificate found = device("found");
        try (Peer peer = ground.connect(protocol, found)) {
            assertThat(peer.get("/listed/a").status()).isEqualTo(403);

            FileSwap.replace(allowed, fingerprint(found));
            ground.awaitReload("client-list", 1);

            assertThat(peer.get("/listed/a").status()).isEqualTo(200);
        }
    }

    @Test
    void aBadListLetsNobodyBackIn() throws Exception {
        IssuedCertificate lost = device("lost");
        FileSwap.replace(denied, fingerprint(lost));
        ground.awaitReload("client-list", 1);
        try (Peer peer = ground.connect(Protocol.HTTP_1, lost);
                Peer other = ground.connect(Protocol.HTTP_1)) {
            FileSwap.replace(denied, "nobody\n");
            Await.until("not reloaded", () -> ground.reloads("client-list", "failed"), seen -> seen == 1);

            assertThat(peer.get("/probe").status()).isEqualTo(403);
            assertThat(other.get("/probe").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeniedDeviceIsRefusedHoweverTheSignatureOnItsCertificateIsWritten(Protocol protocol) throws Exception {
        IssuedCertificate lost = device("lost");
        FileSwap.replace(denied, fingerprint(lost));
        ground.awaitReload("client-list", 1);
        IssuedCertificate twin = twin(lost);
        assertThat(fingerprint(twin)).isNotEqualTo(fingerprint(lost));

        try (Peer peer = ground.connect(protocol, twin)) {
            Ground.assertOwnError(peer.get("/probe"), 403, "AccessDenied", "policy");
        }
    }

    /** With (r, n - s) for (r, s), which verifies as well: everybody who has a certificate can write it. */
    private static IssuedCertificate twin(IssuedCertificate device) throws Exception {
        byte[] written = device.certificate().getEncoded();
        byte[] signature = device.certificate().getSignature();
        BigInteger order =
                ((ECPublicKey) device.certificate().getPublicKey()).getParams().getOrder();
        int afterR = 4 + signature[3];
        BigInteger other = order.subtract(new BigInteger(signature, afterR + 2, signature[afterR + 1]));
        byte[] pair = der(0x30, Arrays.copyOfRange(signature, 2, afterR), der(0x02, other.toByteArray()));
        // behind its tag and three octets of length, the certificate ends with the signature as a BIT STRING
        byte[] signed = Arrays.copyOfRange(written, 4, written.length - signature.length - 3);
        byte[] der = der(0x30, signed, der(0x03, new byte[1], pair));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        return new IssuedCertificate(device.privateKey(), List.of(certificate));
    }

    /** Of an element with less than 64 KiB of content (X.690 §8.1). */
    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() >= 0x80) {
            element.write(0x82);
            element.write(content.size() >> 8);
        }
        element.write(content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private IssuedCertificate device(String name) {
        return ground.site().authority().issue(CertificateSpec.client(name));
    }

    private static String fingerprint(IssuedCertificate device) throws Exception {
        byte[] der = device.certificate().getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der)) + "\n";
    }
}
