package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.ed25519;
import static io.sealgate.tls.CertificateRecipe.ed448;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.LazyX509Certificate;
import io.sealgate.core.clients.Fingerprints;
import io.sealgate.core.model.ClientIdentity.Certified;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds a certificate can be written in other bytes than its CA wrote, by whoever has it: all that is not signed,
 * and the signature itself. A list of fingerprints has the bytes that the CA wrote.
 */
class RewrittenCertificateTest {

    private static final byte[] NULL = {5, 0};
    private static final byte[] OCTETS = {4, 1, 7};
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 3;
    private static final int CONSTRUCTED = 0x20;

    static Stream<Arguments> authorities() {
        return Stream.of(
                Arguments.of("P-256", ec("secp256r1"), "SHA256withECDSA"),
                Arguments.of("P-256, SHA-512", ec("secp256r1"), "SHA512withECDSA"),
                Arguments.of("P-384", ec("secp384r1"), "SHA384withECDSA"),
                Arguments.of("P-521", ec("secp521r1"), "SHA512withECDSA"),
                Arguments.of("RSA", rsa(2048), "SHA256withRSA"),
                Arguments.of("RSA-PSS", rsa(2048), "SHA256withRSAandMGF1"),
                Arguments.of("Ed25519", ed25519(), "Ed25519"),
                Arguments.of("Ed448", ed448(), "Ed448"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("authorities")
    void whoIsOnAListIsKnownHoweverItsCertificateIsWritten(String name, KeyPair keys, String algorithm)
            throws Exception {
        Issued root = authority("Root").keys(keys).signature(algorithm).selfSigned();
        Issued leaf = client("device").signature(algorithm).signedBy(root);
        Fingerprints listed = new Fingerprints(Set.of(sha256(leaf.certificate().getEncoded())));
        TreeSet<String> missed = new TreeSet<>();
        rewritten(leaf.certificate(), root.certificate()).forEach((how, der) -> {
            Certified client = identity(root, der);
            if (client != null && !listed.contains(client)) {
                missed.add(how);
            }
        });
        assertThat(missed).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("authorities")
    void whatTheCaWroteIsTakenAndOnlyEcdsaHasAnotherForm(String name, KeyPair keys, String algorithm) throws Exception {
        Issued root = authority("Root").keys(keys).signature(algorithm).selfSigned();
        Issued leaf = client("device").signature(algorithm).signedBy(root);
        TreeSet<String> taken = new TreeSet<>();
        rewritten(leaf.certificate(), root.certificate()).forEach((how, der) -> {
            if (identity(root, der) != null) {
                taken.add(how);
            }
        });
        assertThat(taken)
                .isEqualTo(new TreeSet<>(
                        algorithm.endsWith("ECDSA") ? List.of("as it is", "n - s") : List.of("as it is")));
    }

    private static Certified identity(Issued root, byte[] der) {
        try {
            return new ClientChainValidator(
                            TrustBundle.of(List.of(root.certificate())), TrustConfig.of(), InstantSource.system())
                    .validate(new X509Certificate[] {new LazyX509Certificate(der)})
                    .identity();
        } catch (RefusedCertificateException e) {
            return null;
        }
    }

    private static Map<String, byte[]> rewritten(X509Certificate certificate, X509Certificate issuer) throws Exception {
        Outer outer = Outer.of(certificate);
        byte[] bits = outer.bits();
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("bytes behind it", join(outer.der(), NULL));
        forms.put("NULL for parameters", outer.algorithm(join(outer.oid(), NULL)));
        forms.put("no parameters", outer.algorithm(outer.oid()));
        forms.put("other parameters", outer.algorithm(join(outer.oid(), OCTETS)));
        forms.put("parameters twice", outer.algorithm(join(outer.algorithmBody(), NULL)));
        forms.put(
                "long length of the algorithm",
                outer.with(wide(SEQUENCE, outer.algorithmBody()), tlv(BIT_STRING, bits)));
        forms.put("long length of the signature", outer.with(outer.algorithm, wide(BIT_STRING, bits)));
        forms.put("long length of the whole", wide(SEQUENCE, join(outer.tbs, outer.algorithm, tlv(BIT_STRING, bits))));
        forms.put(
                "no length of the whole",
                join(
                        new byte[] {SEQUENCE, (byte) 0x80},
                        outer.tbs,
                        outer.algorithm,
                        tlv(BIT_STRING, bits),
                        new byte[2]));
        forms.put("a fourth field", tlv(SEQUENCE, join(outer.tbs, outer.algorithm, tlv(BIT_STRING, bits), NULL)));
        forms.put(
                "constructed signature",
                outer.with(outer.algorithm, tlv(BIT_STRING | CONSTRUCTED, tlv(BIT_STRING, bits))));
        for (int unused = 1; unused < 8; unused++) {
            byte[] shorter = bits.clone();
            shorter[0] = (byte) unused;
            forms.put(unused + " unused bits", outer.with(outer.algorithm, tlv(BIT_STRING, shorter)));
        }
        signatures(certificate, issuer).forEach((how, signature) -> forms.put(how, outer.signature(signature)));
        forms.values().removeIf(form -> Arrays.equals(form, outer.der()));
        forms.put("as it is", outer.der());
        return forms;
    }

    private static Map<String, byte[]> signatures(X509Certificate certificate, X509Certificate issuer)
            throws Exception {
        byte[] signature = certificate.getSignature();
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("signature and a byte", join(signature, new byte[1]));
        forms.put("a byte and signature", join(new byte[1], signature));
        if (issuer.getPublicKey() instanceof ECPublicKey key) {
            BigInteger n = key.getParams().getOrder();
            ASN1Sequence pair = ASN1Sequence.getInstance(signature);
            BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getValue();
            BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
            forms.put("n - s", pair(r, n.subtract(s)));
            forms.put("r + n", pair(r.add(n), s));
            forms.put("s + n", pair(r, s.add(n)));
            forms.put("s - n", pair(r, s.subtract(n)));
            forms.put("-r", pair(r.negate(), s));
            forms.put(
                    "zero before r",
                    tlv(SEQUENCE, join(tlv(2, join(new byte[1], r.toByteArray())), tlv(2, s.toByteArray()))));
            forms.put(
                    "zero before s",
                    tlv(SEQUENCE, join(tlv(2, r.toByteArray()), tlv(2, join(new byte[1], s.toByteArray())))));
            forms.put(
                    "a third number",
                    tlv(SEQUENCE, join(tlv(2, r.toByteArray()), tlv(2, s.toByteArray()), tlv(2, new byte[1]))));
            forms.put(
                    "long length of the pair", wide(SEQUENCE, join(tlv(2, r.toByteArray()), tlv(2, s.toByteArray()))));
            forms.put("long length of r", tlv(SEQUENCE, join(wide(2, r.toByteArray()), tlv(2, s.toByteArray()))));
            forms.put(
                    "no length of the pair",
                    join(
                            new byte[] {SEQUENCE, (byte) 0x80},
                            tlv(2, r.toByteArray()),
                            tlv(2, s.toByteArray()),
                            new byte[2]));
        } else if (issuer.getPublicKey() instanceof RSAPublicKey key) {
            BigInteger number = new BigInteger(1, signature);
            forms.put("s + n", number.add(key.getModulus()).toByteArray());
            forms.put("n - s", unsigned(key.getModulus().subtract(number), signature.length));
        } else if (signature.length == 64) {
            forms.put("s + L", addOrder(signature));
        }
        return forms;
    }

    private static byte[] addOrder(byte[] signature) {
        BigInteger order = BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] low = reversed(Arrays.copyOfRange(signature, 32, 64));
        byte[] sum = reversed(unsigned(new BigInteger(1, low).add(order), 32));
        return join(Arrays.copyOf(signature, 32), sum);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[length];
        int count = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - count, padded, length - count, count);
        return padded;
    }

    private static byte[] pair(BigInteger r, BigInteger s) throws Exception {
        return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
    }

    /** The three fields of a certificate, each as it is encoded. */
    private record Outer(byte[] tbs, byte[] algorithm, byte[] signature) {

        static Outer of(X509Certificate certificate) throws Exception {
            ASN1Sequence fields = ASN1Sequence.getInstance(certificate.getEncoded());
            return new Outer(
                    certificate.getTBSCertificate(),
                    fields.getObjectAt(1).toASN1Primitive().getEncoded(),
                    certificate.getSignature());
        }

        byte[] bits() {
            return join(new byte[1], signature);
        }

        byte[] algorithmBody() {
            return Arrays.copyOfRange(algorithm, 2, algorithm.length);
        }

        byte[] oid() {
            return Arrays.copyOf(algorithmBody(), 2 + algorithmBody()[1]);
        }

        byte[] der() {
            return signature(signature);
        }

        byte[] signature(byte[] other) {
            return with(algorithm, tlv(BIT_STRING, join(new byte[1], other)));
        }

        byte[] algorithm(byte[] body) {
            return with(tlv(SEQUENCE, body), tlv(BIT_STRING, bits()));
        }

        byte[] with(byte[] second, byte[] third) {
            return tlv(SEQUENCE, join(tbs, second, third));
        }
    }

    private static byte[] tlv(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, content);
    }

    /** With an octet more of length than needed. */
    private static byte[] wide(int tag, byte[] content) {
        int length = content.length;
        return join(new byte[] {(byte) tag, (byte) 0x83, 0, (byte) (length >> 8), (byte) length}, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] der) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    }
}
