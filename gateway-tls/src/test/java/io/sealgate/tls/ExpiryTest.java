package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
    void certificatesThatAreNotYetValidAreWarnedOf() {
        Instant from = NOW.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        CertificateConfig early = server("gw.example")
                .valid(from, LATER)
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .write(directory, "early");
        new TlsConfig(null, List.of(early), ClientAuthentication.NONE, TrustConfig.none(), null, null)
                .warnOfExpiry(found, "tls", NOW);
        assertThat(found.lines())
                .containsExactly("tls.certificates[0].chain: certificate: CN=gw.example, valid from " + from
                        + " (expected: valid now)");
    }

    @Test
    void whatIsPresentedToOriginsHasATermToo() throws Exception {
        CertificateConfig certificate = issue(SOON).write(directory, "device");
        Path bundle = bundle(LATER);
        try (ReloadingUpstreamTls tls = TestTls.upstream(
                new UpstreamTlsConfig(new UpstreamTlsConfig.BundleTrust(List.of(bundle)), certificate))) {
            assertThat(tls.terms())
                    .extracting(term -> term.kind().label(), CertificateTerm::subject, CertificateTerm::notAfter)
                    .containsExactly(tuple("client", "CN=gw.example", SOON), tuple("ca", "CN=Clients", LATER));
        }
    }

    @Test
    void eachCertificateIsToldOfOnceWhenItsTimeIsOver() {
        List<String> told = new ArrayList<>();
        ReloadListener listener = new ReloadListener() {
            @Override
            public void reloaded(Material what, String owner) {}

            @Override
            public void reloadFailed(Material what, String owner, String problem) {}

            @Override
            public void warned(Material what, String owner, String note) {
                told.add(what.label() + " " + owner + " " + note);
            }
        };
        MovableClock clock = new MovableClock(NOW);
        ExpiryAlarm alarm = new ExpiryAlarm(ReloadListener.Material.SERVER_CERTIFICATE, "edge", clock, listener);
        X509Certificate certificate = issue(LATER).certificate();
        for (int days : new int[] {0, 0, 2, 2, 40, 40}) {
            clock.set(NOW.plus(Duration.ofDays(days)));
            alarm.look(Stream.of(certificate, certificate));
        }
        assertThat(told)
                .satisfiesExactly(
                        soon -> assertThat(soon)
                                .startsWith("server-certificate edge certificate: CN=gw.example, serial ")
                                .contains("valid for less than 30 days"),
                        ended -> assertThat(ended).contains("expired"));
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
