package io.sealgate.tls.ocsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * One certificate that is asked about.
 *
 * @param issuer whose key has verified {@code certificate}
 * @param nonce  empty for none
 */
record OcspQuestion(X509Certificate certificate, X509Certificate issuer, ByteBuffer nonce) {

    /** The request in DER (RFC 6960 §4.1). */
    byte[] encode() throws IOException {
        try {
            // SHA-1 only names the issuer here, and is what every responder knows (RFC 5019 §2.1.1).
            CertificateID id = new CertificateID(
                    digests().get(CertificateID.HASH_SHA1), issuerHolder(), certificate.getSerialNumber());
            OCSPReqBuilder request = new OCSPReqBuilder().addRequest(id);
            if (nonce.hasRemaining()) {
                request.setRequestExtensions(new Extensions(new Extension(
                        OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                        false,
                        new DEROctetString(nonceOctets()).getEncoded())));
            }
            return request.build().getEncoded();
        } catch (OCSPException | OperatorCreationException e) {
            throw new IOException("request: not made (expected: of a certificate that was verified)", e);
        }
    }

    private byte[] nonceOctets() {
        byte[] octets = new byte[nonce.remaining()];
        nonce.duplicate().get(octets);
        return octets;
    }

    /** Whether {@code id} names this certificate: the serial number, and the issuer's name and key. */
    boolean isAbout(CertificateID id) throws IOException {
        try {
            return id.getSerialNumber().equals(certificate.getSerialNumber())
                    && id.matchesIssuer(issuerHolder(), digests());
        } catch (OCSPException | OperatorCreationException e) {
            return false; // a digest that nobody knows names nobody
        }
    }

    private JcaX509CertificateHolder issuerHolder() throws IOException {
        try {
            return new JcaX509CertificateHolder(issuer);
        } catch (CertificateEncodingException e) {
            throw new IOException("issuer: without an encoding (expected: DER)", e);
        }
    }

    private static DigestCalculatorProvider digests() throws OperatorCreationException {
        return new JcaDigestCalculatorProviderBuilder().build();
    }
}
