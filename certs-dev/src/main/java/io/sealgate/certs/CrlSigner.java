package io.sealgate.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** Signs revocation lists as X.509 v2 CRLs (RFC 5280 §5). */
final class CrlSigner {
    private final Issuer issuer;

    CrlSigner(Issuer issuer) {
        this.issuer = issuer;
    }

    X509CRL sign(RevocationList list, Validity validity, Instant now) {
        Validity.Between period = validity.at(now);
        X509v2CRLBuilder builder = new X509v2CRLBuilder(DistinguishedNames.encode(issuer.name()), period.fromDate());
        builder.setNextUpdate(period.untilDate());
        for (Revocation revocation : list.revocations()) {
            builder.addCRLEntry(
                    revocation.serial(),
                    Date.from(revocation.at()),
                    revocation.reason().code());
        }
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(list.number())));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.publicKey()));
            return new JcaX509CRLConverter().getCRL(builder.build(issuer.signer()));
        } catch (GeneralSecurityException | IOException e) {
            throw new CertsException("CRL: number " + list.number() + " (expected: fields that X.509 can encode)", e);
        }
    }
}
