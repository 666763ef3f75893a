package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/** Name constraints (RFC 5280 §4.2.1.10). */
final class NameConstraintCases {

    private static final int DNS = GeneralName.dNSName;
    private static final int URI = GeneralName.uniformResourceIdentifier;
    private static final int MAIL = GeneralName.rfc822Name;

    private NameConstraintCases() {}

    static Stream<PathCase> all() {
        return Stream.of(dns(), otherKinds(), addresses(), directoryNames()).flatMap(cases -> cases);
    }

    private static Stream<PathCase> dns() {
        GeneralName fleet = name(DNS, "fleet.example");
        return Stream.of(
                under(accept("limbo", "DNS permitted, name equal"), permit(fleet), fleet),
                under(accept("limbo", "DNS permitted, name below"), permit(fleet), name(DNS, "a.b.fleet.example")),
                under(refuse("limbo", "DNS permitted, name elsewhere"), permit(fleet), name(DNS, "other.example")),
                under(
                        refuse("RFC 5280", "DNS permitted, name only ends alike"),
                        permit(fleet),
                        name(DNS, "evilfleet.example")),
                under(
                        accept("RFC 5280", "DNS permitted, name in capitals"),
                        permit(fleet),
                        name(DNS, "A.FLEET.EXAMPLE")),
                under(
                        accept("RFC 5280", "DNS permitted, no alternative name")
                                .deviating(
                                        "The JDK takes a common name that looks like a DNS name for one where the certificate has none. The common name is an identity here, so what a CA may not put into a DNS name it may not put there either."),
                        permit(fleet)),
                under(refuse("limbo", "DNS excluded, name equal"), exclude(fleet), fleet),
                under(refuse("limbo", "DNS excluded, name below"), exclude(fleet), name(DNS, "a.fleet.example")),
                under(
                        refuse("limbo", "DNS excluded, second name"),
                        exclude(fleet),
                        name(DNS, "a.example"),
                        name(DNS, "b.fleet.example")),
                under(accept("BetterTLS", "DNS excluded, name elsewhere"), exclude(fleet), name(DNS, "other.example")),
                under(
                        refuse("BetterTLS", "DNS permitted, one of two names elsewhere"),
                        permit(fleet),
                        fleet,
                        name(DNS, "other.example")),
                under(
                        refuse("limbo", "DNS permitted and excluded"),
                        both(name(DNS, "example"), fleet),
                        name(DNS, "a.fleet.example")),
                under(
                        accept("limbo", "DNS permitted, wildcard name below"),
                        permit(fleet),
                        name(DNS, "*.fleet.example")),
                under(
                        refuse("limbo", "DNS excluded, wildcard name that could stand for it"),
                        exclude(name(DNS, "a.fleet.example")),
                        name(DNS, "*.fleet.example")),
                under(
                        refuse("limbo", "DNS permitted, wildcard name that could stand for others"),
                        permit(name(DNS, "a.fleet.example")),
                        name(DNS, "*.fleet.example")),
                onlyInTheCommonName(exclude(fleet)));
    }

