package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.Base64;
import java.util.Set;

/**
 * What a request's headers say about the encryption of its object. COS may ignore headers that it does not understand,
 * or an incomplete set, and encrypt as it does by default. So they count only if they are complete (COS document
 * 436/7728).
 */
enum EncryptionStatement {
    /** Nothing is said. */
    NONE,
    /** A known mode with what belongs to it, or a customer's key with everything that belongs to it. */
    COMPLETE,
    /** Anything else. */
    BROKEN;

    static final String MODE = "x-cos-server-side-encryption";
    static final String KEY_ID = MODE + "-cos-kms-key-id";
    static final String CONTEXT = MODE + "-context";

    /** The mode of keys in a key management service. S3's word for it is translated before. */
    static final String KMS = "cos/kms";

    private static final String CUSTOMER = MODE + "-customer-";
    private static final String SOURCE_CUSTOMER = "x-cos-copy-source-server-side-encryption-customer-";

    /** The modes with keys of COS's own. */
    private static final Set<String> MANAGED = Set.of("AES256", "SM4");

    private static final String CUSTOMER_ALGORITHM = "AES256";
    private static final int KEY_BYTES = 32;
    private static final int MD5_BYTES = 16;

    /**
     * The statement about the object that is written or read; {@link #BROKEN} too if what is said of a copy's source
     * is.
     *
     * @param headers in COS's words, each at most once and not empty
     */
    static EncryptionStatement of(HttpHeaders headers) {
        EncryptionStatement customer = customer(headers, CUSTOMER);
        EncryptionStatement managed = managed(headers);
        boolean isBroken = customer == BROKEN || managed == BROKEN || customer(headers, SOURCE_CUSTOMER) == BROKEN;
        if (isBroken || (customer == COMPLETE && managed == COMPLETE)) {
            return BROKEN;
        }
        return customer == NONE ? managed : customer;
    }

    /** What is said to the client; no value is repeated, because one of them may be a key. */
    static GatewayError.Rejected broken() {
        return new GatewayError.Rejected(
                CosErrorCode.INVALID_ARGUMENT,
                MODE + "*: not complete (expected: AES256, SM4 or " + KMS + ", key and context only with " + KMS
                        + "; or all three headers of a customer's key)");
    }

    private static EncryptionStatement managed(HttpHeaders headers) {
        String mode = headers.get(MODE);
        boolean hasDetails = headers.contains(KEY_ID) || headers.contains(CONTEXT);
        if (mode == null) {
            return hasDetails ? BROKEN : NONE;
        }
        return mode.equals(KMS) || (MANAGED.contains(mode) && !hasDetails) ? COMPLETE : BROKEN;
    }

    private static EncryptionStatement customer(HttpHeaders headers, String prefix) {
        String algorithm = headers.get(prefix + "algorithm");
        String key = headers.get(prefix + "key");
        String md5 = headers.get(prefix + "key-md5");
        if (algorithm == null && key == null && md5 == null) {
            return NONE;
        }
        boolean isComplete = CUSTOMER_ALGORITHM.equals(algorithm)
                && key != null
                && isBase64(key, KEY_BYTES)
                && md5 != null
                && isBase64(md5, MD5_BYTES);
        return isComplete ? COMPLETE : BROKEN;
    }

    private static boolean isBase64(String text, int bytes) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            return decoded.length == bytes
                    && Base64.getEncoder().encodeToString(decoded).equals(text);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
