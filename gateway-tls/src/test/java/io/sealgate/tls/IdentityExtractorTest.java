package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityExtractorTest {

    private static final Issued ROOT = root("Fleet Root");

    @Test
    void certificateWithoutAlternativeNamesIsAnIdentity() throws Exception {
        X509Certificate certificate = client("device-1").signedBy(ROOT).certificate();
        Certified identity = IdentityExtractor.identify(certificate);
        assertThat(identity.subject()).isEqualTo("CN=device-1");
        assertThat(identity.commonName()).isEqualTo("device-1");
        assertThat(identity.sans()).isEmpty();
        assertThat(identity.issuer()).isEqualTo("CN=Fleet Root");
        assertThat(identity.serial()).isEqualTo(certificate.getSerialNumber().toString(16));
        assertThat(identity.notAfter()).isEqualTo(certificate.getNotAfter().toInstant());
        assertThat(identity.fingerprintSha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
    }

    @Test
    void alternativeNamesOfMachinesAreKeptInOrder() throws Exception {
        Certified identity = identify(client("device")
                .names(
                        new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://fleet/device-1"),
                        new GeneralName(GeneralName.dNSName, "device-1.fleet.example"),
                        new GeneralName(GeneralName.directoryName, "CN=ignored"),
                        new GeneralName(GeneralName.rfc822Name, "device-1@fleet.example"),
                        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[] {10, 0, 0, 7}))));
        assertThat(identity.sans())
                .containsExactly(
                        new SubjectAltName(SubjectAltName.Type.URI, "spiffe://fleet/device-1"),
                        new SubjectAltName(SubjectAltName.Type.DNS, "device-1.fleet.example"),
                        new SubjectAltName(SubjectAltName.Type.EMAIL, "device-1@fleet.example"),
                        new SubjectAltName(SubjectAltName.Type.IP, "10.0.0.7"));
    }

    @Test
    void hashOfTheKeyOutlivesTheCertificate() throws Exception {
        KeyPair keys = ec("secp256r1");
        Certified old = identify(client("device").keys(keys));
        Certified renewed = identify(client("device").keys(keys));
        assertThat(renewed.spkiSha256()).isEqualTo(old.spkiSha256()).matches("[0-9a-f]{64}");
        assertThat(renewed.fingerprintSha256()).isNotEqualTo(old.fingerprintSha256());
    }

    @Test
    void sameNameAndSerialFromTwoCasAreTwoClients() throws Exception {
        CertificateRecipe recipe = client("device-1").serial(BigInteger.TEN);
        Certified ours = IdentityExtractor.identify(recipe.signedBy(ROOT).certificate());
        Certified theirs =
                IdentityExtractor.identify(recipe.signedBy(root("Other Root")).certificate());
        assertThat(theirs.serial()).isEqualTo(ours.serial());
        assertThat(theirs.issuer()).isNotEqualTo(ours.issuer());
        assertThat(theirs.fingerprintSha256()).isNotEqualTo(ours.fingerprintSha256());
    }

    @Test
    void aRenewalWithANewKeyTakesFromTheSameShare() throws Exception {
        GeneralName dns = new GeneralName(GeneralName.dNSName, "device-1.fleet.example");
        GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://fleet/device-1");
        Certified renewed = identify(client("device-1").names(uri, dns), ROOT);
        assertThat(renewed.key())
                .isEqualTo(identify(client("device-1").names(dns, uri), ROOT).key());
    }

    @Test
    void aRenewalInAnotherKindOfStringTakesFromTheSameShare() throws Exception {
        Certified renewed = identify(client("device-1").surgery(IdentityExtractorTest::withPrintableSubject), ROOT);
        assertThat(renewed.subject()).isEqualTo("CN=device-1");
        assertThat(renewed.key()).isEqualTo(identify(client("device-1"), ROOT).key());
    }

    private static List<ASN1Encodable> withPrintableSubject(List<ASN1Encodable> fields) {
        List<ASN1Encodable> changed = new ArrayList<>(fields);
        changed.set(5, new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERPrintableString("device-1"))}));
        return changed;
    }

    @Test
    void anotherNameOrAnotherIssuerOfTheSameNameIsAnotherClient() throws Exception {
        GeneralName dns = new GeneralName(GeneralName.dNSName, "device-1.fleet.example");
        GeneralName directory = new GeneralName(GeneralName.directoryName, "CN=a kind that identities leave out");
        assertThat(Stream.of(
                                identify(client("device-1"), ROOT),
                                identify(client("device-2"), ROOT),
                                identify(client("device-1"), root("Fleet Root")),
                                identify(client("device-1").names(dns), ROOT),
                                identify(client("device-1").names(dns, directory), ROOT))
                        .map(Certified::key))
                .doesNotHaveDuplicates();
    }

    private static Certified identify(CertificateRecipe recipe, Issued issuer) throws Exception {
        return IdentityExtractor.identify(recipe.signedBy(issuer).path(issuer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=fleet root", "CN=Fleet  Root", "CN=FLEET ROOT "})
    void theIssuerHasTheNameOfItsOwnCertificate(String spelling) throws Exception {
        List<X509Certificate> path =
                client("device-1").issuer(spelling).signedBy(ROOT).path(ROOT);

        assertThat(IdentityExtractor.identify(path).issuer()).isEqualTo("CN=Fleet Root");
    }

    @Test
    void aNameOfVeryManyLabelsIsReadWithoutRecursion() throws Exception {
        String name = "a.".repeat(30_000) + "a";

        Certified identity = identify(client("device").names(new GeneralName(GeneralName.dNSName, name)));

        assertThat(identity.names(SubjectAltName.Type.DNS)).containsExactly(name);
    }

    @Test
    void chainIsTheCertificateAndItsIssuersButNotTheAnchor() throws Exception {
        Issued leaf = client("device").signedBy(authority("Middle").signedBy(ROOT));
        ClientChainValidator validator = new ClientChainValidator(
                TrustBundle.of(List.of(ROOT.certificate())), TrustConfig.of(), InstantSource.system());
        Certified identity = validator.validate(leaf.chainArray()).identity();
        assertThat(identity.chain())
                .containsExactly(
                        Base64.getEncoder().encodeToString(leaf.certificate().getEncoded()),
                        Base64.getEncoder().encodeToString(leaf.chain().get(1).getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=fleet,O=Example,CN=device-1",
                "CN=fleet+CN=device-1",
                "CN=device-1,CN=device-1",
                "CN=device\u200B-1",
                "CN=\u202E1-ecived",
                "CN=#1404646576e9"
            })
    void commonNameOfWhichNobodyIsCertainIsNone(String subject) throws Exception {
        assertThat(identify(client("x").subject(subject)).commonName()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a/\"b", "https://a/\\b"})
    void whatNoUriHasIsRefused(String uri) {
        GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, uri);

        assertThatThrownBy(() -> identify(client("x").names(name))).isInstanceOf(RefusedCertificateException.class);
    }

    @Test
    void commonNameIsNotEscaped() throws Exception {
        assertThat(identify(client("x").subject("CN=a\\,b\\+c")).commonName()).isEqualTo("a,b+c");
    }

    @Test
    void commonNameMayBeAbsent() throws Exception {
        Certified identity = identify(client("x").subject("O=Example,OU=Devices"));
        assertThat(identity.commonName()).isNull();
        assertThat(identity.subject()).isEqualTo("OU=Devices,O=Example");
    }

    @Test
    void commonNameWithHiddenCharactersIsRefused() {
        assertThatThrownBy(() -> identify(client("x").subject("CN=admin\\0Adevice")))
                .isInstanceOf(RefusedCertificateException.class);
    }

    private static Certified identify(CertificateRecipe recipe) throws Exception {
        return IdentityExtractor.identify(recipe.signedBy(ROOT).certificate());
    }
}
