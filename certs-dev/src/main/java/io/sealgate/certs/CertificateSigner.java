package io.sealgate.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/** Turns a specification and a public key into a signed certificate. */
final class CertificateSigner {
    /** One bit short of 20 octets, the most RFC 5280 §4.1.2.2 allows for a positive serial. */
    private static final int SERIAL_BITS = 159;

    private final Issuer issuer;
    private final SecureRandom random = new SecureRandom();

    CertificateSigner(Issuer issuer) {
        this.issuer = issuer;
    }

    X509Certificate sign(CertificateSpec spec, PublicKey subjectKey, Instant now) {
        BigInteger serial = spec.serial() == null ? randomSerial() : spec.serial();
        Validity.Between validity = spec.validity().at(now);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer.name(), serial, validity.fromDate(), validity.untilDate(), spec.subject(), subjectKey);
        try {
            CertificateExtensions.add(builder, spec, subjectKey, issuer.publicKey());
            return new JcaX509CertificateConverter().getCertificate(builder.build(issuer.signer()));
        } catch (GeneralSecurityException | IOException e) {
            throw new CertsException("certificate: " + spec.subject() + " (expected: fields that X.509 can encode)", e);
        }
    }

    /** The top bit is set, so that a serial is never zero and always the same length in a listing. */
    private BigInteger randomSerial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    }
}
