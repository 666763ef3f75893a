package io.sealgate.tls;

import java.util.List;

/** Groups for the key exchange, the preferred ones first. */
public enum NamedGroup {
    /** X25519 and ML-KEM-768 together: what is recorded today stays secret from tomorrow's quantum computers. TLS 1.3 only. */
    X25519_MLKEM768("X25519MLKEM768"),
    X25519("x25519"),
    P256("secp256r1"),
    P384("secp384r1"),
    P521("secp521r1");

    private final String iana;

    NamedGroup(String iana) {
        this.iana = iana;
    }

    /** P-521 is slow, and hardly any client has nothing else. */
    static List<NamedGroup> defaults() {
        return List.of(X25519_MLKEM768, X25519, P256, P384);
    }

    boolean isForTls12() {
        return this != X25519_MLKEM768;
    }

    /** The name in the IANA's registry, which is its spelling in the configuration too. */
    @Override
    public String toString() {
        return iana;
    }
}
