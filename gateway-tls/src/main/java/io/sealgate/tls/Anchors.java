package io.sealgate.tls;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.jspecify.annotations.Nullable;

/** Makes the JDK's trust anchors. */
final class Anchors {

    private static final String NAME_CONSTRAINTS_OID = "2.5.29.30";

    private Anchors() {}

    /** An anchor that holds its clients to the name constraints in its certificate, which the JDK does only if told. */
    static TrustAnchor of(X509Certificate certificate) {
        return new TrustAnchor(certificate, nameConstraints(certificate));
    }

    private static byte @Nullable [] nameConstraints(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(NAME_CONSTRAINTS_OID);
        return extension == null ? null : ASN1OctetString.getInstance(extension).getOctets();
    }
}
