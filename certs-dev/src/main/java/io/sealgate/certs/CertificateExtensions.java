package io.sealgate.certs;

import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** The extensions of RFC 5280 §4.2, with the criticality it asks for. */
final class CertificateExtensions {
    private CertificateExtensions() {}

    static void add(X509v3CertificateBuilder builder, CertificateSpec spec, PublicKey subjectKey, PublicKey issuerKey)
            throws NoSuchAlgorithmException, IOException {
        addPurpose(builder, spec.purpose());
        addNames(builder, spec);
        addKeyIdentifiers(builder, subjectKey, issuerKey);
        addPointers(builder, spec.pointers());
    }

    private static void addPurpose(X509v3CertificateBuilder builder, Purpose purpose) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, basicConstraints(purpose));
        if (!purpose.keyUsages().isEmpty()) {
            builder.addExtension(Extension.keyUsage, true, KeyUsage.encode(purpose.keyUsages()));
        }
        if (!purpose.extendedKeyUsages().isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, ExtendedKeyUsage.encode(purpose.extendedKeyUsages()));
        }
    }

    private static BasicConstraints basicConstraints(Purpose purpose) {
        Integer pathLength = purpose.pathLength();
        return pathLength == null ? new BasicConstraints(purpose.authority()) : new BasicConstraints(pathLength);
    }

    private static void addNames(X509v3CertificateBuilder builder, CertificateSpec spec) throws IOException {
        if (spec.names().isEmpty()) {
            return;
        }
        // §4.2.1.6: where the subject is empty these names are the identity, so nobody may skip them.
        boolean critical = spec.subject().getName().isEmpty();
        GeneralName[] names = spec.names().stream().map(SubjectAltName::encode).toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, critical, new GeneralNames(names));
    }

    private static void addKeyIdentifiers(X509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer)
            throws NoSuchAlgorithmException, IOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subject));
        builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer));
    }

    private static void addPointers(X509v3CertificateBuilder builder, RevocationPointers pointers) throws IOException {
        URI crl = pointers.crl();
        if (crl != null) {
            DistributionPointName name = new DistributionPointName(new GeneralNames(uri(crl)));
            CRLDistPoint points = new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
            builder.addExtension(Extension.cRLDistributionPoints, false, points);
        }
        URI ocsp = pointers.ocsp();
        if (ocsp != null) {
            AuthorityInformationAccess access = new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, uri(ocsp));
            builder.addExtension(Extension.authorityInfoAccess, false, access);
        }
    }

    private static GeneralName uri(URI uri) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, uri.toASCIIString());
    }
}
