package io.sealgate.tls.ocsp;

import io.sealgate.core.spi.RevocationListener.Outcome;
import io.sealgate.tls.fetch.FetchException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.GeneralName;

/** Where a certificate says that its issuer's responder is (RFC 5280 §4.2.2.1). */
final class ResponderUrl {

    private static final String EXTENSION_OID = "1.3.6.1.5.5.7.1.1";

    private ResponderUrl() {}

    /** The first URL there is. */
    static String of(X509Certificate certificate) throws FetchException {
        byte[] extension = certificate.getExtensionValue(EXTENSION_OID);
        if (extension != null) {
            try {
                byte[] value = ASN1OctetString.getInstance(extension).getOctets();
                for (AccessDescription access :
                        AuthorityInformationAccess.getInstance(value).getAccessDescriptions()) {
                    GeneralName place = access.getAccessLocation();
                    if (access.getAccessMethod().equals(AccessDescription.id_ad_ocsp)
                            && place.getTagNo() == GeneralName.uniformResourceIdentifier) {
                        return place.getName().toString();
                    }
                }
            } catch (RuntimeException e) {
                throw new FetchException(
                        Outcome.MALFORMED, "authority information access: malformed (expected: RFC 5280)");
            }
        }
        throw new FetchException(
                Outcome.REFUSED_HOST, "responder: none in the certificate (expected: one, or ocsp.responder)");
    }
}
