package io.sealgate.integrity;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a client said that the digest of its body would be.
 *
 * @param field    where it said so: the name of a header or a trailer
 * @param value    the digest; asked when the body is whole, for a trailer comes after it, and empty if it did not come
 * @param spelling how a digest is written in that field
 */
record Promise(String field, Supplier<Optional<byte[]>> value, Function<byte[], String> spelling) {

    /** Made in a header. {@code digest} is not to be modified after this. */
    static Promise inHeader(String field, byte[] digest, Function<byte[], String> spelling) {
        return new Promise(field, () -> Optional.of(digest), spelling);
    }
}
