package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.ed25519;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.TrustConfig.ExtendedKeyUsage;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

class ClientChainValidatorTest {

    private static final Issued ROOT = root("Root");
    private static final Issued MIDDLE = authority("Middle").signedBy(ROOT);
    private static final byte[] NOT_DER = {0x30, 0x7F, 0x01};

    private final TrustConfig strict = TrustConfig.of();

    @Test
    void directClientIsAccepted() throws Exception {
        Issued leaf = client("device").signedBy(ROOT);
        assertThat(trusting(ROOT).validate(leaf.chainArray()).path())
                .containsExactly(leaf.certificate(), ROOT.certificate());
    }

    @Test
    void pathThroughPresentedIntermediateIsFound() throws Exception {
        Issued leaf = client("device").signedBy(MIDDLE);
        assertThat(trusting(ROOT).validate(leaf.chainArray()).path())
                .containsExactly(leaf.certificate(), MIDDLE.certificate(), ROOT.certificate());
    }

    @Test
    void pathThroughBundledIntermediateIsFoundForLoneLeaf() throws Exception {
        Issued leaf = client("device").signedBy(MIDDLE);
        assertThat(trusting(ROOT, MIDDLE)
                        .validate(new X509Certificate[] {leaf.certificate()})
                        .path())
                .contains(MIDDLE.certificate());
    }

    @Test
    void rootThatIsSentAlongDoesNoHarm() throws Exception {
        Issued leaf = client("device").signedBy(MIDDLE);
        X509Certificate[] chain = {leaf.certificate(), MIDDLE.certificate(), ROOT.certificate()};
        assertThat(trusting(ROOT).validate(chain).path()).hasSize(3);
    }

    @Test
    void everyRootOfTheBundleIsTrusted() throws Exception {
        Issued other = root("Other");
        assertThat(trusting(ROOT, other)
                        .validate(client("device").signedBy(other).chainArray())
                        .path())
                .contains(other.certificate());
    }

    @Test
    void edwardsKeyOfACaIsStrong() throws Exception {
        Issued root = authority("Edwards").keys(ed25519()).signature("Ed25519").selfSigned();
        Issued leaf = client("device").signature("Ed25519").signedBy(root);
        assertThat(trusting(root).validate(leaf.chainArray()).path()).hasSize(2);
    }

    /** Strong it is, but no handshake can be signed with it. */
    @Test
    void edwardsKeyOfAClientIsRefusedByName() {
        assertThat(refusal(client("device").keys(ed25519()).signedBy(ROOT)))
                .isEqualTo(HandshakeRefusal.UNSUPPORTED_KEY);
    }

    @Test
    void pssSignatureWithSha256IsStrong() throws Exception {
        Issued root =
                authority("RSA root").keys(rsa(2048)).signature("SHA256withRSA").selfSigned();
        Issued leaf = client("device").signature("SHA256withRSAandMGF1").signedBy(root);
        assertThat(trusting(root).validate(leaf.chainArray()).path()).hasSize(2);
    }

    @Test
    void clientOfUnknownCaIsRefused() {
        assertThat(refusal(client("device").signedBy(root("Stranger")))).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
    }

    @Test
    void clientOfCaThatOnlyBearsATrustedNameIsRefused() {
        assertThat(refusal(client("device").signedBy(root("Root")))).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
    }

    @Test
    void selfSignedClientIsRefused() {
        assertThat(refusal(client("device").selfSigned())).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
    }

    @Test
    void loneLeafOfUnknownIntermediateIsRefused() {
        Issued leaf = client("device").signedBy(MIDDLE);
        assertThat(refusal(trusting(ROOT), leaf.certificate())).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
    }

    @Test
    void intermediateInTheBundleIsNoAnchor() {
        Issued leaf = client("device").signedBy(MIDDLE);
        assertThat(refusal(trusting(root("Other"), MIDDLE), leaf.certificate())).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
    }

    @Test
    void emptyBundleTrustsNobody() {
        assertThat(refusal(trusting(), client("device").signedBy(ROOT).chainArray()))
                .isEqualTo(HandshakeRefusal.UNKNOWN_CA);
    }

