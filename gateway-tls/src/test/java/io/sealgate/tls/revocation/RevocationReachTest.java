package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.fetch.FetchConfig;
import io.sealgate.tls.ocsp.OcspConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever is to be asked about clients must be allowed to be. */
@SuppressWarnings("NullAway") // absent is what null means in these constructors
class RevocationReachTest {

    private final Problems problems = new Problems();
    private final Problems warnings = new Problems();

    private void check(OcspConfig.Mode mode, @Nullable String responder, List<String> hosts) {
        new RevocationConfig(
                        null,
                        new OcspConfig(mode, responder, null, null),
                        new FetchConfig(hosts, null, null, null, null),
                        null,
                        null)
                .check(problems, warnings, "revocation");
    }

    @ParameterizedTest
    @EnumSource(
            value = OcspConfig.Mode.class,
            names = {"SOFT", "HARD"})
    void nobodyToAskIsAProblem(OcspConfig.Mode mode) {
        check(mode, null, List.of());

        assertThat(problems.lines())
                .containsExactly("revocation.ocsp.responder: responder: none (expected: one, or fetch.allowed-hosts"
                        + " for those that certificates name)");
    }

    @Test
    void aResponderIsEnough() {
        check(OcspConfig.Mode.SOFT, "http://ocsp.example.com/", List.of());

        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void soAreHostsThatCertificatesMayName() {
        check(OcspConfig.Mode.HARD, null, List.of("ocsp.example.com"));

        assertThat(problems.isEmpty()).isTrue();
    }
}
