package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.dsa;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.ed25519;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.stream.Stream;

/** Keys and signatures. */
final class AlgorithmCases {

    private static final Issued ROOT = root("Root");
    private static final Issued RSA_ROOT =
            authority("RSA root").keys(rsa(2048)).signature("SHA256withRSA").selfSigned();

    private AlgorithmCases() {}

    static Stream<PathCase> all() {
        return Stream.of(keys(), signatures(), authorities()).flatMap(cases -> cases);
    }

    private static Stream<PathCase> keys() {
        return Stream.of(
                keyed(accept("RFC 5280", "client with P-256"), ec("secp256r1")),
                keyed(accept("RFC 5280", "client with P-384"), ec("secp384r1")),
                keyed(
                        accept("RFC 5280", "client with P-521")
                                .deviating("BoringSSL asks no client for a signature with it in TLS 1.3."),
                        ec("secp521r1")),
                keyed(accept("RFC 5280", "client with RSA-2048"), rsa(2048)),
                keyed(
                        accept("RFC 8410", "client with Ed25519").deviating("BoringSSL asks no client for it."),
                        ed25519()),
                keyed(
                        accept("RFC 8410", "client with Ed448").deviating("BoringSSL does not know it."),
                        HandshakeKeyCase.ED448.keys()),
                keyed(
                        accept("RFC 4055", "client with RSASSA-PSS").deviating("BoringSSL does not know such keys."),
                        HandshakeKeyCase.RSASSA_PSS.keys()),
                keyed(refuse("limbo", "client with RSA-1024"), rsa(1024)),
                keyed(
                        refuse("limbo", "client with RSA-2052")
                                .deviating(
                                        "A rule of the CA/Browser Forum for public certificates; such a key is no weaker."),
                        rsa(2052)),
                keyed(
                        accept("RFC 5280", "client with RSA-9000")
                                .deviating("Verifying with it costs whoever is asked to, and any client can ask."),
                        longRsa(9000)),
                keyed(refuse("limbo", "client with P-192"), ec("secp192r1")),
                keyed(refuse("SP 800-57", "client with P-224"), ec("secp224r1")),
                keyed(refuse("limbo", "client with DSA-2048"), dsa(2048)),
                keyed(refuse("RFC 8446", "client with secp256k1"), ec("secp256k1")),
                keyed(refuse("RFC 8446", "client with brainpoolP256r1"), ec("brainpoolP256r1")));
    }

    private static Stream<PathCase> signatures() {
        return Stream.of(
                signed(accept("RFC 5280", "ECDSA with SHA-256"), ROOT, "SHA256withECDSA"),
                signed(accept("RFC 5280", "ECDSA with SHA-512"), ROOT, "SHA512withECDSA"),
                signed(refuse("BetterTLS", "ECDSA with SHA-1"), ROOT, "SHA1withECDSA"),
                signed(refuse("SP 800-57", "ECDSA with SHA-224"), ROOT, "SHA224withECDSA"),
                signed(refuse("RFC 8446", "ECDSA with SHA3-256"), ROOT, "SHA3-256withECDSA"),
                signed(accept("RFC 5280", "RSA with SHA-256"), RSA_ROOT, "SHA256withRSA"),
                signed(refuse("BetterTLS", "RSA with SHA-1"), RSA_ROOT, "SHA1withRSA"),
                signed(refuse("BetterTLS", "RSA with MD5"), RSA_ROOT, "MD5withRSA"),
                signed(accept("RFC 4055", "RSA-PSS with SHA-256"), RSA_ROOT, "SHA256withRSAandMGF1"),
                signed(accept("RFC 4055", "RSA-PSS with SHA-512"), RSA_ROOT, "SHA512withRSAandMGF1"),
                signed(refuse("SP 800-57", "RSA-PSS with SHA-1"), RSA_ROOT, "SHA1withRSAandMGF1"),
                signed(
                        accept("RFC 8410", "Ed25519"),
                        authority("Ed root")
                                .keys(ed25519())
                                .signature("Ed25519")
                                .selfSigned(),
                        "Ed25519"));
    }

    private static Stream<PathCase> authorities() {
        KeyPair weakKeys = rsa(1024);
        Issued weak = authority("Weak").keys(weakKeys).signedBy(ROOT);
        Issued longest = authority("P-521 root")
                .keys(ec("secp521r1"))
                .signature("SHA512withECDSA")
                .selfSigned();
        Issued weakRoot =
                authority("Weak root").keys(weakKeys).signature("SHA256withRSA").selfSigned();
        Issued p192Root = authority("P-192 root").keys(ec("secp192r1")).selfSigned();
        Issued dsaRoot =
                authority("DSA root").keys(dsa(2048)).signature("SHA256withDSA").selfSigned();
        Issued sha1Root = authority("SHA-1 root").signature("SHA1withECDSA").selfSigned();
        KeyPair twin = ec("secp256r1");
        Issued sha1Middle =
                authority("Middle").keys(twin).signature("SHA1withECDSA").signedBy(ROOT);
        return Stream.of(
                refuse("limbo", "intermediate with RSA-1024")
                        .trusting(ROOT)
                        .presenting(client("device").signature("SHA256withRSA").signedBy(weak)),
                refuse("BetterTLS", "intermediate signed with SHA-1")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(sha1Middle)),
                refuse("limbo", "anchor with RSA-1024")
                        .trusting(weakRoot)
                        .presenting(client("device").signature("SHA256withRSA").signedBy(weakRoot)),
                accept("RFC 5280", "anchor with P-521")
                        .trusting(longest)
                        .presenting(
                                client("device").signature("SHA512withECDSA").signedBy(longest)),
                refuse("limbo", "anchor with P-192")
                        .trusting(p192Root)
                        .presenting(client("device").signedBy(p192Root)),
                refuse("limbo", "anchor with DSA")
                        .trusting(dsaRoot)
                        .presenting(client("device").signature("SHA256withDSA").signedBy(dsaRoot)),
                accept("RFC 5280", "anchor signed by itself with SHA-1")
                        .trusting(sha1Root)
                        .presenting(client("device").signedBy(sha1Root)));
    }

    /** A public key for which there is no private one: nobody waits for it to be found. */
    private static KeyPair longRsa(int bits) {
        try {
            BigInteger modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537)));
            return new KeyPair(key, rsa(2048).getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static PathCase keyed(PathCase row, KeyPair keys) {
        return row.trusting(ROOT).presenting(client("device").keys(keys).signedBy(ROOT));
    }

    private static PathCase signed(PathCase row, Issued issuer, String algorithm) {
        return row.trusting(issuer)
                .presenting(client("device").signature(algorithm).signedBy(issuer));
    }
}