    @Test
    void expiredClientIsRefused() {
        assertThat(refusal(client("device").expired().signedBy(ROOT))).isEqualTo(HandshakeRefusal.EXPIRED);
    }

    @Test
    void clientThatIsNotYetValidIsRefused() {
        assertThat(refusal(client("device").notYetValid().signedBy(ROOT))).isEqualTo(HandshakeRefusal.NOT_YET_VALID);
    }

    @Test
    void clientUnderExpiredIntermediateIsRefused() {
        Issued expired = authority("Old").expired().signedBy(ROOT);
        assertThat(refusal(client("device").signedBy(expired))).isEqualTo(HandshakeRefusal.EXPIRED);
    }

    @Test
    void clientUnderExpiredRootIsRefused() {
        Issued expired = authority("Old").expired().selfSigned();
        assertThat(refusal(
                        trusting(ROOT, expired),
                        client("device").signedBy(expired).chainArray()))
                .isEqualTo(HandshakeRefusal.EXPIRED);
    }

    @Test
    void theInjectedClockDecides() {
        Instant later = NOW.plus(Duration.ofDays(60));
        ClientChainValidator validator = new ClientChainValidator(bundle(ROOT), strict, InstantSource.fixed(later));
        assertThat(refusal(validator, client("device").signedBy(ROOT).chainArray()))
                .isEqualTo(HandshakeRefusal.EXPIRED);
    }

    @Test
    void serverCertificateIsRefused() {
        assertThat(refusal(CertificateRecipe.server("device").signedBy(ROOT))).isEqualTo(HandshakeRefusal.WRONG_USAGE);
    }

    @Test
    void certificateWithoutPurposeIsRefusedWherePurposeIsRequired() {
        assertThat(refusal(plain("device").signedBy(ROOT))).isEqualTo(HandshakeRefusal.WRONG_USAGE);
    }

    @Test
    void purposeIsNotLookedAtWhereIgnored() throws Exception {
        TrustConfig lax = new TrustConfig(List.of(), 4, ExtendedKeyUsage.IGNORE, null, null);
        ClientChainValidator validator = new ClientChainValidator(bundle(ROOT), lax, InstantSource.fixed(NOW));
        assertThat(validator
                        .validate(CertificateRecipe.server("device")
                                .signedBy(ROOT)
                                .chainArray())
                        .path())
                .hasSize(2);
    }

    @Test
    void anyPurposeIsAccepted() throws Exception {
        Issued leaf = plain("device").purposes(KeyPurposeId.anyExtendedKeyUsage).signedBy(ROOT);
        assertThat(trusting(ROOT).validate(leaf.chainArray()).path()).hasSize(2);
    }

    @Test
    void clientUnderCaForServersIsRefused() {
        Issued servers =
                authority("Servers").purposes(KeyPurposeId.id_kp_serverAuth).signedBy(ROOT);
        assertThat(refusal(client("device").signedBy(servers))).isEqualTo(HandshakeRefusal.WRONG_USAGE);
    }

    @Test
    void keyThatMustNotSignIsRefused() {
        assertThat(refusal(client("device").usage(KeyUsage.keyAgreement).signedBy(ROOT)))
                .isEqualTo(HandshakeRefusal.WRONG_USAGE);
    }

    @Test
    void caIsNoClient() {
        Issued ca = authority("device")
                .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                .purposes(KeyPurposeId.id_kp_clientAuth)
                .signedBy(ROOT);
        assertThat(refusal(ca)).isEqualTo(HandshakeRefusal.WRONG_USAGE);
    }

    @Test
    void trustAnchorItselfIsNoClient() {
        assertThat(refusal(ROOT)).isEqualTo(HandshakeRefusal.WRONG_USAGE);
    }

    @Test
    void pathOfExactlyTheDepthIsAccepted() throws Exception {
        Issued leaf = client("device").signedBy(descendant(4));
        assertThat(trusting(ROOT).validate(leaf.chainArray()).path()).hasSize(6);
    }

