package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.model.ClientIdentity;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictCacheTest {

    private static final Issued ROOT = root("Root");
    private static final Issued MIDDLE = authority("Middle").signedBy(ROOT);
    private static final Issued LEAF = client("device").signedBy(MIDDLE);

    private final VerdictCache cache = new VerdictCache(2);
    private final MovableClock clock = new MovableClock(NOW);
    private final ClientChainValidator validator = validator(clock, ROOT);

    @Test
    void knownChainIsNotJudgedAgain() throws Exception {
        TrustedClient first = validator.validate(LEAF.chainArray());
        assertThat(validator.validate(LEAF.chainArray())).isSameAs(first);
    }

    @Test
    void knownChainIsRefusedOnceACertificateOnItsPathHasExpired() throws Exception {
        validator.validate(LEAF.chainArray());
        clock.set(NOW.plus(Duration.ofDays(31)));
        assertThatThrownBy(() -> validator.validate(LEAF.chainArray()))
                .isInstanceOfSatisfying(
                        RefusedCertificateException.class,
                        refusal -> assertThat(refusal.reason().label()).isEqualTo("expired"));
    }

    @Test
    void refusalIsNotRemembered() {
        assertThatThrownBy(() -> validator.validate(
                        client("device").notYetValid().signedBy(ROOT).chainArray()))
                .isInstanceOf(RefusedCertificateException.class);
        assertThat(cache.size()).isZero();
    }

    @Test
    void chainWithAStrangerInItIsNotRemembered() throws Exception {
        X509Certificate stranger = authority("Stranger").signedBy(ROOT).certificate();
        validator.validate(new X509Certificate[] {LEAF.certificate(), MIDDLE.certificate(), stranger});
        validator.validate(new X509Certificate[] {LEAF.certificate(), MIDDLE.certificate(), MIDDLE.certificate()});
        assertThat(cache.size()).isZero();
    }

    @Test
    void anotherTrustRemembersNothing() throws Exception {
        validator.validate(LEAF.chainArray());
        ClientChainValidator distrusting =
                new ClientChainValidator(TrustBundle.of(List.of(root("Other").certificate())), TrustConfig.of(), clock);
        assertThatThrownBy(() -> distrusting.validate(LEAF.chainArray()))
                .isInstanceOf(RefusedCertificateException.class);
    }

    @Test
    void chainThatWasNotAskedAboutForLongestGivesWay() throws Exception {
        ByteBuffer first = remembered(1);
        ByteBuffer second = remembered(2);
        cache.find(first, NOW);
        ByteBuffer third = remembered(3);
        assertThat(cache.find(first, NOW)).isNotNull();
        assertThat(cache.find(second, NOW)).isNull();
        assertThat(cache.find(third, NOW)).isNotNull();
    }

    @Test
    void oneClientCannotPushOutTheChainsOfOthers() throws Exception {
        TrustedClient other = validator.validate(LEAF.chainArray());
        for (int i = 0; i < 100; i++) {
            remembered(i);
        }
        assertThat(validator.validate(LEAF.chainArray())).isSameAs(other);
    }

    @Test
    void chainsThatOnlyReadTheSameHaveKeysOfTheirOwn() throws Exception {
        byte[] whole = {1, 2, 3, 4};
        assertThat(new PresentedChain(List.of(whole)).digest())
                .isNotEqualTo(new PresentedChain(List.of(new byte[] {1, 2}, new byte[] {3, 4})).digest());
    }

    private ByteBuffer remembered(int number) {
        ByteBuffer digest = ByteBuffer.wrap(new byte[] {(byte) number});
        cache.remember(
                digest,
                new TrustedClient(
                        List.of(ROOT.certificate()),
                        new ClientIdentity.Certified(
                                "CN=x", "x", List.of(), "1", "CN=ca", "ff", "5b", Instant.MAX, List.of())));
        return digest;
    }

    private ClientChainValidator validator(InstantSource time, Issued anchor) {
        return new ClientChainValidator(TrustBundle.of(List.of(anchor.certificate())), TrustConfig.of(), time, cache);
    }
}
