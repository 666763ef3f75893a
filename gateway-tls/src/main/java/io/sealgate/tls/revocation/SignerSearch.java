package io.sealgate.tls.revocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who of the CAs of one name has signed a list, while the list passes by: nothing of it is kept. What passes before
 * the candidates are known is. Confined to one list.
 */
final class SignerSearch implements DerInput.Tap {

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final Map<AuthorityId, Signature> signatures = new LinkedHashMap<>();
    private boolean isBegun;

    /** Goes on with {@code candidates}; one whose key is for another algorithm is none. */
    void begin(List<X509Certificate> candidates, SignatureAlgorithm algorithm) throws CrlException {
        try {
            for (X509Certificate candidate : candidates) {
                begin(candidate, algorithm);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new CrlException(
                    "signature algorithm: " + algorithm.oid() + " (expected: one that this JDK can verify)", e);
        }
        isBegun = true;
    }

    private void begin(X509Certificate candidate, SignatureAlgorithm algorithm)
            throws GeneralSecurityException, IOException {
        Signature signature = algorithm.open();
        try {
            signature.initVerify(candidate.getPublicKey());
        } catch (InvalidKeyException e) {
            return;
        }
        signature.update(head.toByteArray());
        signatures.put(AuthorityId.of(candidate), signature);
    }

    @Override
    public void take(byte[] bytes, int offset, int length) throws CrlException {
        if (!isBegun) {
            head.write(bytes, offset, length);
            return;
        }
        try {
            for (Signature signature : signatures.values()) {
                signature.update(bytes, offset, length);
            }
        } catch (SignatureException e) {
            throw new CrlException("signature: cannot be verified (expected: a signature)", e);
        }
    }

    /** The CA whose signature {@code value} is. */
    Optional<AuthorityId> signer(byte[] value) {
        return signatures.entrySet().stream()
                .filter(candidate -> isVerified(candidate.getValue(), value))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isVerified(Signature signature, byte[] value) {
        try {
            return signature.verify(value);
        } catch (SignatureException e) {
            return false; // not even of the right form
        }
    }
}