    @Test
    void pathBeyondTheDepthIsRefused() {
        assertThat(refusal(client("device").signedBy(descendant(5)))).isEqualTo(HandshakeRefusal.TOO_DEEP);
    }

    @Test
    void pathBeyondTheDepthThroughTheBundleIsRefused() {
        Issued fifth = descendant(5);
        Issued[] bundle = {ROOT, new Issued(fifth.key(), fifth.chain())};
        TrustBundle trust = TrustBundle.of(
                Stream.of(bundle).flatMap(issued -> issued.chain().stream()).toList());
        ClientChainValidator validator = new ClientChainValidator(trust, strict, InstantSource.fixed(NOW));
        assertThat(refusal(validator, client("device").signedBy(fifth).certificate()))
                .isEqualTo(HandshakeRefusal.TOO_DEEP);
    }

    @Test
    void chainOfManyStrangersIsRefusedBeforeItIsSearched() {
        X509Certificate[] chain = new X509Certificate[7];
        Arrays.fill(chain, client("device").signedBy(ROOT).certificate());
        assertThat(refusal(trusting(ROOT), chain)).isEqualTo(HandshakeRefusal.TOO_DEEP);
    }

    @Test
    void pathLengthOfAnIntermediateBinds() {
        Issued last = authority("Last").pathLength(0).signedBy(ROOT);
        Issued below = authority("Below").signedBy(last);
        assertThat(refusal(client("device").signedBy(below))).isEqualTo(HandshakeRefusal.TOO_DEEP);
    }

    @Test
    void pathLengthOfTheRootBinds() {
        Issued root = authority("Short root").pathLength(0).selfSigned();
        Issued below = authority("Below").signedBy(root);
        assertThat(refusal(trusting(root), client("device").signedBy(below).chainArray()))
                .isEqualTo(HandshakeRefusal.TOO_DEEP);
    }

