package io.sealgate.integrity;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows the last chunk: the checksum that the head announced and, in the signed form, a signature over it; nothing else, and
 * each once. Lines may end without a carriage return, and an empty one may stand before the signature: minio-go writes them so.
 * Mutable; confined to one decoder.
 */
final class ChunkTrailer {

    private static final String SIGNATURE_FIELD = "x-amz-trailer-signature";

    private final @Nullable S3Checksum announced;
    private final boolean isSigned;
    private String signed = "";
    private String signature = "";
    private byte @Nullable [] value;
    private boolean hasGap;

    /**
     * @param announced the checksum that must come, or {@code null} if none may
     * @param isSigned  whether a signature must come
     */
    ChunkTrailer(@Nullable S3Checksum announced, boolean isSigned) {
        this.announced = announced;
        this.isSigned = isSigned;
    }

    /** Whether {@code line} ends the trailer; if not, it is for {@link #add}. */
    boolean endsWith(String line) {
        if (!line.isEmpty()) {
            return false;
        }
        boolean mayBeGap = isSigned && value != null && signature.isEmpty() && !hasGap;
        hasGap = true;
        return !mayBeGap;
    }

    /** Takes in a line that ends nothing. */
    @Nullable
    GatewayError add(String line) {
        if (line.isEmpty()) {
            return null;
        }
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
        String text = line.substring(colon + 1).strip();
        if (announced != null && value == null && name.equals(announced.field())) {
            value = ChecksumHeaders.base64(text, announced.bytes()).orElse(null);
            signed = name + ':' + text + '\n';
            return value == null
                    ? new GatewayError.Corrupted(
                            CosErrorCode.INVALID_DIGEST,
                            name + ": malformed (expected: base64 of " + announced.bytes() + " bytes)")
                    : null;
        }
        boolean isSignature = isSigned && signature.isEmpty() && name.equals(SIGNATURE_FIELD);
        if (isSignature && ChunkHeader.HEX_SHA256.matcher(text).matches()) {
            signature = text;
            return null;
        }
        return AwsChunkedDecoder.malformed("a trailer that x-amz-trailer does not name, or twice, or a malformed one");
    }

    /** Why a trailer that has ended is not whole, or {@code null} if it is. */
    @Nullable
    GatewayError missing() {
        if (announced != null && value == null) {
            return AwsChunkedDecoder.malformed("no trailer " + announced.field() + ", which x-amz-trailer names");
        }
        return isSigned && signature.isEmpty() ? AwsChunkedDecoder.malformed("no trailer " + SIGNATURE_FIELD) : null;
    }

    /** The checksum that came, if it did. */
    Optional<byte[]> value() {
        return Optional.ofNullable(value);
    }

    /** What the signature is over. */
    String signed() {
        return signed;
    }

    /** The signature that came, or empty. */
    String signature() {
        return signature;
    }
}
