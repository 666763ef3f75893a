package io.sealgate.certs;

import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Crosses between the JDK's and Bouncy Castle's distinguished names by their encoding, so that no text is re-parsed. */
final class DistinguishedNames {
    private DistinguishedNames() {}

    /** A name of one CN attribute holding {@code commonName} as it is: commas and equal signs in it have no meaning. */
    static X500Principal ofCommonName(String commonName) {
        X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        try {
            return new X500Principal(name.getEncoded());
        } catch (IOException e) {
            throw new CertsException("common name: " + commonName + " (expected: text that X.509 can encode)", e);
        }
    }

    static X500Name encode(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }

    /** The subject for a message or a listing: one line, whatever the certificate holds. */
    static String printable(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().replaceAll("\\p{Cntrl}", "?");
    }
}
