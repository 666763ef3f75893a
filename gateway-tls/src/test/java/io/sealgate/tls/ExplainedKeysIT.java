package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.dsa;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code explain} and a handshake say the same of a key, also where BoringSSL does not come to ask. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainedKeysIT {

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final int PUBLIC_KEY = 6; // among the fields of a certificate
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    @TempDir
    static Path directory;

    private ReloadingTls security;
    private EchoServer server;

    @BeforeAll
    void start() throws Exception {
        security =
                MutualTlsFixture.open(directory, Version.TLS_1_2, ClientAuthentication.REQUEST, InstantSource.system());
        server = EchoServer.start(security);
    }

    @AfterAll
    void stop() {
        server.close();
        security.close();
    }

    static Stream<Arguments> keys() throws Exception {
        byte[] key = rsaKey(2048, F4);
        return Stream.of(
                Arguments.of("RSA-1024", rsaCertificate(rsaKey(1024, F4), RSA), "weak-algorithm"),
                Arguments.of("RSA-2049", rsaCertificate(rsaKey(2049, F4), RSA), "identified"),
                Arguments.of("RSA-8192", rsaCertificate(rsaKey(8192, F4), RSA), "identified"),
                Arguments.of("RSA, even exponent", rsaCertificate(rsaKey(2048, F4.add(BigInteger.ONE)), RSA), null),
                Arguments.of(
                        "RSA, exponent of 34 bits",
                        rsaCertificate(rsaKey(2048, F4.shiftLeft(17).setBit(0)), RSA),
                        null),
                Arguments.of("RSA, as X.509 calls it", rsaCertificate(key, "2.5.8.1.1"), null),
                Arguments.of(
                        "RSA without NULL",
                        certificate(new AlgorithmIdentifier(new ASN1ObjectIdentifier(RSA)), key),
                        null),
                Arguments.of("P-224", client("device").keys(ec("secp224r1")).signedBy(CLIENT_ROOT), null),
                Arguments.of("secp256k1", client("device").keys(ec("secp256k1")).signedBy(CLIENT_ROOT), null),
                Arguments.of("DSA", client("device").keys(dsa(2048)).signedBy(CLIENT_ROOT), null),
                Arguments.of(
                        "X25519",
                        certificate(new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.110")), new byte[32]),
                        null),
                Arguments.of(
                        "1,900 names",
                        client("device").dnsNames(names(1900)).signedBy(CLIENT_ROOT),
                        "invalid-certificate"));
    }

    /** Null for a key that is not supported. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void explainSaysWhatAHandshakeDoes(String what, Issued device, String expected) throws Exception {
        RawClient.present(server.port(), device.chain());
        String outcome = server.outcome();
        assertThat(List.of(explained(device), outcome.equals("client-alert") ? "identified" : outcome))
                .containsOnly(expected == null ? "unsupported-key" : expected);
    }

    private static String explained(Issued device) throws Exception {
        TrustConfig trust = TrustConfig.of(directory.resolve("clients.pem"));
        TlsConfig config = new TlsConfig(Version.TLS_1_2, List.of(), ClientAuthentication.REQUEST, trust, null, null);
        HandshakeRefusal refusal = ClientTrial.open(config, InstantSource.system())
                .judge(Issued.pem(directory.resolve("presented.pem"), device.certificate()))
                .refusal();
        return refusal == null ? "identified" : refusal.label();
    }

    /** Whoever has somebody else's certificate and not the key of it. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void signatureByAnotherKeyIsNamed(String protocol) {
        KeyPair own = HandshakeKeyCase.RSA_2048.keys();
        KeyPair others = rsa(2048);
        Issued device = client("device").keys(others).signedBy(CLIENT_ROOT);
        assertThatThrownBy(() -> JdkClient.of(SERVER_ROOT, new Issued(own.getPrivate(), device.chain()))
                        .listen(server.port(), protocol))
                .isInstanceOf(IOException.class);
        assertThat(outcome()).isEqualTo("invalid-certificate");
    }

    private String outcome() {
        try {
            return server.outcome();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("a-name-that-is-neither-long-nor-short-" + i + ".example.org");
        }
        return names.toArray(String[]::new);
    }

    private static byte[] rsaKey(int bits, BigInteger exponent) throws IOException {
        BigInteger modulus =
                new BigInteger(bits, new Random(13)).setBit(bits - 1).setBit(0);
        return new RSAPublicKey(modulus, exponent).getEncoded();
    }

    private static Issued rsaCertificate(byte[] key, String algorithm) {
        return certificate(new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm), DERNull.INSTANCE), key);
    }

    private static Issued certificate(AlgorithmIdentifier algorithm, byte[] key) {
        return client("device")
                .surgery(fields -> replaced(fields, new SubjectPublicKeyInfo(algorithm, key)))
                .signedBy(CLIENT_ROOT);
    }

    private static List<ASN1Encodable> replaced(List<ASN1Encodable> fields, ASN1Encodable key) {
        fields.set(PUBLIC_KEY, key);
        return fields;
    }
}
