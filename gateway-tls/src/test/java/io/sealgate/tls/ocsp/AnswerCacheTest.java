package io.sealgate.tls.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.core.model.ClientKey;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {

    private static final int CAPACITY = 8;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.root("CA");
    private static final ClientKey ONE = client(1);
    private static final ClientKey OTHER = client(2);

    private final AnswerCache answers = new AnswerCache(InstantSource.fixed(NOW), CAPACITY);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aClientWithManyCertificatesMakesNoAnswerAboutOthersForgotten() {
        List<X509Certificate> few = certificates(CAPACITY / 2);
        few.forEach(certificate -> ask(OTHER, certificate));

        certificates(5 * CAPACITY).forEach(certificate -> ask(ONE, certificate));
        asked.set(0);
        few.forEach(certificate -> ask(OTHER, certificate));

        assertThat(asked).hasValue(0);
    }

    @Test
    void roomThatNobodyElseNeedsIsForAnyone() {
        List<X509Certificate> many = certificates(CAPACITY);
        many.forEach(certificate -> ask(ONE, certificate));
        asked.set(0);

        many.forEach(certificate -> ask(ONE, certificate));

        assertThat(asked).hasValue(0);
    }

    private void ask(ClientKey owner, X509Certificate certificate) {
        OcspAnswer good = new OcspAnswer(false, false, NOW, NOW.plusSeconds(60), "good");
        answers.get(owner, certificate, () -> {
                    asked.incrementAndGet();
                    return CompletableFuture.completedFuture(good);
                })
                .join();
    }

    private static List<X509Certificate> certificates(int count) {
        return Stream.generate(
                        () -> AUTHORITY.issue(CertificateSpec.client("device")).certificate())
                .limit(count)
                .toList();
    }

    private static ClientKey client(int number) {
        return ClientKey.of(new InetSocketAddress("192.0.2." + number, 1));
    }
}
