package io.sealgate.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A kind of key, and what comes of a client with it: one with the JDK's TLS, one with OpenSSL's, and one that
 * presents its certificate whatever it is asked for. The tables of {@code docs/handshakes.md} are made of these.
 */
enum HandshakeKeyCase {
    RSA_2048("RSA, 2048 bits", () -> CertificateRecipe.rsa(2048), Result.IDENTIFIED),
    RSA_3072("RSA, 3072 bits", () -> CertificateRecipe.rsa(3072), Result.IDENTIFIED),
    P_256("ECDSA, P-256", () -> CertificateRecipe.ec("secp256r1"), Result.IDENTIFIED),
    P_384("ECDSA, P-384", () -> CertificateRecipe.ec("secp384r1"), Result.IDENTIFIED),
    P_521("ECDSA, P-521", () -> CertificateRecipe.ec("secp521r1"), Result.PRESENTED_TO_TLS_1_2),
    RSASSA_PSS("RSASSA-PSS (RFC 4055), 2048 bits", () -> jdk("RSASSA-PSS"), Result.WITHHELD),
    ED25519("Ed25519", () -> jdk("Ed25519"), Result.WITHHELD),
    ED448("Ed448", () -> jdk("Ed448"), Result.WITHHELD);

    /** What comes of a client with such a key. */
    enum Result {
        IDENTIFIED,
        /** Both present it in TLS 1.2; in TLS 1.3 the JDK's client gives up by itself. */
        PRESENTED_TO_TLS_1_2,
        WITHHELD
    }

    final String title;
    final Result result;
    private final Supplier<KeyPair> generator;
    private @Nullable KeyPair keys;

    HandshakeKeyCase(String title, Supplier<KeyPair> generator, Result result) {
        this.title = title;
        this.generator = generator;
        this.result = result;
    }

    /** The same pair each time: large RSA keys take seconds to make. */
    synchronized KeyPair keys() {
        if (keys == null) {
            keys = generator.get();
        }
        return keys;
    }

    Issued device() {
        return CertificateRecipe.client("device").keys(keys()).signedBy(MutualTlsFixture.CLIENT_ROOT);
    }

    /** What the JDK's client comes to. */
    String jdk(TlsConfig.Version version, TlsConfig.ClientAuthentication clientAuth) {
        boolean givesUp = result == Result.PRESENTED_TO_TLS_1_2 && version == TlsConfig.Version.TLS_1_3;
        return givesUp ? "client-alert" : openssl(version, clientAuth);
    }

    /** What OpenSSL's client comes to. */
    String openssl(TlsConfig.Version version, TlsConfig.ClientAuthentication clientAuth) {
        if (result == Result.IDENTIFIED) {
            return "identified";
        }
        if (result == Result.PRESENTED_TO_TLS_1_2 && version == TlsConfig.Version.TLS_1_2) {
            return insistent();
        }
        return clientAuth == TlsConfig.ClientAuthentication.REQUIRE ? "no-certificate" : "anonymous";
    }

    /** What comes of such a key as the gateway's own. */
    String own() {
        return result == Result.WITHHELD ? "refused by `check`" : "presented";
    }

    /** What a client comes to that presents its certificate in any case. */
    String insistent() {
        return result == Result.IDENTIFIED ? "identified" : "unsupported-key";
    }

    private static KeyPair jdk(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.startsWith("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
