package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding.AwsChunked;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.ChunkSignatures;
import io.sealgate.core.spi.ChunkSigners;
import io.sealgate.integrity.UncheckedTap.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the decoder for an {@code aws-chunked} upload from the head that announces it, and has its trailer verified.
 *
 * @param coding  how the body is wrapped
 * @param headers as the client sent them
 * @param signers who knows the keys behind signed chunks
 */
record ChunkedUpload(AwsChunked coding, HttpHeaders headers, ChunkSigners signers) {

    private static final String TRAILER = "x-amz-trailer";
    private static final String CHUNK_SIGNATURE = "chunk-signature";

    /** The decoder, or {@code null} if {@code checks} was told why the body must not even begin. */
    @Nullable
    BodyDecoder decoder(UploadChecks checks) {
        List<String> words = headers.getAll(UploadChecks.PAYLOAD);
        Optional<ChunkedForm> form = words.size() == 1 ? ChunkedForm.of(words.get(0)) : Optional.empty();
        if (form.isEmpty()) {
            checks.refuse(new GatewayError.Rejected(
                    CosErrorCode.NOT_IMPLEMENTED,
                    UploadChecks.PAYLOAD + ": a form of payload that is not known here"
                            + " (expected: STREAMING-AWS4-HMAC-SHA256-PAYLOAD, with or without -TRAILER,"
                            + " or STREAMING-UNSIGNED-PAYLOAD-TRAILER)"));
            return null;
        }
        return decoder(form.get(), checks);
    }

    private @Nullable BodyDecoder decoder(ChunkedForm form, UploadChecks checks) {
        List<String> names = headers.getAll(TRAILER);
        S3Checksum announced = names.size() == 1
                ? S3Checksum.ofField(names.get(0).strip().toLowerCase(Locale.ROOT))
                        .orElse(null)
                : null;
        if (form.hasTrailer() ? announced == null : !names.isEmpty()) {
            checks.refuse(new GatewayError.Rejected(
                    CosErrorCode.INVALID_REQUEST,
                    TRAILER + ": " + names.size() + " sent, or unknown (expected: "
                            + (form.hasTrailer()
                                    ? "one x-amz-checksum- of crc32, crc32c, crc64nvme, sha1 or sha256)"
                                    : "none, the payload is of the form without)")));
            return null;
        }
        ChunkTrailer trailer = new ChunkTrailer(announced, form.isSigned() && form.hasTrailer());
        if (announced != null) {
            checks.add(announced, new Promise(announced.field(), trailer::value, ChecksumHeaders::base64));
        }
        ChunkSignatures signatures = form.isSigned() ? signers.of(headers).orElse(null) : null;
        if (form.isSigned() && signatures == null) {
            checks.add(new UncheckedTap(CHUNK_SIGNATURE, Reason.NO_KEY));
        }
        return new AwsChunkedDecoder(form.isSigned(), coding.decodedBytes(), trailer, signatures);
    }
}
