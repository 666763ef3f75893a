package io.sealgate.tls.revocation;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Where a certificate says its issuer's lists are (RFC 5280 §4.2.1.13). */
final class DistributionPointNames {

    private static final String EXTENSION_OID = "2.5.29.31";

    private DistributionPointNames() {}

    /** All names, and throws one thing or another if the certificate's extension cannot be read. */
    static Set<GeneralName> of(X509Certificate certificate) throws IOException {
        Set<GeneralName> names = new LinkedHashSet<>();
        // The last paragraph of RFC 5280 §6.3.3: a list from elsewhere is taken as one at a point with the issuer's
        // name.
        names.add(new GeneralName(
                X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded())));
        byte[] extension = certificate.getExtensionValue(EXTENSION_OID);
        if (extension == null) {
            return names;
        }
        byte[] value = ASN1OctetString.getInstance(extension).getOctets();
        for (DistributionPoint point : CRLDistPoint.getInstance(value).getDistributionPoints()) {
            DistributionPointName name = point.getDistributionPoint();
            // Points for some reasons or with another issuer's list say nothing about this list.
            if (name != null
                    && name.getType() == DistributionPointName.FULL_NAME
                    && point.getReasons() == null
                    && point.getCRLIssuer() == null) {
                Collections.addAll(
                        names, GeneralNames.getInstance(name.getName()).getNames());
            }
        }
        return names;
    }

    /** The URLs among them, of whatever scheme; none if the extension cannot be read. */
    static List<String> urls(X509Certificate certificate) {
        try {
            return of(certificate).stream()
                    .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                    .map(name -> name.getName().toString())
                    .toList();
        } catch (RuntimeException | IOException e) {
            return List.of();
        }
    }
}
