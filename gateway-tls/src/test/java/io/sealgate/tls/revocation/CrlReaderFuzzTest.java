package io.sealgate.tls.revocation;

import static io.sealgate.tls.revocation.CrlRecipe.ISSUING_DISTRIBUTION_POINT;
import static io.sealgate.tls.revocation.CrlRecipe.extension;
import static io.sealgate.tls.revocation.CrlRecipe.hex;
import static io.sealgate.tls.revocation.CrlRecipe.number;
import static io.sealgate.tls.revocation.CrlRecipe.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sealgate.certs.CertificateAuthority;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** No octet sequence makes the reader believe what its CA did not sign, or fail in another way than by saying so. */
class CrlReaderFuzzTest {

    private static final long SEED = 20_261_124;

    private static final CertificateAuthority CA = CertificateAuthority.root("CA");
    private static final CrlIssuers ISSUERS = new CrlIssuers(List.of(CA.certificate()));
    private static final CrlRecipe RECIPE = CrlRecipe.of(CA)
            .revoke("01")
            .revoke("7fffffffffffffffffffffffffffffffffffff", reason(1))
            .revoke(BigInteger.ONE.shiftLeft(200), reason(6))
            .extension(number(3))
            .extension(extension(ISSUING_DISTRIBUTION_POINT, true, hex("30038101ff")));

    @Test
    void everyTruncationIsRefused() {
        byte[] der = RECIPE.der();
        for (int length = 0; length < der.length; length++) {
            byte[] truncated = Arrays.copyOf(der, length);
            assertThatThrownBy(() -> CrlReaderTest.read(truncated, ISSUERS))
                    .as("%d octets", length)
                    .isInstanceOf(CrlException.class);
        }
    }

    @Test
    void everyChangedOctetIsRefused() {
        Random random = new Random(SEED);
        byte[] der = RECIPE.der();
        for (int i = 0; i < der.length; i++) {
            byte[] changed = der.clone();
            changed[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            assertThatThrownBy(() -> CrlReaderTest.read(changed, ISSUERS))
                    .as("octet %d", i)
                    .isInstanceOf(CrlException.class);
        }
    }

    /**
     * A CA whose software is broken signs what it makes: the signature holds, and the form is the reader's to judge. What it takes
     * revokes at least what the JDK finds in it.
     */
    @Test
    void signedNonsenseIsReadInFullOrRefused() throws Exception {
        Random random = new Random(SEED);
        byte[] tbs = RECIPE.tbs();
        int read = 0;
        for (int round = 0; round < 500; round++) {
            byte[] list = RECIPE.sign(mutate(tbs.clone(), random));
            AtomicReference<Crl> crl = new AtomicReference<>();
            Throwable thrown = catchThrowable(() -> crl.set(CrlReaderTest.read(list, ISSUERS)));
            if (thrown != null) {
                assertThat(thrown).as("round %d", round).isInstanceOf(CrlException.class);
            } else {
                read++;
                assertThat(revokedByTheJdk(list))
                        .as("round %d", round)
                        .allMatch(serial -> crl.get().revoked().reason(serial).isPresent());
            }
        }
        assertThat(read).isPositive();
    }

    private static List<BigInteger> revokedByTheJdk(byte[] list) throws CertificateException {
        try {
            X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list));
            Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
            return entries == null
                    ? List.of()
                    : entries.stream().map(X509CRLEntry::getSerialNumber).toList();
        } catch (CRLException e) {
            return List.of();
        }
    }

    private static byte[] mutate(byte[] tbs, Random random) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            tbs[random.nextInt(tbs.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(tbs, random.nextInt(tbs.length)) : tbs;
    }
}
