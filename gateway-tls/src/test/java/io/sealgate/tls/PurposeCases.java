package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What a certificate may be used for: extended key usage, key usage, basic constraints (RFC 5280 §4.2.1). */
final class PurposeCases {

    private static final Issued ROOT = root("Root");
    private static final KeyPurposeId CLIENT = KeyPurposeId.id_kp_clientAuth;
    private static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;
    private static final KeyPurposeId ANY = KeyPurposeId.anyExtendedKeyUsage;
    private static final TrustConfig LAX =
            new TrustConfig(List.of(), 4, TrustConfig.ExtendedKeyUsage.IGNORE, null, null);

    private PurposeCases() {}

    static Stream<PathCase> all() {
        return Stream.of(purposes(), keyUsages(), authorities()).flatMap(cases -> cases);
    }

    private static Stream<PathCase> purposes() {
        CertificateRecipe silent = plain("device").usage(KeyUsage.digitalSignature);
        return Stream.of(
                accept("RFC 5280", "purpose clientAuth")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(ROOT)),
                accept("limbo", "no purpose")
                        .deviating(
                                "A certificate for another purpose, such as one for e-mail, must not open this door. `extended-key-usage: ignore` takes it.")
                        .trusting(ROOT)
                        .presenting(silent.signedBy(ROOT)),
                accept("limbo", "no purpose, not looked at")
                        .under(LAX)
                        .trusting(ROOT)
                        .presenting(silent.signedBy(ROOT)),
                refuse("limbo", "purpose serverAuth")
                        .trusting(ROOT)
                        .presenting(client("device").purposes(SERVER).signedBy(ROOT)),
                accept("configuration", "purpose serverAuth, not looked at")
                        .under(LAX)
                        .trusting(ROOT)
                        .presenting(client("device").purposes(SERVER).signedBy(ROOT)),
                accept("RFC 5280", "purposes serverAuth and clientAuth")
                        .trusting(ROOT)
                        .presenting(client("device").purposes(SERVER, CLIENT).signedBy(ROOT)),
                accept("RFC 5280", "any purpose")
                        .trusting(ROOT)
                        .presenting(client("device").purposes(ANY).signedBy(ROOT)),
                accept("RFC 5280", "purpose clientAuth, critical")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(CLIENT))
                                .signedBy(ROOT)),
                refuse("limbo", "empty list of purposes")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.extendedKeyUsage, false, new DERSequence())
                                .signedBy(ROOT)),
                refuse("RFC 5280", "purposes that are no ASN.1")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.extendedKeyUsage, false, new byte[] {0x30, 0x7F, 0x01})
                                .signedBy(ROOT)),
                accept("BetterTLS", "intermediate with purpose clientAuth")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA").purposes(CLIENT).signedBy(ROOT))),
                accept("BetterTLS", "intermediate with any purpose")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA").purposes(ANY).signedBy(ROOT))),
                refuse("BetterTLS", "intermediate with purpose serverAuth")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA").purposes(SERVER).signedBy(ROOT))),
                anchored(
                        accept("RFC 5280", "anchor with purpose serverAuth"),
                        authority("Root").purposes(SERVER)));
    }

    private static Stream<PathCase> keyUsages() {
        return Stream.of(
                accept("limbo", "no key usage")
                        .trusting(ROOT)
                        .presenting(plain("device").purposes(CLIENT).signedBy(ROOT)),
                refuse("RFC 8446", "key usage without digitalSignature")
                        .trusting(ROOT)
                        .presenting(
                                client("device").usage(KeyUsage.keyAgreement).signedBy(ROOT)),
                accept("RFC 5280", "key usage digitalSignature and keyAgreement")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .usage(KeyUsage.digitalSignature | KeyUsage.keyAgreement)
                                .signedBy(ROOT)),
                refuse("limbo", "key usage keyCertSign without being a CA")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                                .signedBy(ROOT)),
                refuse("RFC 5280", "key usage that is no ASN.1")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.keyUsage, false, new byte[] {0x30, 0x7F, 0x01})
                                .signedBy(ROOT)),
                refuse("RFC 5280", "key usage without a bit")
                        .trusting(ROOT)
                        .presenting(client("device").usage(0).signedBy(ROOT)),
                refuse("RFC 5280", "intermediate without keyCertSign")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(
                                        authority("CA").usage(KeyUsage.cRLSign).signedBy(ROOT))),
                refuse("limbo", "intermediate with a path length and without keyCertSign")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .pathLength(0)
                                        .usage(KeyUsage.cRLSign)
                                        .signedBy(ROOT))),
                accept("RFC 5280", "intermediate without key usage")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .without(Extension.keyUsage)
                                        .signedBy(ROOT))),
                anchored(
                        refuse("limbo", "anchor without keyCertSign"),
                        authority("Root").usage(KeyUsage.cRLSign)));
    }

    private static Stream<PathCase> authorities() {
        return Stream.of(
                accept("limbo", "client without basic constraints")
                        .trusting(ROOT)
                        .presenting(client("device").signedBy(ROOT)),
                accept("RFC 5280", "client with basic constraints that say no")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                                .signedBy(ROOT)),
                refuse("limbo", "client that is a CA")
                        .trusting(ROOT)
                        .presenting(authority("device")
                                .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                                .purposes(CLIENT)
                                .signedBy(ROOT)),
                refuse("RFC 5280", "the anchor itself").trusting(ROOT).presenting(ROOT.certificate()),
                refuse("limbo", "intermediate without basic constraints")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .without(Extension.basicConstraints)
                                        .signedBy(ROOT))),
                refuse("limbo", "intermediate that is no CA")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                                        .signedBy(ROOT))),
                refuse("RFC 5280", "client as issuer")
                        .trusting(ROOT)
                        .presenting(
                                client("accomplice").signedBy(client("device").signedBy(ROOT))),
                refuse("RFC 5280", "intermediate of version 1")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(versionOne(authority("CA")).signedBy(ROOT))),
                accept("RFC 5280", "intermediate with basic constraints that are not critical")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .extension(Extension.basicConstraints, false, new BasicConstraints(true))
                                        .signedBy(ROOT))),
                refuse("RFC 5280", "intermediate with basic constraints that are no ASN.1")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .signedBy(authority("CA")
                                        .extension(Extension.basicConstraints, false, new byte[] {0x30, 0x7F, 0x01})
                                        .signedBy(ROOT))),
                anchored(
                        refuse("limbo", "anchor without basic constraints"),
                        authority("Root").without(Extension.basicConstraints)),
                anchored(
                        refuse("limbo", "anchor with basic constraints that are not critical")
                                .deviating(
                                        "A duty of whoever issues; RFC 5280 §6 does not look at it, and it says the same either way. Old private roots have it."),
                        authority("Root").extension(Extension.basicConstraints, false, new BasicConstraints(true))),
                refuse("limbo", "client of version 2 with extensions")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .surgery(fields -> {
                                    fields.set(0, new DERTaggedObject(true, 0, new ASN1Integer(1)));
                                    return fields;
                                })
                                .signedBy(ROOT)),
                refuse("limbo", "client of version 1")
                        .trusting(ROOT)
                        .presenting(versionOne(client("device")).signedBy(ROOT)));
    }

    private static PathCase anchored(PathCase row, CertificateRecipe recipe) {
        Issued anchor = recipe.selfSigned();
        return row.trusting(anchor).presenting(client("device").signedBy(anchor));
    }

    /** Without a version and without extensions. */
    private static CertificateRecipe versionOne(CertificateRecipe recipe) {
        return recipe.surgery(fields -> {
            List<ASN1Encodable> rest = fields.subList(1, fields.size() - 1);
            return List.copyOf(rest);
        });
    }
}
