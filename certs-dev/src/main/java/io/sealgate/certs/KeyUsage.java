package io.sealgate.certs;

import java.util.Set;

/** The key usage bits this CA deals in (RFC 5280 §4.2.1.3). */
public enum KeyUsage {
    DIGITAL_SIGNATURE(org.bouncycastle.asn1.x509.KeyUsage.digitalSignature),
    KEY_ENCIPHERMENT(org.bouncycastle.asn1.x509.KeyUsage.keyEncipherment),
    KEY_CERT_SIGN(org.bouncycastle.asn1.x509.KeyUsage.keyCertSign),
    CRL_SIGN(org.bouncycastle.asn1.x509.KeyUsage.cRLSign);

    private final int bit;

    KeyUsage(int bit) {
        this.bit = bit;
    }

    static org.bouncycastle.asn1.x509.KeyUsage encode(Set<KeyUsage> usages) {
        return new org.bouncycastle.asn1.x509.KeyUsage(
                usages.stream().mapToInt(usage -> usage.bit).sum());
    }
}
