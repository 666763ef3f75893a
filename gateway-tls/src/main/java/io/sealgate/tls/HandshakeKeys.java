package io.sealgate.tls;

import java.math.BigInteger;
import java.security.Key;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys a client can prove in a handshake. BoringSSL asks clients for the signature schemes of a list of its
 * own, which nothing in netty-tcnative changes: RSA, ECDSA with P-256 and with P-384. A client with another key
 * has nothing to sign with and presents no certificate (RFC 8446 §4.4.2); in TLS 1.2, where curve and digest are
 * not tied to each other, some present a P-521 key all the same. What works with one version and one library only
 * is refused everywhere, by name.
 */
final class HandshakeKeys {

    private static final BigInteger P_256 = AlgorithmStrength.order("secp256r1");
    private static final BigInteger P_384 = AlgorithmStrength.order("secp384r1");
    private static final BigInteger P_521 = AlgorithmStrength.order("secp521r1");

    private HandshakeKeys() {}

    /** Why the owner of a certificate cannot prove its key, whatever its length; nothing if that is possible. */
    static Optional<String> obstacle(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        boolean isProvable = key instanceof ECKey ec ? Set.of(P_256, P_384).contains(order(ec)) : isRsa(key);
        return isProvable
                ? Optional.empty()
                : Optional.of(name(key) + " key (expected: RSA, P-256 or P-384, which handshakes can be signed with)");
    }

    /**
     * What a key, private or public, is called where the JDK's name for it says too little: {@code Ed25519},
     * {@code P-521}.
     */
    static String name(Key key) {
        if (key instanceof EdECKey edwards) {
            return edwards.getParams().getName();
        }
        return key instanceof ECKey ec ? name(order(ec)) : key.getAlgorithm();
    }

    private static String name(BigInteger order) {
        boolean isKnown = Set.of(P_256, P_384, P_521).contains(order);
        return isKnown ? "P-" + order.bitLength() : "EC (another curve, " + order.bitLength() + " bits)";
    }

    private static BigInteger order(ECKey key) {
        return key.getParams().getOrder();
    }

    /**
     * Not RSASSA-PSS: such a key is an RSA key too, but with another identifier (RFC 4055 §1.2), for which
     * BoringSSL has no scheme.
     */
    private static boolean isRsa(PublicKey key) {
        return key.getAlgorithm().equals("RSA");
    }
}
