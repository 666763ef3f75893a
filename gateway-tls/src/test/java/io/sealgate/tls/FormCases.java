package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import io.netty.handler.ssl.util.LazyX509Certificate;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** How certificates are made up: serial numbers, extensions, key identifiers, signatures. */
final class FormCases {

    private static final Issued ROOT = root("Root");
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.3.4.5");
    private static final byte[] NOT_DER = {0x30, 0x7F, 0x01};
    private static final byte[] ONE_ID = {1, 1, 1, 1};
    private static final byte[] OTHER_ID = {2, 2, 2, 2};

    private FormCases() {}

    static Stream<PathCase> all() {
        return Stream.of(serials(), extensions(), keyIdentifiers(), signatures())
                .flatMap(cases -> cases);
    }

    private static Stream<PathCase> serials() {
        return Stream.of(
                serial(accept("RFC 5280", "serial of 20 octets"), BigInteger.ONE.shiftLeft(158)),
                serial(refuse("limbo", "serial of 21 octets"), BigInteger.ONE.shiftLeft(160)),
                serial(refuse("limbo", "serial zero"), BigInteger.ZERO),
                serial(refuse("limbo", "serial negative"), BigInteger.TEN.negate()),
                anchored(
                        accept("RFC 5280", "anchor with serial zero"),
                        authority("Zero").serial(BigInteger.ZERO)));
    }

