package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.PathCase.accept;
import static io.sealgate.tls.PathCase.refuse;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Subjects, issuers and alternative names (RFC 5280 §4.1.2, §4.2.1.6). */
final class NameCases {

    private static final Issued ROOT = root("Root");
    private static final byte[] NOT_DER = {0x30, 0x7F, 0x01};

    private NameCases() {}

    static Stream<PathCase> all() {
        return Stream.concat(alternativeNames(), names());
    }

    private static Stream<PathCase> alternativeNames() {
        return Stream.of(
                with(
                        refuse("limbo", "no alternative name, CN only")
                                .deviating(
                                        "Devices are named by their common name in many fleets. Absent alternative names are an ordinary case; a route that needs them says so with `clients`."),
                        client("device")),
                named(
                        accept("RFC 5280", "a name of each kind"),
                        new GeneralName(GeneralName.dNSName, "device.example"),
                        new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://fleet/device"),
                        new GeneralName(GeneralName.rfc822Name, "device@fleet.example"),
                        new GeneralName(GeneralName.iPAddress, "10.0.0.7"),
                        new GeneralName(GeneralName.iPAddress, "2001:db8::7"),
                        new GeneralName(GeneralName.registeredID, "1.2.3.4"),
                        new GeneralName(new X500Name("CN=device"))),
                with(
                        refuse("limbo", "alternative names that are no ASN.1"),
                        client("device").extension(Extension.subjectAlternativeName, false, NOT_DER)),
                with(
                        refuse("limbo", "alternative names that are plain text"),
                        client("device")
                                .extension(
                                        Extension.subjectAlternativeName,
                                        false,
                                        "device.example".getBytes(StandardCharsets.US_ASCII))),
                with(
                        refuse("RFC 5280", "empty list of alternative names"),
                        client("device").extension(Extension.subjectAlternativeName, false, new DERSequence())),
                with(
                        refuse("limbo", "alternative names critical beside a subject")
                                .deviating(
                                        "A rule of the CA/Browser Forum for public certificates; the names are understood."),
                        client("device")
                                .extension(
                                        Extension.subjectAlternativeName,
                                        true,
                                        new GeneralNames(new GeneralName(GeneralName.dNSName, "device.example")))),
                with(
                        refuse("limbo", "alternative names not critical, empty subject"),
                        client("device").subject("").dnsNames("device.example")),
                with(
                        accept("RFC 5280", "alternative names critical, empty subject"),
                        client("device")
                                .subject("")
                                .extension(
                                        Extension.subjectAlternativeName,
                                        true,
                                        new GeneralNames(new GeneralName(GeneralName.dNSName, "device.example")))),
                with(
                        refuse("RFC 5280", "empty subject, no alternative name"),
                        client("device").subject("")),
                named(
                        refuse("limbo", "DNS name with an underscore")
                                .deviating(
                                        "Device names have them. Names are compared as they are written, and none is looked up."),
                        dns("dev_ice.example")),
                named(refuse("limbo", "DNS name that is an address").deviating("As above."), dns("10.0.0.7")),
                named(refuse("RFC 5280", "DNS name with NUL"), dns("good.example\0.evil.example")),
                named(refuse("RFC 5280", "DNS name that is empty"), dns("")),
                named(refuse("RFC 5280", "DNS name that is a space"), dns(" ")),
                named(refuse("RFC 5280", "DNS name with a dot at its end"), dns("device.example.")),
                named(refuse("limbo", "DNS name that is not ASCII"), raw(2, "gerät.example")),
                named(accept("limbo", "DNS name with a wildcard in front"), dns("*.fleet.example")),
                named(refuse("limbo", "DNS name with a wildcard inside a label"), dns("dev*.fleet.example")),
                named(refuse("limbo", "DNS name with a wildcard inside"), dns("a.*.fleet.example")),
                named(refuse("limbo", "DNS name that is a wildcard"), dns("*")),
                named(
                        refuse("RFC 5280", "URI without a scheme"),
                        new GeneralName(GeneralName.uniformResourceIdentifier, "//fleet/device")),
                named(refuse("RFC 5280", "URI with a line feed"), raw(6, "spiffe://fleet/a\nb")),
                named(refuse("RFC 5280", "e-mail name with NUL"), raw(1, "a@b.example\0")),
                named(
                        refuse("RFC 5280", "IP name of five bytes"),
                        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[5]))));
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    /** Bytes as they are, whatever IA5String allows. */
    private static GeneralName raw(int tag, String text) {
        return new GeneralName(tag, new DERIA5String(text, false));
    }

    private static Stream<PathCase> names() {
        return Stream.of(
                with(accept("RFC 5280", "two common names"), client("x").subject("CN=fleet,CN=device")),
                with(accept("RFC 5280", "no common name"), client("x").subject("O=Fleet,OU=Devices")),
                with(accept("RFC 5280", "common name that is not ASCII"), client("gerät")),
                with(
                        refuse("RFC 5280", "common name with a line feed"),
                        client("x").subject("CN=admin\\0Adevice")),
                with(accept("RFC 5280", "common name in PrintableString, issuer in UTF8String"), client("device")),
                with(
                        refuse("limbo", "CN that is a DNS name, alternative name another")
                                .deviating(
                                        "Two names of one client, from one CA. A policy says which of them it goes by."),
                        client("other.example").dnsNames("device.example")),
                with(refuse("limbo", "empty issuer"), client("device").issuer("")),
                emptyCa());
    }

    private static PathCase emptyCa() {
        Issued nameless = authority("x").subject("").signedBy(ROOT);
        return refuse("limbo", "CA with an empty subject")
                .trusting(ROOT)
                .presenting(client("device").signedBy(nameless));
    }

    private static PathCase named(PathCase row, GeneralName... names) {
        return with(row, client("device").names(names));
    }

    private static PathCase with(PathCase row, CertificateRecipe recipe) {
        return row.trusting(ROOT).presenting(recipe.signedBy(ROOT));
    }
}
