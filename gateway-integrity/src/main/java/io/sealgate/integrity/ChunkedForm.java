package io.sealgate.integrity;

import java.util.Optional;

/** The forms of {@code aws-chunked} bodies, as {@code x-amz-content-sha256} names them (Amazon S3 API, "Authenticating requests"). */
enum ChunkedForm {
    SIGNED("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", true, false),
    SIGNED_WITH_TRAILER("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", true, true),
    UNSIGNED_WITH_TRAILER("STREAMING-UNSIGNED-PAYLOAD-TRAILER", false, true);

    private final String word;
    private final boolean isSigned;
    private final boolean hasTrailer;

    ChunkedForm(String word, boolean isSigned, boolean hasTrailer) {
        this.word = word;
        this.isSigned = isSigned;
        this.hasTrailer = hasTrailer;
    }

    /** The form that {@code x-amz-content-sha256} names. */
    static Optional<ChunkedForm> of(String word) {
        for (ChunkedForm form : values()) {
            if (form.word.equals(word)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** Whether every chunk, and the trailer if there is one, carries a signature. */
    boolean isSigned() {
        return isSigned;
    }

    /** Whether a checksum follows the last chunk. */
    boolean hasTrailer() {
        return hasTrailer;
    }
}
