package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.ed25519;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.Secret;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMaterialLoaderTest {

    private static final String PASSWORD = "correct horse";
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final Issued ROOT = root("Root");
    private static final Issued MIDDLE = authority("Middle").signedBy(ROOT);

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    @Test
    void pkcs8KeyIsRead() throws Exception {
        Issued issued = server("gateway.example").signedBy(MIDDLE);
        Path key = Issued.pem(directory.resolve("p8.key"), new JcaPKCS8Generator(issued.key(), null));
        assertLoads(CertificateConfig.ofPem(chain(issued), key), issued);
    }

    @Test
    void sec1KeyWithParametersIsRead() throws Exception {
        Issued issued = server("gateway.example").signedBy(MIDDLE);
        ASN1ObjectIdentifier curve = new ASN1ObjectIdentifier("1.2.840.10045.3.1.7");
        Path key = Issued.pem(
                directory.resolve("sec1.key"), new PemObject("EC PARAMETERS", curve.getEncoded()), issued.key());
        assertThat(key).content().contains("BEGIN EC PRIVATE KEY");
        assertLoads(CertificateConfig.ofPem(chain(issued), key), issued);
    }

    @Test
    void pkcs1KeyIsRead() {
        Issued issued = server("gateway.example").keys(rsa(2048)).signedBy(MIDDLE);
        Path key = Issued.pem(directory.resolve("p1.key"), issued.key());
        assertThat(key).content().contains("BEGIN RSA PRIVATE KEY");
        assertLoads(CertificateConfig.ofPem(chain(issued), key), issued);
    }

    @Test
    void encryptedPkcs8KeyIsRead() throws Exception {
        Issued issued = server("gateway.example").signedBy(MIDDLE);
        assertLoads(encrypted(issued, Secret.of(PASSWORD)), issued);
    }

    @Test
    void keyEncryptedTheOldWayIsRead() throws Exception {
        Issued issued = server("gateway.example").signedBy(MIDDLE);
        Path key = Issued.pem(
                directory.resolve("old.key"),
                new JcaMiscPEMGenerator(
                        issued.key(),
                        new JcePEMEncryptorBuilder("AES-256-CBC")
                                .setProvider(BOUNCY_CASTLE)
                                .build(PASSWORD.toCharArray())));
        assertThat(key).content().contains("DEK-Info");
        assertLoads(new CertificateConfig(chain(issued), key, null, Secret.of(PASSWORD)), issued);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES-128-CBC", "DES-EDE3-CBC"})
    void rsaKeyEncryptedTheOldWayIsRead(String cipher) throws Exception {
        Issued issued = server("gateway.example").keys(rsa(2048)).signedBy(MIDDLE);
        Path key = Issued.pem(
                directory.resolve("old.key"),
                new JcaMiscPEMGenerator(
                        issued.key(),
                        new JcePEMEncryptorBuilder(cipher)
                                .setProvider(BOUNCY_CASTLE)
                                .build(PASSWORD.toCharArray())));
        assertLoads(new CertificateConfig(chain(issued), key, null, Secret.of(PASSWORD)), issued);
    }

    @Test
    void chainAndKeyMayShareAFile() {
        Issued issued = server("gateway.example").signedBy(MIDDLE);
        Path file = Issued.pem(
                directory.resolve("all.pem"),
                issued.key(),
                issued.chain().get(0),
                issued.chain().get(1));
        assertLoads(CertificateConfig.ofPem(file, file), issued);
    }

    /** BoringSSL is given the key in PKCS#8 whatever it came in; none of these must get no further than the loader. */
    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void everyCurveThatIsReadCanBePresented(String curve) throws Exception {
        Issued issued = server("gateway.example").keys(ec(curve)).signedBy(MIDDLE);
        KeyMaterial material = load(issued.write(directory, "server")).orElseThrow();
        assertThatCode(() -> NativeCredential.of(material).free()).doesNotThrowAnyException();
    }

    @Test
    void curveThatBoringSslServersDoNotHaveIsAProblem() {
        Issued issued = server("gateway.example").keys(ec("secp256k1")).signedBy(MIDDLE);
        Path key = Issued.pem(directory.resolve("k1.key"), issued.key());
        CertificateConfig.ofPem(chain(issued), key).check(problems, "tls");
        assertThat(problems.lines()).isNotEmpty();
    }

    @Test
    void weakKeyIsAProblem() {
        Issued issued = server("gateway.example").keys(rsa(1024)).signedBy(MIDDLE);
        issued.write(directory, "weak").check(problems, "tls");
        assertThat(problems.lines())
                .containsExactly("tls.chain: certificate: CN=gateway.example:"
                        + " RSA key of 1024 bits (expected: 2048 to 8192)");
    }

    /** The JDK takes the exponent and they are a pair: without BoringSSL {@code check} passes what cannot start. */
    @Test
    void keyThatBoringSslDoesNotReadIsAProblem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(17_179_869_209L)));
        Issued issued =
                server("gateway.example").keys(generator.generateKeyPair()).signedBy(ROOT);

        assertThat(load(issued.write(directory, "long"))).isEmpty();
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("tls.chain: certificate: CN=gateway.example, refused by BoringSSL");
    }

    @Test
    void certificateThatMustNotSignIsAProblem() {
        Issued issued = server("gateway.example").usage(KeyUsage.keyAgreement).signedBy(ROOT);

        assertThat(load(issued.write(directory, "agreement"))).isEmpty();
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("tls.chain: certificate: CN=gateway.example, refused by BoringSSL");
    }

    /** BoringSSL keeps errors by thread, and files are read by the same one for as long as the gateway runs. */
    @Test
    void certificateAfterARefusedOneIsRead() {
        Issued refused = server("gateway.example").usage(KeyUsage.keyAgreement).signedBy(ROOT);
        KeyMaterialLoader.load(refused.write(directory, "agreement"), new Problems(), "tls");

        Issued issued = server("gateway.example").signedBy(ROOT);
        assertLoads(issued.write(directory, "good"), issued);
    }

    @Test
    void encryptedKeyWithoutPasswordIsAProblem() throws Exception {
        load(encrypted(server("gateway.example").signedBy(MIDDLE), null));
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("tls.key: password: none for the encrypted key in ")
                .contains("(expected: ");
    }

    @Test
    void wrongPasswordIsAProblemThatDoesNotShowIt() throws Exception {
        load(encrypted(server("gateway.example").signedBy(MIDDLE), Secret.of("battery staple")));
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("tls.key: password: wrong")
                .doesNotContain("battery");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "BKS"})
    void storeIsReadWhateverItsName(String type) throws Exception {
        Issued issued = server("gateway.example").signedBy(MIDDLE);
        Path store = store(type, issued, "only");
        assertLoads(CertificateConfig.ofStore(store, Secret.of(PASSWORD)), issued);
    }

    @Test
    void keyFromForeignStoreBecomesAKeyOfTheJdk() throws Exception {
        Path store = store("BKS", server("gateway.example").signedBy(MIDDLE), "only");
        KeyMaterial material =
                load(CertificateConfig.ofStore(store, Secret.of(PASSWORD))).orElseThrow();
        assertThat(material.key().getClass().getName()).doesNotContain("bouncycastle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "BKS"})
    void wrongStorePasswordIsAProblem(String type) throws Exception {
        Path store = store(type, server("gateway.example").signedBy(MIDDLE), "only");
        CertificateConfig.ofStore(store, Secret.of("battery staple")).check(problems, "tls");
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("tls.store: store: ")
                .contains("an intact " + type + " store and its password")
                .doesNotContain("battery");
    }

    @Test
    void storeWithTwoKeysIsAProblem() throws Exception {
        Path store = store("PKCS12", server("gateway.example").signedBy(MIDDLE), "one", "two");
        CertificateConfig.ofStore(store, Secret.of(PASSWORD)).check(problems, "tls");
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .contains("key entries: 2")
                .contains("exactly one");
    }

    @Test
    void storeWithoutPasswordIsAProblem() throws Exception {
        Path store = store("PKCS12", server("gateway.example").signedBy(MIDDLE), "one");
        new CertificateConfig(null, null, store, null).check(problems, "tls");
        assertThat(problems.lines()).singleElement().asString().contains("password: none");
    }

    @Test
    void fileThatIsNoStoreIsAProblem() throws Exception {
        Path file = Files.writeString(directory.resolve("x.p12"), "hello, world");
        CertificateConfig.ofStore(file, Secret.of(PASSWORD)).check(problems, "tls");
        assertThat(problems.lines()).singleElement().asString().contains("(expected: PKCS#12, JKS or BKS)");
    }

    @Test
    void keyOfAnotherCertificateIsAProblem() {
        Path chain = chain(server("gateway.example").signedBy(MIDDLE));
        Path key = Issued.pem(
                directory.resolve("other.key"),
                server("other.example").signedBy(MIDDLE).key());
        CertificateConfig.ofPem(chain, key).check(problems, "tls");
        assertThat(problems.lines()).singleElement().asString().startsWith("tls.key: key: of another certificate");
    }

    @Test
    void keyOfAnotherKindThanTheCertificateIsAProblem() {
        Path chain = chain(server("gateway.example").signedBy(MIDDLE));
        Path key = Issued.pem(directory.resolve("rsa.key"), rsa(2048).getPrivate());
        CertificateConfig.ofPem(chain, key).check(problems, "tls");
        assertThat(problems.lines()).singleElement().asString().startsWith("tls.key: key: of another certificate");
    }

    @Test
    void edwardsKeyIsAProblemBecauseBoringSslServersCannotUseIt() throws Exception {
        Issued issued = server("gateway.example").keys(ed25519()).signedBy(MIDDLE);
        Path key = Issued.pem(
                directory.resolve("ed.key"),
                new PemObject(
                        "PRIVATE KEY",
                        PrivateKeyInfo.getInstance(issued.key().getEncoded()).getEncoded()));
        CertificateConfig.ofPem(chain(issued), key).check(problems, "tls");
        assertThat(problems.lines()).singleElement().asString().contains("(expected: RSA or EC)");
    }

    /** Clients refuse it, but it must not keep the others from being renewed, nor the gateway from starting. */
    @Test
    void certificatesThatAreNotValidAreLoaded() {
        Issued old = server("gateway.example").expired().signedBy(MIDDLE);
        Issued early = server("gateway.example").notYetValid().signedBy(MIDDLE);
        assertLoads(old.write(directory, "old"), old);
        assertLoads(early.write(directory, "early"), early);
    }

    @Test
    void chainOutOfOrderIsAProblem() {
        Issued issued = server("gateway.example").signedBy(ROOT);
        Issued wrong = new Issued(issued.key(), List.of(issued.certificate(), MIDDLE.certificate()));
        wrong.write(directory, "wrong").check(problems, "tls");
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .contains("certificate 2 of the chain: CN=Middle (expected: the issuer of CN=gateway.example)");
    }

    @Test
    void everyMissingFileIsAProblemOfItsOwn() {
        CertificateConfig.ofPem(directory.resolve("no.crt"), directory.resolve("no.key"))
                .check(problems, "tls");
        assertThat(problems.lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("(expected: a file that exists)"));
    }

    @Test
    void nothingAtAllIsAProblem() {
        new CertificateConfig(null, null, null, null).check(problems, "tls");
        assertThat(problems.lines()).extracting(line -> line.substring(0, 9)).containsExactly("tls.chain", "tls.key: ");
    }

    @Test
    void storeTogetherWithPemIsAProblem() {
        Path file = directory.resolve("any");
        new CertificateConfig(file, file, file, null).check(problems, "tls");
        assertThat(problems.lines()).singleElement().asString().contains("either a store, or chain and key");
    }

    @Test
    void fileThatIsNotPemIsAProblem() throws Exception {
        Path chain = Files.writeString(directory.resolve("x.crt"), "hello");
        Path key = Files.writeString(directory.resolve("x.key"), "hello");
        CertificateConfig.ofPem(chain, key).check(problems, "tls");
        assertThat(problems.lines())
                .satisfiesExactly(line -> assertThat(line).contains("certificates: none in"), line -> assertThat(line)
                        .contains("private key: none in"));
    }

    @Test
    void brokenKeyIsAProblemThatDoesNotQuoteIt() throws Exception {
        Path chain = chain(server("gateway.example").signedBy(MIDDLE));
        Path key = Files.writeString(
                directory.resolve("x.key"),
                "-----BEGIN PRIVATE KEY-----\nMIGHAgEAsecret!\n-----END PRIVATE KEY-----\n");
        CertificateConfig.ofPem(chain, key).check(problems, "tls");
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("tls.key: private key: unreadable in")
                .doesNotContain("MIGH");
    }

    @Test
    void materialNeverPrintsItsKey() {
        KeyPair keys = ec("secp256r1");
        Issued issued = server("gateway.example").keys(keys).signedBy(MIDDLE);
        assertThat(new KeyMaterial(issued.key(), issued.chain())).hasToString("KeyMaterial[CN=gateway.example]");
    }

    private Path chain(Issued issued) {
        return Issued.pem(directory.resolve("chain.crt"), issued.chain().toArray());
    }

    private CertificateConfig encrypted(Issued issued, @Nullable Secret password) throws Exception {
        JceOpenSSLPKCS8EncryptorBuilder encryptor = new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC);
        Path key = Issued.pem(
                directory.resolve("encrypted.key"),
                new JcaPKCS8Generator(
                        issued.key(),
                        encryptor
                                .setProvider(BOUNCY_CASTLE)
                                .setPassword(PASSWORD.toCharArray())
                                .build()));
        return new CertificateConfig(chain(issued), key, null, password);
    }

    private Path store(String type, Issued issued, String... aliases) throws Exception {
        KeyStore store = type.equals("BKS") ? KeyStore.getInstance(type, BOUNCY_CASTLE) : KeyStore.getInstance(type);
        store.load(null, null);
        for (String alias : aliases) {
            store.setKeyEntry(
                    alias, issued.key(), PASSWORD.toCharArray(), issued.chain().toArray(Certificate[]::new));
        }
        Path file = directory.resolve("store.bin");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private Optional<KeyMaterial> load(CertificateConfig config) {
        return KeyMaterialLoader.load(config, problems, "tls");
    }

    private void assertLoads(CertificateConfig config, Issued expected) {
        Optional<KeyMaterial> loaded = load(config);
        assertThat(problems.lines()).isEmpty();
        KeyMaterial material = loaded.orElseThrow();
        assertThat(material.chain()).isEqualTo(expected.chain());
        assertThat(material.key().getEncoded()).isNotEmpty();
    }
}
