package io.sealgate.origin;

import org.jspecify.annotations.Nullable;

/** How an object is said to be encrypted at rest. The stand-in stores it plain and keeps the promise's outside only. */
public sealed interface Encryption {
    Encryption NONE = new None();

    record None() implements Encryption {}

    /** Keys managed by COS. */
    record Managed(String algorithm) implements Encryption {}

    /** Keys managed by KMS. */
    record Kms(@Nullable String keyId, @Nullable String context) implements Encryption {}

    /** The customer's key, of which only the base64 MD5 is kept: enough to tell the right key from a wrong one. */
    record Customer(String keyMd5) implements Encryption {}
}
