package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStoreFormatTest {
    private static final char[] PASSWORD = "pa55 w~rd".toCharArray();
    private static final CertificateAuthority INTERMEDIATE =
            CertificateAuthority.root("Test Root").descendant(1);

    private final IssuedCertificate issued = INTERMEDIATE.issue(CertificateSpec.client("device-1"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(KeyStoreFormat.class)
    void everyFormatGivesBackKeyAndChain(KeyStoreFormat format) throws Exception {
        byte[] bytes = issued.keyStore(format, "device-1", PASSWORD);

        KeyStore store = open(format, bytes, PASSWORD);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.getKey("device-1", PASSWORD)).isEqualTo(issued.privateKey());
        assertThat(store.getCertificateChain("device-1")).containsExactlyElementsOf(issued.chain());
    }

    @ParameterizedTest
    @EnumSource(KeyStoreFormat.class)
    void everyFormatRefusesAnotherPassword(KeyStoreFormat format) {
        byte[] bytes = issued.keyStore(format, "device-1", PASSWORD);

        assertThatThrownBy(() -> open(format, bytes, "wrong".toCharArray())).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(KeyStoreFormat.class)
    void emptyPasswordIsRefused(KeyStoreFormat format) {
        assertThatThrownBy(() -> issued.keyStore(format, "device-1", new char[0]))
                .isInstanceOf(CertsException.class)
                .hasMessage("password: empty (expected: at least one character)");
    }

    @ParameterizedTest
    @EnumSource(KeyStoreFormat.class)
    void passwordThatReadersEncodeDifferentlyIsRefusedWithoutQuotingIt(KeyStoreFormat format) {
        assertThatThrownBy(() -> issued.keyStore(format, "device-1", "w\u00f6rd".toCharArray()))
                .isInstanceOf(CertsException.class)
                .hasMessage("password: has an unusable character (expected: printable ASCII)");
    }

    @Test
    void pkcs12UsesTheEncryptionEveryDeviceReads() throws Exception {
        String info = describe(KeyStoreFormat.PKCS12);

        assertThat(info)
                .contains("MAC: sha1")
                .contains("Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC")
                .contains("Encrypted data: pbeWithSHA1And3-KeyTripleDES-CBC")
                .doesNotContain("RC2");
    }

    @Test
    void pkcs12Aes256UsesPbes2Throughout() throws Exception {
        String info = describe(KeyStoreFormat.PKCS12_AES256);

        assertThat(info)
                .contains("MAC: sha256")
                .contains("Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256")
                .contains("Encrypted data: PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256");
    }

    @Test
    void providersOfTheJvmAreLeftAlone() {
        Provider[] before = Security.getProviders();

        issued.keyStore(KeyStoreFormat.BKS, "device-1", PASSWORD);

        assertThat(Security.getProviders()).containsExactly(before);
        assertThat(Security.getProvider("BC")).isNull();
    }

    private String describe(KeyStoreFormat format) throws Exception {
        Path file = directory.resolve("device.p12");
        issued.writeKeyStore(file, format, "device-1", "secret".toCharArray(), WriteMode.CREATE);
        assertThat(Files.size(file)).isPositive();
        return OpenSsl.run("pkcs12", "-in", file.toString(), "-info", "-noout", "-passin", "pass:secret");
    }

    private static KeyStore open(KeyStoreFormat format, byte[] bytes, char[] password)
            throws GeneralSecurityException, IOException {
        KeyStore store =
                switch (format) {
                    case PKCS12, PKCS12_AES256 -> KeyStore.getInstance("PKCS12", "SunJSSE");
                    case BKS -> KeyStore.getInstance("BKS", new BouncyCastleProvider());
                    case JKS -> KeyStore.getInstance("JKS");
                };
        store.load(new ByteArrayInputStream(bytes), password);
        return store;
    }
}
