package io.sealgate.origin;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rules of the {@code x-cos-server-side-encryption*} headers: who may send which, and what comes back. */
final class EncryptionHeaders {
    private static final String SSE = "x-cos-server-side-encryption";
    private static final String KMS_KEY = SSE + "-cos-kms-key-id";
    private static final String KMS_CONTEXT = SSE + "-context";
    private static final String CUSTOMER = SSE + "-customer-";
    private static final String COPY_SOURCE_CUSTOMER = "x-cos-copy-source-server-side-encryption-customer-";
    private static final int CUSTOMER_KEY_BYTES = 32;

    private final boolean customerKeysNeedTls;

    EncryptionHeaders(boolean customerKeysNeedTls) {
        this.customerKeysNeedTls = customerKeysNeedTls;
    }

    /** The encryption a new object is to have, of a Put, Copy, Append or Initiate. */
    Encryption ofNewObject(CosRequest request) {
        Optional<Encryption> customer = customer(request, CUSTOMER, ErrorCode.SSE_CONTENT_NOT_SUPPORTED);
        Optional<String> sse = request.header(SSE);
        boolean kmsDetails = request.header(KMS_KEY).isPresent()
                || request.header(KMS_CONTEXT).isPresent();
        if (sse.isEmpty()) {
            require(!kmsDetails, "KMS headers need " + SSE + ": cos/kms.");
            return customer.orElse(Encryption.NONE);
        }
        require(customer.isEmpty(), "SSE-C and another encryption exclude each other.");
        if (sse.get().equals("cos/kms")) {
            return new Encryption.Kms(
                    request.header(KMS_KEY).orElse(null),
                    request.header(KMS_CONTEXT).orElse(null));
        }
        require(!kmsDetails && List.of("AES256", "SM4").contains(sse.get()), "The encryption is not supported.");
        return new Encryption.Managed(sse.get());
    }

    /** Refuses encryption headers where there is nothing to encrypt. */
    void forbid(CosRequest request) {
        forbidManaged(request);
        if (hasPrefix(request, CUSTOMER)) {
            throw notAllowed();
        }
    }

    /** The upload of a part: SSE-C needs its key again; what is said of COS-managed encryption is ignored. */
    void requirePartKey(CosRequest request, Encryption encryption) {
        requireKey(request, encryption, CUSTOMER);
    }

    /** A read: COS-managed encryption is not spoken of, SSE-C needs its key again. */
    void requireKey(CosRequest request, Encryption encryption) {
        forbidManaged(request);
        requireKey(request, encryption, CUSTOMER);
    }

    /** The source of a copy, whose key travels in headers of its own. */
    void requireSourceKey(CosRequest request, Encryption encryption) {
        requireKey(request, encryption, COPY_SOURCE_CUSTOMER);
    }

    private void requireKey(CosRequest request, Encryption encryption, String prefix) {
        Optional<Encryption> given = customer(request, prefix, ErrorCode.SSEC_DECRYPT_HEADER_INVALID);
        Optional<Encryption> needed = Optional.of(encryption).filter(each -> each instanceof Encryption.Customer);
        if (!given.equals(needed)) {
            throw needed.isEmpty()
                    ? notAllowed()
                    : new Refusal(ErrorCode.SSEC_DECRYPT_HEADER_INVALID, "The customer key is missing or wrong.");
        }
    }

    /** What answers say about an object's encryption. */
    static Headers echo(Encryption encryption) {
        if (encryption instanceof Encryption.Managed managed) {
            return Headers.none().and(SSE, managed.algorithm());
        }
        if (encryption instanceof Encryption.Kms kms) {
            Headers echo = Headers.none().and(SSE, "cos/kms");
            return kms.keyId() == null ? echo : echo.and(KMS_KEY, kms.keyId());
        }
        if (encryption instanceof Encryption.Customer customer) {
            return Headers.none().and(CUSTOMER + "algorithm", "AES256").and(CUSTOMER + "key-MD5", customer.keyMd5());
        }
        return Headers.none();
    }

    private Optional<Encryption> customer(CosRequest request, String prefix, ErrorCode code) {
        if (!hasPrefix(request, prefix)) {
            return Optional.empty();
        }
        if (customerKeysNeedTls && !request.secure()) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "A customer key may only be sent over HTTPS.");
        }
        String keyMd5 = request.header(prefix + "key-MD5").orElse("");
        boolean good =
                request.header(prefix + "algorithm").filter("AES256"::equals).isPresent()
                        && request.header(prefix + "key")
                                .filter(key -> fits(key, keyMd5))
                                .isPresent();
        if (!good) {
            throw new Refusal(code, "The customer key headers do not fit together.");
        }
        return Optional.of(new Encryption.Customer(keyMd5));
    }

    private static boolean fits(String key, String keyMd5) {
        try {
            byte[] bytes = Base64.getDecoder().decode(key);
            return bytes.length == CUSTOMER_KEY_BYTES
                    && Base64.getEncoder().encodeToString(Digests.md5(bytes)).equals(keyMd5);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private void forbidManaged(CosRequest request) {
        for (String name : List.of(SSE, KMS_KEY, KMS_CONTEXT)) {
            if (request.header(name).isPresent()) {
                throw notAllowed();
            }
        }
    }

    private static boolean hasPrefix(CosRequest request, String prefix) {
        return request.head().headers().lines().stream()
                .map(Map.Entry::getKey)
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(prefix));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new Refusal(ErrorCode.SSE_CONTENT_NOT_SUPPORTED, message);
        }
    }

    private static Refusal notAllowed() {
        return new Refusal(ErrorCode.SSE_HEADER_NOT_ALLOWED, "The encryption headers are not allowed in this request.");
    }
}
