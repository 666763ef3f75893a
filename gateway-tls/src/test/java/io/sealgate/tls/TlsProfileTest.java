package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("NullAway") // absent configuration reaches the records as null
class TlsProfileTest {

    private static final List<CipherSuite> ECDSA_ONLY = List.of(CipherSuite.ECDHE_ECDSA_AES_128_GCM);

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    @Test
    void absentParametersAreAllThatIsGood() {
        TlsProfile profile = TlsProfile.of(null, null, null);
        assertThat(profile.minVersion()).isEqualTo(Version.TLS_1_2);
        assertThat(profile.cipherSuites()).containsExactly(CipherSuite.values());
        assertThat(profile.groups())
                .startsWith(NamedGroup.X25519_MLKEM768, NamedGroup.X25519)
                .doesNotContain(NamedGroup.P521);
        profile.check(problems, "tls");
        assertThat(problems.lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CipherSuite.class)
    void everySuiteHasForwardSecrecyAndAuthenticatedEncryption(CipherSuite suite) {
        assertThat(suite.toString())
                .startsWith(suite.isEcdsa() ? "TLS_ECDHE_ECDSA_WITH_" : "TLS_ECDHE_RSA_WITH_")
                .matches(".*(_GCM_|_POLY1305_).*");
    }

    @Test
    void suitesOfTls12AreAProblemWhereItIsNotSpoken() {
        check(Version.TLS_1_3, ECDSA_ONLY, null);
        assertThat(problems.lines())
                .containsExactly("tls.cipher-suites: cipher-suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]"
                        + " (expected: none, because min-version is TLSv1.3 and its suites are always the same three)");
    }

    @Test
    void emptyListsAreProblems() {
        check(Version.TLS_1_2, List.of(), List.of());
        assertThat(problems.lines())
                .containsExactly(
                        "tls.cipher-suites: cipher-suites: none (expected: at least one)",
                        "tls.groups: groups: none (expected: at least one)");
    }

    @Test
    void whatWasRefusedWordByWordIsNotReportedTwice() {
        problems.add("tls.groups[0]", "word: ffdhe1024 (expected: …)");
        check(Version.TLS_1_2, null, List.of());
        assertThat(problems.lines()).hasSize(1);
    }

    @Test
    void nothingMayBeSaidTwice() {
        check(
                Version.TLS_1_2,
                List.of(CipherSuite.ECDHE_RSA_AES_128_GCM, CipherSuite.ECDHE_RSA_AES_128_GCM),
                List.of(NamedGroup.P256, NamedGroup.P256));
        assertThat(problems.lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .endsWith("(expected: each once)"));
    }

    @Test
    void hybridGroupAloneIsAProblemForTls12() {
        check(Version.TLS_1_2, null, List.of(NamedGroup.X25519_MLKEM768));
        assertThat(problems.lines())
                .containsExactly("tls.groups: groups: [X25519MLKEM768]"
                        + " (expected: one for TLSv1.2 too, or min-version TLSv1.3)");
    }

    @Test
    void hybridGroupAloneIsGoodForTls13() {
        check(Version.TLS_1_3, null, List.of(NamedGroup.X25519_MLKEM768));
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void certificateThatNoSuiteIsForIsAProblem() {
        config(Version.TLS_1_2).check(problems, new Problems(), "tls");
        assertThat(problems.lines())
                .containsExactly("tls.certificates[1]: certificate: CN=gw.example with a key for RSA"
                        + " (expected: one for [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256], or min-version TLSv1.3)");
    }

    @Test
    void listenerIsNotOpenedWithWhatCheckReports() {
        assertThatThrownBy(() ->
                        TestTls.open(config(Version.TLS_1_2), List.of(), Duration.ofSeconds(1), InstantSource.system()))
                .isInstanceOf(TlsMaterialException.class)
                .hasMessageContaining("tls.certificates[1]");
        assertThatThrownBy(() ->
                        TestTls.open(config(Version.TLS_1_3), List.of(), Duration.ofSeconds(1), InstantSource.system()))
                .isInstanceOf(TlsMaterialException.class)
                .hasMessageContaining("tls.cipher-suites");
    }

    @Test
    void originIsNotDialledWithWhatCheckReports() {
        UpstreamTlsConfig config =
                new UpstreamTlsConfig(null, null, Version.TLS_1_2, null, List.of(NamedGroup.X25519_MLKEM768));
        config.check(problems, "origins[0].tls");
        assertThat(problems.lines()).singleElement().asString().startsWith("origins[0].tls.groups: ");
        assertThatThrownBy(() -> TestTls.upstream(config)).isInstanceOf(TlsMaterialException.class);
    }

    private void check(Version version, @Nullable List<CipherSuite> suites, @Nullable List<NamedGroup> groups) {
        TlsProfile.of(version, suites, groups).check(problems, "tls");
    }

    private TlsConfig config(Version version) {
        Issued ecdsa = server("gw.example").signedBy(SERVER_ROOT);
        Issued rsa = server("gw.example").keys(rsa(2048)).signedBy(SERVER_ROOT);
        return new TlsConfig(
                version,
                List.of(ecdsa.write(directory, "ecdsa"), rsa.write(directory, "rsa")),
                ClientAuthentication.NONE,
                null,
                null,
                null,
                ECDSA_ONLY,
                null,
                null);
    }
}