    private static Stream<PathCase> extensions() {
        AuthorityInformationAccess aia = new AuthorityInformationAccess(
                AccessDescription.id_ad_caIssuers,
                new GeneralName(GeneralName.uniformResourceIdentifier, "http://ca.example/ca.crt"));
        Issued odd =
                authority("Odd root").extension(UNKNOWN, true, DERNull.INSTANCE).selfSigned();
        Issued oddMiddle =
                authority("Odd").extension(UNKNOWN, true, DERNull.INSTANCE).signedBy(ROOT);
        Issued middle = authority("Middle").signedBy(ROOT);
        Issued leaf = client("device").signedBy(middle);
        return Stream.of(
                with(
                        refuse("limbo", "unknown extension, critical"),
                        client("device").extension(UNKNOWN, true, DERNull.INSTANCE)),
                with(
                        accept("RFC 5280", "unknown extension, not critical"),
                        client("device").extension(UNKNOWN, false, DERNull.INSTANCE)),
                refuse("limbo", "intermediate with an unknown critical extension")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(oddMiddle)),
                refuse("limbo", "anchor with an unknown critical extension")
                        .trusting(odd)
                        .presenting(client("device").signedBy(odd)),
                accept("limbo", "unknown critical extension in an anchor that is not needed")
                        .deviating(
                                "The start fails, and `check` names the certificate: a bundle is what the operator vouches for, and no client is refused without their knowing.")
                        .trusting(odd, ROOT)
                        .presenting(leaf),
                accept("limbo", "unknown critical extension in an intermediate that is not needed")
                        .trusting(ROOT)
                        .presenting(leaf.certificate(), oddMiddle.certificate(), middle.certificate()),
                with(refuse("limbo", "an extension twice"), client("device").surgery(FormCases::doubled)),
                with(
                        accept("limbo", "authority information access"),
                        client("device").extension(Extension.authorityInfoAccess, false, aia)),
                with(
                        refuse("limbo", "authority information access, critical"),
                        client("device").extension(Extension.authorityInfoAccess, true, aia)),
                with(
                        refuse("limbo", "authority information access that is no ASN.1")
                                .deviating("Never looked at: the gateway fetches no certificates."),
                        client("device").extension(Extension.authorityInfoAccess, false, NOT_DER)),
                refuse("limbo", "intermediate with policy constraints that are not critical")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .extension(
                                                Extension.policyConstraints,
                                                false,
                                                new PolicyConstraints(BigInteger.ZERO, null))
                                        .signedBy(ROOT))),
                refuse("RFC 5280", "intermediate that requires a policy that the client has not")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .extension(
                                                Extension.policyConstraints,
                                                true,
                                                new PolicyConstraints(BigInteger.ZERO, null))
                                        .signedBy(ROOT))));
    }

    private static List<ASN1Encodable> doubled(List<ASN1Encodable> fields) {
        ASN1TaggedObject tagged = (ASN1TaggedObject) fields.get(fields.size() - 1);
        ASN1Sequence extensions = (ASN1Sequence) tagged.getExplicitBaseObject();
        List<ASN1Encodable> twice = new ArrayList<>(List.of(extensions.toArray()));
        twice.add(extensions.getObjectAt(0));
        fields.set(
                fields.size() - 1, new DERTaggedObject(true, 3, new DERSequence(twice.toArray(ASN1Encodable[]::new))));
        return fields;
    }

    private static Stream<PathCase> keyIdentifiers() {
        SubjectKeyIdentifier ski = new SubjectKeyIdentifier(ONE_ID);
        Issued named = authority("Root")
                .extension(Extension.subjectKeyIdentifier, false, ski)
                .selfSigned();
        AuthorityKeyIdentifier same = new AuthorityKeyIdentifier(ONE_ID);
        AuthorityKeyIdentifier other = new AuthorityKeyIdentifier(OTHER_ID);
        AuthorityKeyIdentifier elsewhere = new AuthorityKeyIdentifier(
                ONE_ID, new GeneralNames(new GeneralName(new X500Name("CN=Elsewhere"))), BigInteger.TEN);
        Issued middle = authority("CA")
                .extension(Extension.subjectKeyIdentifier, false, ski)
                .signedBy(ROOT);
        return Stream.of(
                accept("RFC 5280", "authority key identifier of the anchor")
                        .trusting(named)
                        .presenting(client("device")
                                .extension(Extension.authorityKeyIdentifier, false, same)
                                .signedBy(named)),
                accept("RFC 5280", "authority key identifier of another key, anchor")
                        .trusting(named)
                        .presenting(client("device")
                                .extension(Extension.authorityKeyIdentifier, false, other)
                                .signedBy(named)),
                accept("RFC 5280", "authority key identifier of another key, intermediate")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.authorityKeyIdentifier, false, other)
                                .signedBy(middle)),
                accept("RFC 5280", "authority key identifier with another issuer and serial")
                        .trusting(named)
                        .presenting(client("device")
                                .extension(Extension.authorityKeyIdentifier, false, elsewhere)
                                .signedBy(named)),
                refuse("limbo", "client without authority key identifier")
                        .deviating(
                                "A hint for finding paths (RFC 5280 §4.2.1.1), not a condition. Signatures are verified in any case, and device CAs often leave it out.")
                        .trusting(named)
                        .presenting(client("device").signedBy(named)),
                refuse("limbo", "intermediate without key identifiers")
                        .deviating("As above.")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(authority("CA").signedBy(ROOT))),
                refuse("limbo", "anchor without subject key identifier")
                        .deviating("As above.")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.authorityKeyIdentifier, false, same)
                                .signedBy(ROOT)),
                anchored(
                        refuse("limbo", "anchor with a critical authority key identifier")
                                .deviating("An extension that is understood may be critical."),
                        authority("Root").extension(Extension.authorityKeyIdentifier, true, same)),
                anchored(
                        refuse("limbo", "anchor with a critical subject key identifier")
                                .deviating("An extension that is understood may be critical."),
                        authority("Root").extension(Extension.subjectKeyIdentifier, true, ski)),
                anchored(
                        refuse("limbo", "anchor whose authority key identifier is not its own")
                                .deviating("As above: a hint."),
                        authority("Root")
                                .extension(Extension.subjectKeyIdentifier, false, ski)
                                .extension(Extension.authorityKeyIdentifier, false, other)));
    }

    private static Stream<PathCase> signatures() {
        X509Certificate sound = client("device").signedBy(ROOT).certificate();
        return Stream.of(
                refuse("RFC 5280", "signature altered")
                        .trusting(ROOT)
                        .presenting(altered(sound, der -> der[der.length - 1] ^= 1)),
                refuse("RFC 5280", "content altered").trusting(ROOT).presenting(altered(sound, der -> der[40] ^= 1)),
                refuse("RFC 5280", "bytes behind the certificate")
                        .trusting(ROOT)
                        .presenting(lengthened(sound)),
                refuse("limbo", "signature algorithm inside and outside differ")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .surgery(fields -> {
                                    fields.set(
                                            2,
                                            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.3")));
                                    return fields;
                                })
                                .signedBy(ROOT)
                                .certificate()),
                refuse("limbo", "signed by another key of the issuer's name")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(root("Root")).certificate()),
                refuse("RFC 5280", "no certificate at all").trusting(ROOT).presenting(new LazyX509Certificate(NOT_DER)),
                refuse("RFC 5280", "version 4")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .surgery(fields -> {
                                    fields.set(0, new DERTaggedObject(true, 0, new ASN1Integer(3)));
                                    return fields;
                                })
                                .signedBy(ROOT)
                                .certificate()));
    }

    private interface Damage {
        void to(byte[] der);
    }

    private static X509Certificate altered(X509Certificate certificate, Damage damage) {
        try {
            byte[] der = certificate.getEncoded();
            damage.to(der);
            return new LazyX509Certificate(der);
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate lengthened(X509Certificate certificate) {
        try {
            byte[] der = certificate.getEncoded();
            return new LazyX509Certificate(Arrays.copyOf(der, der.length + 2));
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static PathCase serial(PathCase row, BigInteger serial) {
        return with(row, client("device").serial(serial));
    }

    private static PathCase with(PathCase row, CertificateRecipe recipe) {
        return row.trusting(ROOT).presenting(recipe.signedBy(ROOT));
    }

    private static PathCase anchored(PathCase row, CertificateRecipe recipe) {
        Issued anchor = recipe.selfSigned();
        return row.trusting(anchor).presenting(client("device").signedBy(anchor));
    }
}
