package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of certificates before they end. */
@SuppressWarnings("NullAway") // absent configuration reaches the records as null
class ExpiryTest {

    private static final Instant SOON = NOW.plus(Duration.ofDays(29)).truncatedTo(ChronoUnit.SECONDS);
    private static final Instant LATER = NOW.plus(Duration.ofDays(31)).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path directory;

    private final Problems found = new Problems();

    @Test
    void certificatesAndCasThatEndSoonAreWarnedOf() {
        config(SOON, SOON, ClientAuthentication.REQUIRE, null).warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines())
                .containsExactly(
                        "tls.certificates[0].chain: certificate: CN=gw.example, valid until " + SOON
                                + " (expected: 30 days or more from now)",
                        "tls.trust.bundle[0]: certificate: CN=Clients, valid until " + SOON
                                + " (expected: 30 days or more from now)");
    }

    @Test
    void certificatesThatEndLaterAreNot() {
        config(LATER, LATER, ClientAuthentication.REQUIRE, null).warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines()).isEmpty();
    }

    @Test
    void casThatAreNotLookedAtAreNotWarnedOf() {
        config(LATER, SOON, ClientAuthentication.NONE, null).warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines()).isEmpty();
    }

    @Test
    void filesTowardsOriginsAreWarnedOf() {
        CertificateConfig certificate = issue(SOON).write(directory, "device");
        Path bundle = bundle(SOON);
        new UpstreamTlsConfig(new UpstreamTlsConfig.BundleTrust(List.of(bundle)), certificate)
                .warnOfExpiry(found, "origins[0].tls", NOW);
        assertThat(found.lines())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("origins[0].tls.trust[0]", "origins[0].tls.certificate.chain");
    }

    @Test
    void filesThatCannotBeReadAreLeftToTheChecks() {
        Path missing = directory.resolve("none.pem");
        new TlsConfig(
                        null,
                        List.of(CertificateConfig.ofPem(missing, missing)),
                        null,
                        TrustConfig.of(missing),
                        null,
                        null)
                .warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines()).isEmpty();
    }

    @Test
    void listenerKnowsUntilWhenWhatItHasIsValid() throws Exception {
        try (ReloadingTls tls = TestTls.open(
                config(SOON, LATER, ClientAuthentication.REQUIRE, null),
                List.of(),
                Duration.ofSeconds(1),
                InstantSource.system())) {
            assertThat(tls.terms())
                    .extracting(term -> term.kind().label(), CertificateTerm::subject, CertificateTerm::notAfter)
                    .containsExactly(tuple("server", "CN=gw.example", SOON), tuple("ca", "CN=Clients", LATER));
        }
    }

    @Test
    void noticeBegins30DaysBeforeTheEndUnlessSaidOtherwise() {
        assertThat(new ExpiryNoticeConfig(null).within()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void noticeThatWouldNeverBeginIsAProblem() {
        config(LATER, LATER, ClientAuthentication.REQUIRE, new ExpiryNoticeConfig(Duration.ZERO))
                .check(found, new Problems(), "tls");
        assertThat(found.lines()).containsExactly("tls.expiry-notice.within: within: 0ms (expected: > 0)");
    }

    @Test
    void noticeWhereNobodyHasACertificateIsAProblem() {
        config(LATER, LATER, ClientAuthentication.NONE, new ExpiryNoticeConfig(null))
                .check(found, new Problems(), "tls");
        assertThat(found.lines())
                .containsExactly(
                        "tls.expiry-notice: expiry-notice: present (expected: none, because client-auth is none)");
    }

    private TlsConfig config(
            Instant certificate, Instant ca, ClientAuthentication clientAuth, @Nullable ExpiryNoticeConfig notice) {
        return new TlsConfig(
                null,
                List.of(issue(certificate).write(directory, "server")),
                clientAuth,
                TrustConfig.of(bundle(ca)),
                null,
                null,
                null,
                null,
                notice);
    }

    private static Issued issue(Instant until) {
        return server("gw.example").valid(NOW.minusSeconds(60), until).signedBy(MutualTlsFixture.SERVER_ROOT);
    }

    private Path bundle(Instant until) {
        Issued root = authority("Clients").valid(NOW.minusSeconds(60), until).selfSigned();
        return Issued.pem(directory.resolve("clients.pem"), root.certificate());
    }
}
