package io.sealgate.core.rewrite;

/** COS headers in which clients speak of themselves, and ask for nothing. */
final class SelfDescription {

    private static final String TOKEN = "x-cos-security-token";
    private static final String SDK_PREFIX = "x-cos-sdk-";

    private SelfDescription() {}

    /** Whether {@code name}, lower case, is one of them. */
    static boolean is(String name) {
        return name.equals(TOKEN) || name.startsWith(SDK_PREFIX);
    }
}
