package io.sealgate.core.model;

/** How the bytes of an object are wrapped in a request body, as the head says. */
public sealed interface BodyCoding {

    /** Not at all: the body is the object. */
    record Plain() implements BodyCoding {}

    /**
     * In the chunks of AWS's own that its SDKs send by default.
     *
     * @param decodedBytes length of the object, 0 or more
     */
    record AwsChunked(long decodedBytes) implements BodyCoding {
        public AwsChunked {
            if (decodedBytes < 0) {
                throw new IllegalArgumentException("decodedBytes: " + decodedBytes + " (expected: >= 0)");
            }
        }
    }
}
