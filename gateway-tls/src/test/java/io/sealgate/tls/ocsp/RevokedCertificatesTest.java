package io.sealgate.tls.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.Validity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one issuer revokes pushes out nothing of what another has revoked. */
class RevokedCertificatesTest {

    private static final int CAPACITY = 10;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final CertificateAuthority busy = CertificateAuthority.root("busy");
    private final CertificateAuthority quiet = CertificateAuthority.root("quiet");
    private final RevokedCertificates revoked = new RevokedCertificates(CAPACITY);

    @Test
    void anIssuerThatRevokesMuchMakesNothingOfOthersForgotten() {
        List<X509Certificate> few = revoke(quiet, 3, Duration.ofDays(1));

        List<X509Certificate> many = revoke(busy, 5 * CAPACITY, Duration.ofDays(900));

        assertThat(few).allMatch(one -> revoked.isFinal(one, quiet.certificate()));
        assertThat(many.subList(0, 43)).noneMatch(one -> revoked.contains(one, busy.certificate()));
        assertThat(many.subList(43, 50)).allMatch(one -> revoked.contains(one, busy.certificate()));
    }

    @Test
    void thoseThatHaveEndedGoFirst() {
        List<X509Certificate> old = revoke(busy, 3, Duration.ofDays(900));
        List<X509Certificate> ended = revoke(busy, 7, Duration.ofHours(1));

        X509Certificate next = issue(busy, Duration.ofDays(900));
        learn(busy, next, NOW.plus(Duration.ofDays(1)));

        assertThat(old).allMatch(one -> revoked.contains(one, busy.certificate()));
        assertThat(ended).noneMatch(one -> revoked.contains(one, busy.certificate()));
        assertThat(revoked.contains(next, busy.certificate())).isTrue();
    }

    /** Without nonces, whoever is on the way can send an older response once more, as long as it holds. */
    @Test
    void anOlderResponseDoesNotMoveAHoldBack() {
        X509Certificate device = issue(quiet, Duration.ofDays(1));

        assertThat(learn(device, "held", NOW)).isTrue();
        assertThat(learn(device, "held", NOW.minusSeconds(120))).isTrue();
        assertThat(learn(device, "good", NOW.minusSeconds(60))).isTrue();
        assertThat(learn(device, "good", NOW)).isTrue();
        assertThat(learn(device, "good", NOW.plusSeconds(1))).isFalse();
    }

    private boolean learn(X509Certificate certificate, String status, Instant madeAt) {
        boolean isHeld = status.equals("held");
        OcspAnswer answer = new OcspAnswer(isHeld, isHeld, madeAt, NOW.plusSeconds(60), status);
        return revoked.learn(certificate, quiet.certificate(), answer, NOW);
    }

    private List<X509Certificate> revoke(CertificateAuthority authority, int count, Duration life) {
        List<X509Certificate> certificates =
                Stream.generate(() -> issue(authority, life)).limit(count).toList();
        certificates.forEach(one -> assertThat(learn(authority, one, NOW)).isTrue());
        return certificates;
    }

    private static X509Certificate issue(CertificateAuthority authority, Duration life) {
        Validity validity = new Validity.Between(NOW.minusSeconds(60), NOW.plus(life));
        return authority
                .issue(CertificateSpec.client("device").withValidity(validity))
                .certificate();
    }

    private boolean learn(CertificateAuthority authority, X509Certificate certificate, Instant now) {
        OcspAnswer answer = new OcspAnswer(true, false, now, now.plusSeconds(60), "revoked");
        return revoked.learn(certificate, authority.certificate(), answer, now);
    }
}
