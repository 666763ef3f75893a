package io.sealgate.certs;

import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The extended key usages this CA deals in (RFC 5280 §4.2.1.12). */
public enum ExtendedKeyUsage {
    SERVER_AUTH("1.3.6.1.5.5.7.3.1"),
    CLIENT_AUTH("1.3.6.1.5.5.7.3.2"),
    OCSP_SIGNING("1.3.6.1.5.5.7.3.9");

    private final String oid;

    ExtendedKeyUsage(String oid) {
        this.oid = oid;
    }

    static org.bouncycastle.asn1.x509.ExtendedKeyUsage encode(Set<ExtendedKeyUsage> usages) {
        return new org.bouncycastle.asn1.x509.ExtendedKeyUsage(
                usages.stream().sorted().map(ExtendedKeyUsage::purpose).toArray(KeyPurposeId[]::new));
    }

    private KeyPurposeId purpose() {
        return KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid));
    }
}