    private static Stream<PathCase> otherKinds() {
        GeneralName other = new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
            new DERTaggedObject(true, 0, new DERUTF8String("device"))
        }));
        GeneralName host = name(URI, "fleet.example");
        GeneralName below = name(URI, ".fleet.example");
        GeneralName domain = name(MAIL, "fleet.example");
        GeneralName mailbox = name(MAIL, "device@fleet.example");
        return Stream.of(
                under(
                        accept("RFC 5280", "URI permitted, host equal"),
                        permit(host),
                        name(URI, "spiffe://fleet.example/a")),
                under(
                        refuse("RFC 5280", "URI permitted, host below"),
                        permit(host),
                        name(URI, "spiffe://a.fleet.example/a")),
                under(
                        accept("RFC 5280", "URI permitted by a leading dot, host below"),
                        permit(below),
                        name(URI, "spiffe://a.fleet.example/a")),
                under(
                        refuse("RFC 5280", "URI permitted by a leading dot, host equal"),
                        permit(below),
                        name(URI, "spiffe://fleet.example/a")),
                under(
                        refuse("RFC 5280", "URI permitted, host elsewhere"),
                        permit(host),
                        name(URI, "spiffe://other.example/a")),
                under(refuse("RFC 5280", "URI permitted, URI without a host"), permit(host), name(URI, "urn:device:7")),
                under(
                        refuse("RFC 5280", "URI excluded, host equal"),
                        exclude(host),
                        name(URI, "spiffe://fleet.example/a")),
                under(
                        accept("RFC 5280", "URI excluded, host elsewhere"),
                        exclude(host),
                        name(URI, "spiffe://other.example/a")),
                under(accept("limbo", "e-mail permitted, mailbox equal"), permit(mailbox), mailbox),
                under(accept("limbo", "e-mail permitted, host equal"), permit(domain), mailbox),
                under(
                        refuse("RFC 5280", "e-mail permitted, host below"),
                        permit(domain),
                        name(MAIL, "device@a.fleet.example")),
                under(
                        refuse("limbo", "e-mail permitted, other mailbox"),
                        permit(mailbox),
                        name(MAIL, "other@fleet.example")),
                under(refuse("RFC 5280", "e-mail excluded, host equal"), exclude(domain), mailbox),
                under(
                        accept("limbo", "e-mail permitted, asterisk is a character, equal"),
                        permit(name(MAIL, "*@fleet.example")),
                        name(MAIL, "*@fleet.example")),
                under(
                        refuse("limbo", "e-mail permitted, asterisk is no wildcard"),
                        permit(name(MAIL, "*@fleet.example")),
                        mailbox),
                under(refuse("limbo", "other name excluded, such a name"), exclude(other), other),
                under(accept("limbo", "other name excluded, no such name"), exclude(other), name(DNS, "a.example")),
                under(
                        accept("limbo", "IP permitted, name of another kind"),
                        permit(net(10, 0, 0, 0, 255, 0, 0, 0)),
                        name(DNS, "a.example")),
                under(
                        accept("limbo", "IP excluded, name of another kind"),
                        exclude(net(10, 0, 0, 0, 255, 0, 0, 0)),
                        name(DNS, "a.example")));
    }

    private static Stream<PathCase> addresses() {
        GeneralName ten = net(10, 0, 0, 0, 255, 0, 0, 0);
        GeneralName loopback6 = net(
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                255, 255, 255, 255, 255);
        GeneralName one6 = net(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        return Stream.of(
                under(accept("limbo", "IPv4 permitted, inside"), permit(ten), net(10, 1, 2, 3)),
                under(refuse("limbo", "IPv4 permitted, outside"), permit(ten), net(11, 1, 2, 3)),
                under(refuse("limbo", "IPv4 excluded, inside"), exclude(ten), net(10, 1, 2, 3)),
                under(accept("limbo", "IPv6 permitted, inside"), permit(loopback6), one6),
                under(refuse("limbo", "IPv6 excluded, inside"), exclude(loopback6), one6),
                under(refuse("RFC 5280", "IPv4 permitted, address of version 6"), permit(ten), one6),
                under(refuse("limbo", "IP name with a mask"), permit(ten), ten));
    }

    private static Stream<PathCase> directoryNames() {
        GeneralName fleet = new GeneralName(new X500Name("O=Fleet"));
        Issued permitted = constrained(permit(fleet));
        Issued excluded = constrained(exclude(fleet));
        return Stream.of(
                accept("limbo", "directory name permitted, subject below")
                        .trusting(permitted)
                        .presenting(client("x").subject("O=Fleet,CN=device").signedBy(permitted)),
                refuse("limbo", "directory name permitted, subject elsewhere")
                        .trusting(permitted)
                        .presenting(client("x").subject("O=Other,CN=device").signedBy(permitted)),
                refuse("limbo", "directory name excluded, subject below")
                        .trusting(excluded)
                        .presenting(client("x").subject("O=Fleet,CN=device").signedBy(excluded)),
                accept("RFC 5280", "directory name excluded, subject elsewhere")
                        .trusting(excluded)
                        .presenting(client("x").subject("O=Other,CN=device").signedBy(excluded)),
                refuse("limbo", "directory name permitted, subject below, alternative name elsewhere")
                        .trusting(permitted)
                        .presenting(client("x")
                                .subject("O=Fleet,CN=device")
                                .names(new GeneralName(new X500Name("O=Other")))
                                .signedBy(permitted)),
                refuse("limbo", "directory name excluded, alternative name below")
                        .trusting(excluded)
                        .presenting(client("x").names(fleet).signedBy(excluded)));
    }

    private static PathCase onlyInTheCommonName(NameConstraints constraints) {
        Issued anchor = constrained(constraints);
        return refuse("BetterTLS", "DNS excluded, forbidden name only in the CN")
                .trusting(anchor)
                .presenting(client("a.fleet.example").signedBy(anchor));
    }

    /** A client with these names, under an anchor with these constraints. */
    private static PathCase under(PathCase row, NameConstraints constraints, GeneralName... names) {
        Issued anchor = constrained(constraints);
        CertificateRecipe recipe = client("device");
        return row.trusting(anchor).presenting((names.length == 0 ? recipe : recipe.names(names)).signedBy(anchor));
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

    private static NameConstraints both(GeneralName permitted, GeneralName excluded) {
        return new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(permitted)},
                new GeneralSubtree[] {new GeneralSubtree(excluded)});
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
