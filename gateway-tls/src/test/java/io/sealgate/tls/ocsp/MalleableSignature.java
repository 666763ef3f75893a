package io.sealgate.tls.ocsp;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/** An ECDSA signature (r, s) is as good as (r, n - s): whoever has a certificate can write it with other bytes. */
final class MalleableSignature {

    private MalleableSignature() {}

    /** The certificate, signed by a key on the curve of its own, with the other form of its signature. */
    static X509Certificate otherForm(X509Certificate certificate) throws Exception {
        BigInteger order =
                ((ECPublicKey) certificate.getPublicKey()).getParams().getOrder();
        ASN1Sequence parts = ASN1Sequence.getInstance(certificate.getEncoded());
        ASN1Sequence signature = ASN1Sequence.getInstance(certificate.getSignature());
        BigInteger s = ASN1Integer.getInstance(signature.getObjectAt(1)).getPositiveValue();
        ASN1EncodableVector other = new ASN1EncodableVector();
        other.add(signature.getObjectAt(0));
        other.add(new ASN1Integer(order.subtract(s)));
        ASN1EncodableVector whole = new ASN1EncodableVector();
        whole.add(parts.getObjectAt(0));
        whole.add(parts.getObjectAt(1));
        whole.add(new DERBitString(new DERSequence(other).getEncoded()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(whole).getEncoded()));
    }
}
