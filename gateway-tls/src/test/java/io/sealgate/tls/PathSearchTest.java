package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a search verifies, and with whose keys. What paths it finds is told by {@link PathValidationTest}. */
class PathSearchTest {

    private static final Issued ROOT = CertificateRecipe.root("Root");
    private static final Issued OTHER_ROOT = CertificateRecipe.root("Root");

    private final List<X509Certificate> asked = new ArrayList<>();

    private boolean issued(X509Certificate issuer, X509Certificate certificate) {
        asked.add(issuer);
        return Certificates.issued(issuer, certificate);
    }

    private List<List<X509Certificate>> paths(List<X509Certificate> presented) {
        List<List<X509Certificate>> seen = new ArrayList<>();
        TrustBundle bundle = TrustBundle.of(List.of(ROOT.certificate(), OTHER_ROOT.certificate()));
        new PathSearch(bundle, presented.subList(1, presented.size()), CertificateRecipe.NOW, this::issued)
                .from(presented.get(0), path -> {
                    seen.add(path);
                    return false;
                });
        return seen;
    }

    @Test
    void nothingIsVerifiedWithKeysThatOnlyTheClientBrought() {
        List<X509Certificate> presented = new ArrayList<>();
        presented.add(CertificateRecipe.client("device")
                .signedBy(CertificateRecipe.root("Thicket"))
                .certificate());
        for (int i = 0; i < 5; i++) {
            presented.add(CertificateRecipe.root("Thicket").certificate());
        }

        assertThat(paths(presented)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void ofCasOfOneNameThatAreTrustedOnlyTheIssuerIsFollowed() {
        Issued intermediate = CertificateRecipe.authority("Intermediate").signedBy(ROOT);
        Issued device = CertificateRecipe.client("device").signedBy(intermediate);

        assertThat(paths(device.chain()))
                .containsExactly(List.of(device.certificate(), intermediate.certificate(), ROOT.certificate()));
        assertThat(asked).containsOnly(ROOT.certificate(), OTHER_ROOT.certificate());
    }
}
