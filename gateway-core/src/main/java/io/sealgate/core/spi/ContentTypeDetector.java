package io.sealgate.core.spi;

/** Tells what an object is by its first bytes. Thread-safe. */
public interface ContentTypeDetector {

    /** Where no route asks. */
    ContentTypeDetector NONE = beginning -> {
        throw new IllegalStateException("detector: none (expected: where a route wants to know what objects are)");
    };

    /**
     * What an object that begins like this is. Takes time, up to a millisecond.
     *
     * @param beginning all of the object, or some kilobytes of it; read only
     */
    Detected detect(byte[] beginning);

    /** What has been detected. Immutable. */
    interface Detected {

        /** The most particular media type that is known, {@code application/octet-stream} if none is. */
        String type();

        /**
         * Whether an object that begins so may be called {@code type}. Where the library knows no way to tell a type by bytes, it may be unless the
         * bytes are something that acts: a page, a script, a program.
         *
         * @param type {@code type/subtype} or {@code type/*}, lower case
         */
        boolean mayBe(String type);
    }
}
