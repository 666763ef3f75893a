package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IssuedCertificateTest {
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final CertificateAuthority INTERMEDIATE =
            CertificateAuthority.root("Test Root").descendant(1);

    private final IssuedCertificate issued = INTERMEDIATE.issue(CertificateSpec.client("device-1"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void writtenKeyAndChainReadBack(KeyAlgorithm algorithm) {
        IssuedCertificate original =
                INTERMEDIATE.issue(CertificateSpec.client("device-1").withKeyAlgorithm(algorithm));

        original.writeKey(directory.resolve("a.key"), WriteMode.CREATE);
        original.writeChain(directory.resolve("a.pem"), WriteMode.CREATE);

        assertThat(PemReader.privateKey(directory.resolve("a.key"))).isEqualTo(original.privateKey());
        assertThat(PemReader.certificates(directory.resolve("a.pem"))).isEqualTo(original.chain());
    }

    @Test
    void opensslReadsKeyAndCertificate() throws Exception {
        issued.writeKey(directory.resolve("a.key"), WriteMode.CREATE);
        issued.writeChain(directory.resolve("a.pem"), WriteMode.CREATE);

        String ofKey = OpenSsl.run("pkey", "-in", directory.resolve("a.key").toString(), "-pubout");
        String ofCertificate =
                OpenSsl.run("x509", "-in", directory.resolve("a.pem").toString(), "-pubkey", "-noout");

        assertThat(ofKey).isEqualTo(ofCertificate);
    }

    @Test
    void encryptedKeyOpensWithItsPassword() throws Exception {
        String pem = issued.encryptedKeyPem(PASSWORD);

        assertThat(pem).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        assertThat(decrypt(pem, PASSWORD)).isEqualTo(issued.privateKey());
    }

    @Test
    void encryptedKeyStaysShutToAnotherPassword() {
        String pem = issued.encryptedKeyPem(PASSWORD);

        assertThatThrownBy(() -> decrypt(pem, "wrong".toCharArray())).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void filesWithKeysAreForTheOwnerAlone() throws Exception {
        issued.writeKey(directory.resolve("a.key"), WriteMode.CREATE);
        issued.writeEncryptedKey(directory.resolve("a.enc"), PASSWORD, WriteMode.CREATE);
        issued.writeKeyStore(directory.resolve("a.jks"), KeyStoreFormat.JKS, "a", PASSWORD, WriteMode.CREATE);

        assertThat(directory)
                .isDirectoryNotContaining(file -> !permissions(file).equals(OWNER_ONLY));
    }

    @Test
    void keyFileThatReplacesAnOpenOneIsForTheOwnerAlone() throws Exception {
        Path file = Files.createFile(
                directory.resolve("a.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        issued.writeKey(file, WriteMode.REPLACE);

        assertThat(permissions(file)).isEqualTo(OWNER_ONLY);
    }

    @Test
    void existingFileIsLeftAloneUnlessReplaced() throws Exception {
        Path file = Files.writeString(directory.resolve("a.key"), "precious");

        assertThatThrownBy(() -> issued.writeKey(file, WriteMode.CREATE))
                .isInstanceOf(CertsException.class)
                .hasMessage("file: " + file + " exists (expected: no such file, or leave to replace it)");
        assertThat(file).hasContent("precious");
    }

    @Test
    void failedWriteLeavesNothingBehind() {
        Path file = directory.resolve("taken");
        issued.writeKey(directory.resolve("other"), WriteMode.CREATE);
        directoryWithContent(file);

        assertThatThrownBy(() -> issued.writeKey(file, WriteMode.REPLACE)).isInstanceOf(CertsException.class);

        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("other", "taken");
    }

    private static void directoryWithContent(Path path) {
        assertThat(path.resolve("child").toFile().mkdirs()).isTrue();
    }

    private static PrivateKey decrypt(String pem, char[] password) throws Exception {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
        EncryptedPrivateKeyInfo info =
                new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(base64));
        // Spelled by the JDK as the scheme with its parameters' name: PBEWithHmacSHA256AndAES_256.
        String scheme = info.getAlgParameters().toString();
        Cipher cipher = Cipher.getInstance(scheme);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password)),
                info.getAlgParameters());
        return KeyFactory.getInstance("EC").generatePrivate(info.getKeySpec(cipher));
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
