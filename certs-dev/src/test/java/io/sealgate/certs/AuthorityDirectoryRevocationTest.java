package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityDirectoryRevocationTest {
    private static final Instant NOW = Instant.parse("2031-05-17T08:00:00Z");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final CertificateSpec ROOT = CertificateSpec.authority("Test Root");

    @TempDir
    private Path temporary;

    @Test
    void newAuthorityHasAnEmptyCrl() throws Exception {
        init(ROOT);

        assertThat(crl("ca.crl").getRevokedCertificates()).isNull();
        assertThat(numberOf(crl("ca.crl"))).isEqualTo(1);
    }

    @Test
    void revocationBySerialSurvivesReopening() throws Exception {
        IssuedFiles device = init(ROOT).issueClient("device-1", "device-1", List.of());
        BigInteger serial = device.issued().serial();

        open().revoke(serial, RevocationReason.KEY_COMPROMISE);

        assertThat(crl("ca.crl").getRevokedCertificate(serial)).isNotNull();
        assertThat(open().issued()).allMatch(LedgerEntry::revoked);
    }

    @Test
    void laterRevocationKeepsTheEarlierOne() throws Exception {
        AuthorityDirectory directory = init(ROOT);
        BigInteger first = directory.issueClient("a", "a", List.of()).issued().serial();
        BigInteger second = directory.issueClient("b", "b", List.of()).issued().serial();
        directory.revoke(first, RevocationReason.SUPERSEDED);

        open().revoke(second, RevocationReason.KEY_COMPROMISE);

        X509CRL crl = crl("ca.crl");
        assertThat(crl.getRevokedCertificate(first).getRevocationReason()).hasToString("SUPERSEDED");
        assertThat(crl.getRevokedCertificate(second).getRevocationReason()).hasToString("KEY_COMPROMISE");
        assertThat(numberOf(crl)).isEqualTo(3);
    }

    @Test
    void revokingTwiceKeepsTheFirstReasonAndCountsUp() throws Exception {
        AuthorityDirectory directory = init(ROOT);
        BigInteger serial = directory.issueClient("a", "a", List.of()).issued().serial();
        directory.revoke(serial, RevocationReason.KEY_COMPROMISE);

        X509CRL again = directory.revoke(serial, RevocationReason.SUPERSEDED);

        assertThat(again.getRevokedCertificates()).hasSize(1);
        assertThat(again.getRevokedCertificate(serial).getRevocationReason()).hasToString("KEY_COMPROMISE");
        assertThat(numberOf(again)).isEqualTo(3);
    }

    @Test
    void certificateFileIsRevokedEvenIfTheLedgerLostIt() {
        AuthorityDirectory directory = init(ROOT);
        IssuedCertificate unrecorded = directory.authority().issue(CertificateSpec.client("device-1"));
        Path file = temporary.resolve("device.pem");
        unrecorded.writeChain(file, WriteMode.CREATE);

        X509CRL crl = directory.revoke(file, RevocationReason.UNSPECIFIED);

        assertThat(crl.getRevokedCertificate(unrecorded.serial())).isNotNull();
    }

    @Test
    void certificateOfAnotherAuthorityIsNotRevoked() {
        AuthorityDirectory directory = init(ROOT);
        Path file = temporary.resolve("stranger.pem");
        CertificateAuthority.root("Test Root")
                .issue(CertificateSpec.client("stranger"))
                .writeChain(file, WriteMode.CREATE);

        assertThatThrownBy(() -> directory.revoke(file, RevocationReason.UNSPECIFIED))
                .isInstanceOf(CertsException.class)
                .hasMessage("certificate: " + file + " (expected: one issued by CertificateAuthority[CN=Test Root])");
    }

    @Test
    void unknownSerialIsNotRevoked() {
        AuthorityDirectory directory = init(ROOT);

        assertThatThrownBy(() -> directory.revoke(SerialNumber.parse("4F:A0"), RevocationReason.UNSPECIFIED))
                .isInstanceOf(CertsException.class)
                .hasMessage("serial: 4fa0 (expected: one this authority has issued)");
    }

    @Test
    void pemAndDerOfTheCrlAreTheSame() throws Exception {
        init(ROOT);

        assertThat(crl("ca.crl.der")).isEqualTo(crl("ca.crl"));
        assertThat(Files.readString(home().resolve("ca.crl"))).startsWith("-----BEGIN X509 CRL-----\n");
    }

    @Test
    void crlLifeIsChosen() {
        X509CRL crl = init(ROOT).withCrlLife(Duration.ofHours(2)).refreshCrl();

        assertThat(crl.getNextUpdate()).isEqualTo(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void opensslVerifiesChainAndRevocation() throws Exception {
        AuthorityDirectory directory = AuthorityDirectory.init(home(), ROOT, Clock.systemUTC(), WriteMode.CREATE);
        IssuedFiles good = directory.issueClient("good", "good", List.of());
        IssuedFiles bad = directory.issueClient("bad", "bad", List.of());
        directory.revoke(bad.issued().serial(), RevocationReason.KEY_COMPROMISE);

        assertThat(opensslVerify(good.chain())).contains("good.pem: OK");
        assertThatThrownBy(() -> opensslVerify(bad.chain()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("certificate revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "crl-number\t1", "garbage\nline"})
    void damagedLedgerIsAnErrorNotAnEmptyOne(String content) throws Exception {
        AuthorityDirectory directory = init(ROOT);
        Files.writeString(home().resolve("ca.index"), content);

        assertThatThrownBy(directory::refreshCrl)
                .isInstanceOf(CertsException.class)
                .hasMessageStartingWith("ledger: " + home().resolve("ca.index"));
    }

    @Test
    void damagedLedgerLineIsAnErrorNotSkipped() throws Exception {
        AuthorityDirectory directory = init(ROOT);
        directory.issueClient("a", "a", List.of());
        Path ledger = home().resolve("ca.index");
        Files.writeString(ledger, Files.readString(ledger) + "4fa0\tsoon\t-\t-\tCN=x\n");

        assertThatThrownBy(directory::refreshCrl)
                .isInstanceOf(CertsException.class)
                .hasMessageStartingWith("ledger: " + ledger + ": ");
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

    private String opensslVerify(Path certificate) throws Exception {
        return OpenSsl.run(
                "verify",
                "-crl_check",
                "-CAfile",
                home().resolve("ca.pem").toString(),
                "-CRLfile",
                home().resolve("ca.crl").toString(),
                certificate.toString());
    }

    private X509CRL crl(String name) throws Exception {
        try (InputStream content = Files.newInputStream(home().resolve(name))) {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(content);
        }
    }

    private static long numberOf(X509CRL crl) throws Exception {
        return ASN1Integer.getInstance(
                        JcaX509ExtensionUtils.parseExtensionValue(crl.getExtensionValue(Extension.cRLNumber.getId())))
                .longValueExact();
    }
}
