package io.sealgate.tls;

import java.util.List;

/**
 * The suites of TLS 1.2 that are spoken, all with forward secrecy and authenticated encryption, the preferred ones first. There
 * are no others to choose from; and those of TLS 1.3, which BoringSSL does not let anybody choose, are not here.
 */
public enum CipherSuite {
    ECDHE_ECDSA_AES_128_GCM("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", true),
    ECDHE_RSA_AES_128_GCM("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", false),
    ECDHE_ECDSA_AES_256_GCM("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", true),
    ECDHE_RSA_AES_256_GCM("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", false),
    ECDHE_ECDSA_CHACHA20_POLY1305("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", true),
    ECDHE_RSA_CHACHA20_POLY1305("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", false);

    private final String iana;
    private final boolean isEcdsa;

    CipherSuite(String iana, boolean isEcdsa) {
        this.iana = iana;
        this.isEcdsa = isEcdsa;
    }

    static List<CipherSuite> all() {
        return List.of(values());
    }

    /** Whether the server's certificate has to have a key for ECDSA rather than RSA. */
    boolean isEcdsa() {
        return isEcdsa;
    }

    /** The name in the IANA's registry, which is its spelling in the configuration too. */
    @Override
    public String toString() {
        return iana;
    }
}
