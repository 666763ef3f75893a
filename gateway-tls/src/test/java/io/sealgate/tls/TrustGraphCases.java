package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;

/** Graphs of cross-signed CAs, each of which must be searched, whatever way it fails first. */
final class TrustGraphCases {

    private static final Issued ROOT = root("Root");
    private static final Issued OTHER_ROOT = root("Other root");

    private TrustGraphCases() {}

    static Stream<PathCase> all() {
        return graphs();
    }

    /** The trust graphs that BetterTLS uses: each must be searched, whatever way it fails first. */
    private static Stream<PathCase> graphs() {
        KeyPair keys = ec("secp256r1");
        Issued byFirst = authority("Cross").keys(keys).signedBy(ROOT);
        Issued bySecond = authority("Cross").keys(keys).signedBy(OTHER_ROOT);
        X509Certificate leaf = client("device").signedBy(byFirst).certificate();
        List<PathCase> cases = new ArrayList<>(List.of(
                accept("BetterTLS", "two roots, the first trusted")
                        .trusting(ROOT)
                        .presenting(leaf, byFirst.certificate(), bySecond.certificate()),
                accept("BetterTLS", "two roots, the second trusted")
                        .trusting(OTHER_ROOT)
                        .presenting(leaf, byFirst.certificate(), bySecond.certificate()),
                accept("BetterTLS", "two roots, both trusted")
                        .trusting(ROOT, OTHER_ROOT)
                        .presenting(leaf, byFirst.certificate(), bySecond.certificate()),
                refuse("BetterTLS", "two roots, neither trusted")
                        .trusting(root("Third"))
                        .presenting(leaf, byFirst.certificate(), bySecond.certificate())));
        flaws().forEach(flaw -> cases.addAll(flawed(flaw)));
        cases.addAll(bridge());
        return cases.stream();
    }

    private static List<PathCase> flawed(Flaw flaw) {
        KeyPair a = ec("secp256r1");
        KeyPair c = ec("secp256r1");
        KeyPair b = ec("secp256r1");
        X509Certificate rootToA =
                flaw.spoil(authority("A").keys(a)).signedBy(ROOT).certificate();
        Issued rootToC = authority("C").keys(c).signedBy(ROOT);
        X509Certificate cToB = authority("B").keys(b).signedBy(rootToC).certificate();
        Issued aAsIssuer = authority("A").keys(a).signedBy(ROOT);
        X509Certificate aToB = authority("B").keys(b).signedBy(aAsIssuer).certificate();
        X509Certificate aToC = authority("C").keys(c).signedBy(aAsIssuer).certificate();
        Issued bAsIssuer = authority("B").keys(b).signedBy(ROOT);
        X509Certificate leaf = client("device")
                .names(new GeneralName(GeneralName.dNSName, "a.example"))
                .signedBy(bAsIssuer)
                .certificate();
        X509Certificate rootToCSpoilt =
                flaw.spoil(authority("C").keys(c)).signedBy(ROOT).certificate();
        X509Certificate goodTwin = authority("A").keys(a).signedBy(ROOT).certificate();
        return List.of(
                refuse("BetterTLS", flaw.name + ": the only path")
                        .trusting(ROOT)
                        .presenting(leaf, aToB, rootToA),
                accept("BetterTLS", flaw.name + ": a sound twin is there")
                        .trusting(ROOT)
                        .presenting(leaf, aToB, rootToA, goodTwin),
                accept("BetterTLS", flaw.name + ": a way round over another CA")
                        .trusting(ROOT)
                        .presenting(leaf, aToB, rootToA, cToB, rootToC.certificate()),
                accept("BetterTLS", flaw.name + ": a longer way round")
                        .trusting(ROOT)
                        .presenting(leaf, cToB, rootToCSpoilt, aToC, goodTwin),
                refuse("BetterTLS", flaw.name + ": both ways")
                        .trusting(ROOT)
                        .presenting(leaf, aToB, rootToA, cToB, rootToCSpoilt));
    }

    private record Flaw(String name, UnaryOperator<CertificateRecipe> change) {
        CertificateRecipe spoil(CertificateRecipe recipe) {
            return change.apply(recipe);
        }
    }

    private static List<Flaw> flaws() {
        NameConstraints elsewhere = new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, "other.example"))}, null);
        return List.of(
                new Flaw("CA expired", CertificateRecipe::expired),
                new Flaw("CA not yet valid", CertificateRecipe::notYetValid),
                new Flaw(
                        "CA constrained to other names",
                        recipe -> recipe.extension(Extension.nameConstraints, true, elsewhere)),
                new Flaw("CA for servers only", recipe -> recipe.purposes(KeyPurposeId.id_kp_serverAuth)),
                new Flaw("CA without basic constraints", recipe -> recipe.without(Extension.basicConstraints)),
                new Flaw(
                        "CA that is none",
                        recipe -> recipe.extension(Extension.basicConstraints, true, new BasicConstraints(false))),
                new Flaw("CA that must not sign certificates", recipe -> recipe.usage(KeyUsage.cRLSign)),
                new Flaw("CA signed with SHA-1", recipe -> recipe.signature("SHA1withECDSA")));
    }

    /** Two PKIs joined by a bridge: each leg is cross-signed. */
    private static List<PathCase> bridge() {
        KeyPair bridgeKeys = ec("secp256r1");
        Issued bridge = authority("Bridge").keys(bridgeKeys).signedBy(ROOT);
        KeyPair otherKeys = ec("secp256r1");
        Issued principal = authority("Principal").keys(otherKeys).selfSigned();
        X509Certificate crossed =
                authority("Principal").keys(otherKeys).signedBy(bridge).certificate();
        X509Certificate back =
                authority("Bridge").keys(bridgeKeys).signedBy(principal).certificate();
        Issued leaf = client("device").signedBy(principal);
        return List.of(
                accept("BetterTLS", "bridge between two PKIs")
                        .trusting(ROOT)
                        .presenting(leaf.certificate(), crossed, bridge.certificate()),
                accept("BetterTLS", "bridge between two PKIs, signed both ways")
                        .trusting(ROOT)
                        .presenting(leaf.certificate(), back, crossed, bridge.certificate()),
                accept("BetterTLS", "bridge between two PKIs, the near root trusted as well")
                        .trusting(ROOT, principal)
                        .presenting(leaf.certificate(), back, crossed, bridge.certificate()));
    }
}
