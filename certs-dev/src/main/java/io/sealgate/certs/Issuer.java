package io.sealgate.certs;

import java.security.PrivateKey;
import java.security.PublicKey;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Who signs: the name that goes into the signed thing, the key that signs it, and the key that verifies it. */
record Issuer(X500Principal name, PrivateKey privateKey, PublicKey publicKey) {
    ContentSigner signer() {
        String algorithm = KeyAlgorithm.signatureOf(privateKey);
        try {
            return new JcaContentSignerBuilder(algorithm).build(privateKey);
        } catch (OperatorCreationException e) {
            throw new CertsException("issuer key: " + algorithm + " (expected: a key this JDK can sign with)", e);
        }
    }

    @Override
    public String toString() {
        return "Issuer[" + name + "]";
    }
}
