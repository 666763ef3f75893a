package io.sealgate.integrity.crc64;

/** A kernel cannot be used here; the message says why. Ordinary, so without a stack trace. */
final class KernelUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    KernelUnavailableException(String reason) {
        super(reason, null, false, false);
    }

    /** Why. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
