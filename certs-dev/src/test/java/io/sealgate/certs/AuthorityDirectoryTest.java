package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityDirectoryTest {
    private static final Instant NOW = Instant.parse("2031-05-17T08:00:00Z");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final CertificateSpec ROOT = CertificateSpec.authority("Test Root");

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void reopenedAuthorityGoesOnIssuing(KeyAlgorithm algorithm) throws Exception {
        CertificateAuthority original = init(ROOT.withKeyAlgorithm(algorithm)).authority();

        IssuedFiles device = open().issueClient("device-1", "Device 1", List.of());

        new PathValidation(original.certificate(), NOW).validate(PemReader.certificates(device.chain()));
        assertThat(open().issued()).extracting(LedgerEntry::subject).containsExactly("CN=Device 1");
    }

    @Test
    void serverCertificateCarriesItsNames() throws Exception {
        IssuedFiles server = init(ROOT).issueServer("gateway", SubjectAltName.forDevelopment("ap-guangzhou"));

        assertThat(PemReader.certificates(server.chain()).get(0).getSubjectAlternativeNames())
                .contains(List.of(2, "localhost"), List.of(2, "*.cos.ap-guangzhou.myqcloud.com"));
    }

    @Test
    void serialIsNotIssuedTwice() {
        AuthorityDirectory directory = init(ROOT);
        CertificateSpec spec = CertificateSpec.client("device").withSerial(BigInteger.TEN);
        directory.issue("a", spec);

        assertThatThrownBy(() -> directory.issue("b", spec))
                .isInstanceOf(CertsException.class)
                .hasMessage("serial: a is taken (expected: one this authority has not issued)");
        assertThat(home()).isDirectoryNotContaining("glob:**/b.*");
    }

    @Test
    void intermediateHasADirectoryOfItsOwn() throws Exception {
        AuthorityDirectory root = init(ROOT);
        Path below = temporary.resolve("below");
        root.issueAuthority(below, CertificateSpec.authority("Intermediate"));

        IssuedFiles device = AuthorityDirectory.open(below, CLOCK).issueClient("device-1", "device-1", List.of());

        assertThat(PemReader.certificates(device.chain())).hasSize(2);
        new PathValidation(root.authority().certificate(), NOW).validate(PemReader.certificates(device.chain()));
        assertThat(root.issued()).extracting(LedgerEntry::subject).containsExactly("CN=Intermediate");
    }

    @Test
    void secondInitIsRefusedAndChangesNothing() throws Exception {
        init(ROOT);
        byte[] key = Files.readAllBytes(home().resolve("ca.key"));

        assertThatThrownBy(() -> init(ROOT))
                .isInstanceOf(CertsException.class)
                .hasMessageStartingWith("file: " + home().resolve("ca.key") + " exists");
        assertThat(home().resolve("ca.key")).hasBinaryContent(key);
    }

    @Test
    void rootThatReplacesAnIntermediateForgetsItsIssuers() {
        init(ROOT);
        AuthorityDirectory.save(home(), CertificateAuthority.root("R").descendant(2), WriteMode.REPLACE);

        AuthorityDirectory.init(home(), ROOT, CLOCK, WriteMode.REPLACE);

        assertThat(open().authority().path()).hasSize(1);
    }

    @Test
    void issuedFilesAreReplacedOnlyOnRequest() {
        AuthorityDirectory directory = init(ROOT);
        IssuedFiles first = directory.issueClient("a", "a", List.of());

        assertThatThrownBy(() -> directory.issueClient("a", "a", List.of()))
                .isInstanceOf(CertsException.class)
                .hasMessageStartingWith("file: " + first.chain() + " exists");
        assertThat(directory.issued()).hasSize(1);

        IssuedFiles second = directory.replacing().issueClient("a", "a", List.of());
        assertThat(PemReader.certificates(second.chain()))
                .isEqualTo(second.issued().chain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca", "CA", "ca-chain", "../evil", "a/b", "", ".hidden", "-rf"})
    void nameThatLeadsElsewhereIsRefused(String name) {
        AuthorityDirectory directory = init(ROOT);

        assertThatThrownBy(() -> directory.issueClient(name, "a", List.of()))
                .isInstanceOf(CertsException.class)
                .hasMessageStartingWith("name: " + name + " (expected: ");
    }

    @Test
    void keysAndKeyStoresAreForTheOwnerAlone() throws Exception {
        AuthorityDirectory directory = init(ROOT);
        IssuedFiles device = directory.issueClient("device-1", "device-1", List.of());

        Path store = directory.writeKeyStore(device, KeyStoreFormat.BKS, "secret".toCharArray());

        for (Path file : List.of(home().resolve("ca.key"), device.key(), store)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keyOfAnotherAuthorityIsRefusedOnOpening() {
        init(ROOT);
        CertificateAuthority other = CertificateAuthority.root("Other");
        new IssuedCertificate(other.privateKey(), List.of(other.certificate()))
                .writeKey(home().resolve("ca.key"), WriteMode.REPLACE);

        assertThatThrownBy(this::open)
                .isInstanceOf(CertsException.class)
                .hasMessage("key: " + home().resolve("ca.key") + " (expected: the key of " + home().resolve("ca.pem")
                        + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage-secret",
                "-----BEGIN PRIVATE KEY-----\ngarbage-secret\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nZ2FyYmFnZQ==\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"
            })
    void unreadableKeyIsRefusedWithoutQuotingIt(String content) throws Exception {
        init(ROOT);
        Files.writeString(home().resolve("ca.key"), content);

        assertThatThrownBy(this::open)
                .isInstanceOf(CertsException.class)
                .hasMessageStartingWith("key: " + home().resolve("ca.key"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void subjectWithLineBreaksCannotForgeALedgerLine() {
        AuthorityDirectory directory = init(ROOT);

        directory.issueClient("a", "x\n4fa0\t2031-01-01T00:00:00Z\t-\t-\tCN=forged", List.of());

        assertThat(directory.issued()).hasSize(1);
    }

    @Test
    void secondWriterOfTheSameProcessIsTurnedAway() {
        AuthorityDirectory directory = init(ROOT);

        assertThatThrownBy(() -> FileMutex.holding(home().resolve("ca.lock"), directory::refreshCrl))
                .isInstanceOf(CertsException.class)
                .hasMessage("directory: " + home() + " is in use (expected: one writer)");
    }

    private Path home() {
        return temporary.resolve("ca");
    }

    private AuthorityDirectory init(CertificateSpec spec) {
        return AuthorityDirectory.init(home(), spec, CLOCK, WriteMode.CREATE);
    }

    private AuthorityDirectory open() {
        return AuthorityDirectory.open(home(), CLOCK);
    }
}
