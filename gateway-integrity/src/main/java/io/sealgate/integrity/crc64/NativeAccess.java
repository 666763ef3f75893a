package io.sealgate.integrity.crc64;

/**
 * Whether the process was started with native access (JEP 472). A JDK that only warns grants it to the first caller
 * without it, which may be TLS, so it has to be read before anything loads native code. Immutable; thread-safe.
 */
public final class NativeAccess {

    private static final boolean GRANTED = read();

    private NativeAccess() {}

    /** Reads it, if nobody has. Belongs at the beginning of the program. */
    public static void capture() {
        // the class is initialized
    }

    static boolean isGranted() {
        return GRANTED;
    }

    /** By name: this is compiled for JDK 17, which has no such method. */
    private static boolean read() {
        try {
            Object enabled = Module.class.getMethod("isNativeAccessEnabled").invoke(NativeAccess.class.getModule());
            return Boolean.TRUE.equals(enabled);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
