package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.math.BigInteger;
import java.security.KeyPair;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/** Name constraints of several CAs, and malformed ones (RFC 5280 §4.2.1.10). */
final class NameConstraintFormCases {

    private static final Issued ROOT = root("Root");
    private static final int DNS = GeneralName.dNSName;
    private static final int MAIL = GeneralName.rfc822Name;

    private NameConstraintFormCases() {}

    static Stream<PathCase> all() {
        return Stream.concat(combinations(), malformed());
    }

    private static Stream<PathCase> combinations() {
        GeneralName a = name(DNS, "a.example");
        GeneralName b = name(DNS, "b.example");
        GeneralName both = name(DNS, "example");
        Issued wide = authority("Wide")
                .extension(Extension.nameConstraints, true, permit(both))
                .signedBy(ROOT);
        Issued narrow = authority("Narrow")
                .extension(Extension.nameConstraints, true, permit(a))
                .signedBy(wide);
        Issued narrowFirst = authority("Narrow")
                .extension(Extension.nameConstraints, true, permit(a))
                .signedBy(ROOT);
        Issued wideAfter = authority("Wide")
                .extension(Extension.nameConstraints, true, permit(both))
                .signedBy(narrowFirst);
        Issued named = authority("Named").names(b).signedBy(narrowFirst);
        Issued excludingRoot = constrained(exclude(b));
        KeyPair keys = ec("secp256r1");
        Issued permitting = constrained(permit(a));
        Issued barred = authority("Twin").keys(keys).signedBy(constrainedIntermediate(exclude(a)));
        Issued free = authority("Twin").keys(keys).signedBy(ROOT);
        Issued leaf = client("device").names(a).signedBy(free);
        return Stream.of(
                accept("limbo", "constraints of two CAs, name in both")
                        .deviating(
                                "The same: the lower CA is called `Narrow`, which looks like a DNS name that the upper one does not permit. A CA whose name has a space in it is not affected, see the row below.")
                        .trusting(ROOT)
                        .presenting(client("device").names(a).signedBy(narrow)),
                accept("limbo", "constraints of two CAs, name in both, the lower CA with a space in its name")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .names(a)
                                .signedBy(authority("Narrow CA")
                                        .extension(Extension.nameConstraints, true, permit(a))
                                        .signedBy(wide))),
                refuse("limbo", "constraints of two CAs, the lower narrows")
                        .trusting(ROOT)
                        .presenting(client("device").names(b).signedBy(narrow)),
                refuse("limbo", "constraints of two CAs, the lower cannot widen")
                        .trusting(ROOT)
                        .presenting(client("device").names(b).signedBy(wideAfter)),
                refuse("limbo", "intermediate whose own name its CA excludes")
                        .trusting(ROOT)
                        .presenting(client("device").names(a).signedBy(named)),
                refuse("limbo", "intermediate whose own name the anchor excludes")
                        .trusting(excludingRoot)
                        .presenting(client("device")
                                .names(a)
                                .signedBy(authority("Named").names(b).signedBy(excludingRoot))),
                accept("limbo", "self-issued intermediate whose name is not permitted")
                        .trusting(permitting)
                        .presenting(client("device")
                                .names(a)
                                .signedBy(authority("Root").names(b).signedBy(permitting))),
                accept("limbo", "a path whose constraints exclude the name, and one that has none")
                        .trusting(ROOT)
                        .presenting(
                                leaf.certificate(),
                                barred.certificate(),
                                barred.chain().get(1),
                                free.certificate()),
                accept("limbo", "constraints not critical")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .names(a)
                                .signedBy(authority("Soft")
                                        .extension(Extension.nameConstraints, false, permit(a))
                                        .signedBy(ROOT))),
                refuse("limbo", "constraints not critical, name elsewhere")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .names(b)
                                .signedBy(authority("Soft")
                                        .extension(Extension.nameConstraints, false, permit(a))
                                        .signedBy(ROOT))),
                refuse("limbo", "constraints in the client's certificate, critical")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.nameConstraints, true, permit(a))
                                .signedBy(ROOT)),
                refuse("limbo", "constraints in the client's certificate, not critical")
                        .trusting(ROOT)
                        .presenting(client("device")
                                .extension(Extension.nameConstraints, false, permit(a))
                                .signedBy(ROOT)));
    }

    private static Stream<PathCase> malformed() {
        GeneralName a = name(DNS, "a.example");
        return Stream.of(
                below(refuse("limbo", "constraints that are ASN.1 NULL"), DERNull.INSTANCE, a),
                below(refuse("limbo", "constraints without a subtree"), new DERSequence(), a),
                below(
                        refuse("limbo", "constraints with empty lists"),
                        new DERSequence(new ASN1Encodable[] {
                            new DERTaggedObject(false, 0, new DERSequence()),
                            new DERTaggedObject(false, 1, new DERSequence())
                        }),
                        a),
                below(refuse("RFC 5280", "constraints that are no ASN.1"), null, a),
                below(refuse("limbo", "DNS constraint with a wildcard"), permit(name(DNS, "*.example")), a),
                below(
                        refuse("limbo", "DNS constraint with a leading dot")
                                .deviating(
                                        "Common in private PKIs, OpenSSL documents it. It means the same here as without the dot or less, so nobody gains a name by it."),
                        permit(name(DNS, ".example")),
                        a),
                below(refuse("limbo", "IP constraint without a mask"), permit(net(10, 0, 0, 0)), net(10, 0, 0, 0)),
                below(
                        refuse("limbo", "e-mail constraint with two @"),
                        permit(name(MAIL, "a@b@example")),
                        name(MAIL, "a@b@example")),
                below(
                        refuse("limbo", "DNS name with a leading dot"),
                        permit(name(DNS, "example")),
                        name(DNS, ".example")),
                below(
                        refuse("limbo", "e-mail name with two @"),
                        permit(name(MAIL, "example")),
                        name(MAIL, "a@b@example")),
                below(
                        refuse("RFC 5280", "constraint with a minimum"),
                        new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(a, BigInteger.ONE, null)}, null),
                        a));
    }

    /** The same under an intermediate, whose certificate comes from the client. */
    private static PathCase below(PathCase row, ASN1Encodable constraints, GeneralName... names) {
        CertificateRecipe recipe = authority("Middle");
        Issued middle = (constraints == null
                        ? recipe.extension(Extension.nameConstraints, true, new byte[] {0x30, 0x7F, 0x01})
                        : recipe.extension(Extension.nameConstraints, true, constraints))
                .signedBy(ROOT);
        return row.trusting(ROOT).presenting(client("device").names(names).signedBy(middle));
    }

    private static Issued constrainedIntermediate(NameConstraints constraints) {
        return authority("Constrained")
                .extension(Extension.nameConstraints, true, constraints)
                .signedBy(ROOT);
    }

    private static Issued constrained(NameConstraints constraints) {
        return authority("Root")
                .extension(Extension.nameConstraints, true, constraints)
                .selfSigned();
    }

    private static NameConstraints permit(GeneralName name) {
        return new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(name)}, null);
    }

    private static NameConstraints exclude(GeneralName name) {
        return new NameConstraints(null, new GeneralSubtree[] {new GeneralSubtree(name)});
    }

    private static GeneralName name(int kind, String value) {
        return new GeneralName(kind, value);
    }

    private static GeneralName net(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return new GeneralName(GeneralName.iPAddress, new DEROctetString(value));
    }
}
