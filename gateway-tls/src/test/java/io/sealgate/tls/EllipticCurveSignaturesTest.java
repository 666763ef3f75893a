package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EllipticCurveSignaturesTest {

    private static final byte[] SIGNED = "what is signed".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA1withECDSA",
        "secp256r1, SHA224withECDSA",
        "secp256r1, SHA256withECDSA",
        "secp384r1, SHA384withECDSA",
        "secp521r1, SHA512withECDSA",
        "secp256r1, SHA3-256withECDSA"
    })
    void whatTheJdkSignsIsVerified(String curve, String algorithm) throws GeneralSecurityException {
        KeyPair key = key(curve);
        Signature signer = Signature.getInstance(algorithm, "SunEC");
        signer.initSign(key.getPrivate());
        signer.update(SIGNED);
        byte[] signature = signer.sign();

        assertThat(verifies(algorithm, key.getPublic(), signature)).isTrue();
        assertThat(verifies(algorithm, key(curve).getPublic(), signature)).isFalse();
    }

    @Test
    void whoLeavesTheChoiceToTheJdkGetsTheJdks() throws GeneralSecurityException {
        EllipticCurveSignatures.provider();
        Signature chosen = Signature.getInstance("SHA256withECDSA");
        chosen.initVerify(key("secp256r1").getPublic());

        assertThat(chosen.getProvider().getName()).isEqualTo("SunEC");
    }

    @Test
    void itIsRegisteredOnceAndLast() {
        String name = EllipticCurveSignatures.provider();
        int providers = Security.getProviders().length;

        assertThat(EllipticCurveSignatures.provider()).isEqualTo(name);
        assertThat(Security.getProviders()).hasSize(providers);
        assertThat(Security.getProviders()[providers - 1].getName()).isEqualTo(name);
        assertThat(Security.getProvider("BC")).isNull();
    }

    @Test
    void onlyKeysOnCurvesAreItsAffair() throws GeneralSecurityException {
        PublicKey curve = key("secp256r1").getPublic();
        PublicKey rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();

        assertThat(EllipticCurveSignatures.areMadeBy(List.of(curve, curve))).isTrue();
        assertThat(EllipticCurveSignatures.areMadeBy(List.of(curve, rsa))).isFalse();
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm, EllipticCurveSignatures.provider());
        verifier.initVerify(key);
        verifier.update(SIGNED);
        return verifier.verify(signature);
    }

    private static KeyPair key(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }
}