    @Test
    void clientThatIssuesClientsIsRefused() {
        Issued device = client("device").signedBy(ROOT);
        assertThat(refusal(client("accomplice").signedBy(device))).isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void caWhoseKeyMustNotSignCertificatesIsRefused() {
        Issued crlOnly = authority("CRLs").usage(KeyUsage.cRLSign).signedBy(ROOT);
        assertThat(refusal(client("device").signedBy(crlOnly))).isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void nameConstraintsOfTheRootBind() {
        NameConstraints onlyFleet = new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, "fleet.example"))}, null);
        Issued root = authority("Fleet")
                .extension(Extension.nameConstraints, true, onlyFleet)
                .selfSigned();
        Issued leaf = client("device").dnsNames("device.elsewhere.example").signedBy(root);
        assertThat(refusal(trusting(root), leaf.chainArray())).isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void unknownCriticalExtensionIsRefused() {
        Issued leaf = client("device")
                .extension(new ASN1ObjectIdentifier("1.2.3.4.5"), true, DERNull.INSTANCE)
                .signedBy(ROOT);
        assertThat(refusal(leaf)).isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void shortRsaKeyIsRefused() {
        assertThat(refusal(client("device").keys(rsa(1024)).signedBy(ROOT))).isEqualTo(HandshakeRefusal.WEAK_ALGORITHM);
    }

    @Test
    void shortEllipticKeyIsRefused() {
        assertThat(refusal(client("device").keys(ec("secp224r1")).signedBy(ROOT)))
                .isEqualTo(HandshakeRefusal.UNSUPPORTED_KEY);
    }

    @Test
    void sha1SignatureIsRefused() {
        assertThat(refusal(client("device").signature("SHA1withECDSA").signedBy(ROOT)))
                .isEqualTo(HandshakeRefusal.WEAK_ALGORITHM);
    }

    @Test
    void md5SignatureIsRefused() {
        Issued root =
                authority("RSA root").keys(rsa(2048)).signature("SHA256withRSA").selfSigned();
        Issued leaf = client("device").signature("MD5withRSA").signedBy(root);
        assertThat(refusal(trusting(root), leaf.chainArray())).isEqualTo(HandshakeRefusal.WEAK_ALGORITHM);
    }

    @Test
    void pssSignatureWithSha1IsRefused() {
        Issued root =
                authority("RSA root").keys(rsa(2048)).signature("SHA256withRSA").selfSigned();
        Issued leaf = client("device").signature("SHA1withRSAandMGF1").signedBy(root);
        assertThat(refusal(trusting(root), leaf.chainArray())).isEqualTo(HandshakeRefusal.WEAK_ALGORITHM);
    }

    @Test
    void weakIntermediateIsRefused() {
        Issued weak = authority("Weak").keys(rsa(1024)).signedBy(ROOT);
        assertThat(refusal(client("device").signature("SHA256withRSA").signedBy(weak)))
                .isEqualTo(HandshakeRefusal.WEAK_ALGORITHM);
    }

    @Test
    void strongTwinOfAWeakIntermediateIsUsed() throws Exception {
        KeyPair keys = ec("secp256r1");
        Issued weak = authority("Twin").keys(keys).signature("SHA1withECDSA").signedBy(ROOT);
        Issued strong = authority("Twin").keys(keys).signedBy(ROOT);
        X509Certificate leaf = client("device").signedBy(weak).certificate();
        X509Certificate[] chain = {leaf, weak.certificate(), strong.certificate()};
        assertThat(trusting(ROOT).validate(chain).path()).contains(strong.certificate());
    }

    @Test
    void unreadableAlternativeNamesAreRefused() {
        assertThat(refusal(client("device")
                        .extension(Extension.subjectAlternativeName, false, NOT_DER)
                        .signedBy(ROOT)))
                .isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void alternativeNameWithHiddenCharactersIsRefused() {
        assertThat(refusal(
                        client("device").dnsNames("good.example\0.evil.example").signedBy(ROOT)))
                .isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void unreadableKeyUsageIsRefused() {
        assertThat(refusal(client("device")
                        .extension(Extension.keyUsage, false, NOT_DER)
                        .signedBy(ROOT)))
                .isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void unreadableKeyUsageOfAnIntermediateIsRefused() {
        Issued odd =
                authority("Odd").extension(Extension.keyUsage, false, NOT_DER).signedBy(ROOT);
        assertThat(refusal(client("device").signedBy(odd))).isEqualTo(HandshakeRefusal.INVALID_CERTIFICATE);
    }

    @Test
    void tamperedCertificateIsRefused() throws Exception {
        byte[] der = client("device").signedBy(ROOT).certificate().getEncoded();
        der[der.length - 1] ^= 1;
        assertThat(refusal(trusting(ROOT), Certificates.parse(der))).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
    }

    @Test
    void explicitEndEntityIsAccepted() throws Exception {
        Issued leaf = client("device")
                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                .signedBy(ROOT);
        assertThat(trusting(ROOT).validate(leaf.chainArray()).path()).hasSize(2);
    }

    @Test
    void clientsAreToldOfEveryCaInTheBundle() {
        assertThat(trusting(ROOT, MIDDLE).acceptedIssuers()).containsExactly(ROOT.certificate(), MIDDLE.certificate());
    }

    private static Issued descendant(int generations) {
        Issued last = ROOT;
        for (int i = 1; i <= generations; i++) {
            last = authority("Middle " + i).signedBy(last);
        }
        return last;
    }

    private HandshakeRefusal refusal(Issued client) {
        return refusal(trusting(ROOT), client.chainArray());
    }

    private static HandshakeRefusal refusal(ClientChainValidator validator, X509Certificate... chain) {
        return catchThrowableOfType(RefusedCertificateException.class, () -> validator.validate(chain))
                .reason();
    }

    private ClientChainValidator trusting(Issued... authorities) {
        return new ClientChainValidator(bundle(authorities), strict, InstantSource.fixed(NOW));
    }

    private static TrustBundle bundle(Issued... authorities) {
        return TrustBundle.of(Stream.of(authorities).map(Issued::certificate).toList());
    }
}
