package io.sealgate.certs;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The key kinds a certificate may have, and the signature each makes when it belongs to an issuer. */
public enum KeyAlgorithm {
    EC_P256("EC", "SHA256withECDSA"),
    RSA_2048("RSA", "SHA256withRSA");

    private final String family;
    private final String signature;

    KeyAlgorithm(String family, String signature) {
        this.family = family;
        this.signature = signature;
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            generator.initialize(parameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new CertsException("key algorithm: " + this + " (expected: one this JDK provides)", e);
        }
    }

    private AlgorithmParameterSpec parameters() {
        return switch (this) {
            case EC_P256 -> new ECGenParameterSpec("secp256r1");
            case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
        };
    }

    /** The JCA name of the signature that {@code key} makes over certificates and CRLs. */
    static String signatureOf(Key key) {
        for (KeyAlgorithm algorithm : values()) {
            if (algorithm.family.equals(key.getAlgorithm())) {
                return algorithm.signature;
            }
        }
        throw new CertsException("issuer key: " + key.getAlgorithm() + " (expected: EC or RSA)");
    }
}
