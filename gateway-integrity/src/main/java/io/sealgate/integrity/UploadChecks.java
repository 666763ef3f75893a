package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.IntegrityConfig.ContentMd5;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Corrupted;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.integrity.UncheckedTap.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of the head of an upload what it promises of its body, and makes the taps. {@code Content-MD5} is verified if the route says so;
 * the others whatever it says, because S3's reach nobody behind the gateway. Mutable; used for one upload.
 */
final class UploadChecks {

    /** S3's field for the digest of the payload, or for its form. */
    static final String PAYLOAD = "x-amz-content-sha256";

    private static final String CONTENT_SHA1 = "x-cos-content-sha1";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    /** Fields whose names only look like those of a checksum. */
    private static final Set<String> ABOUT_CHECKSUMS =
            Set.of("x-amz-checksum-mode", "x-amz-checksum-type", "x-amz-checksum-algorithm");

    private final HttpHeaders headers;
    private final List<BodyTap> taps = new ArrayList<>(2);
    private final Map<S3Checksum, List<Promise>> promises = new EnumMap<>(S3Checksum.class);
    private @Nullable GatewayError error;

    UploadChecks(HttpHeaders headers) {
        this.headers = headers;
    }

    /**
     * {@code Content-MD5} (RFC 1864).
     *
     * @param isRequirable whether the operation is one that a route may require it of
     */
    void contentMd5(IntegrityConfig config, boolean isRequirable) {
        if (config.upload().contentMd5() == ContentMd5.NONE) {
            add(new UncheckedTap(ContentMd5Tap.ALGORITHM, Reason.OFF));
            return;
        }
        List<String> values = headers.getAll(HttpHeaderNames.CONTENT_MD5);
        if (values.isEmpty() && isRequirable && config.upload().contentMd5() == ContentMd5.REQUIRE) {
            refuse(new Corrupted(CosErrorCode.INVALID_REQUEST, "Content-MD5: missing (expected: base64 of 16 bytes)"));
        } else if (values.isEmpty()) {
            add(new UncheckedTap(ContentMd5Tap.ALGORITHM, Reason.ABSENT));
        } else if (values.size() > 1) {
            invalidDigest("Content-MD5: " + values.size() + " values (expected: one)");
        } else {
            ChecksumHeaders.contentMd5(values.get(0))
                    .ifPresentOrElse(
                            digest -> add(new ContentMd5Tap(digest)),
                            () -> invalidDigest("Content-MD5: malformed (expected: base64 of 16 bytes)"));
        }
    }

    /** {@code x-cos-content-sha1} (COS document 436/7749), hexadecimal. */
    void contentSha1() {
        hex(CONTENT_SHA1, S3Checksum.SHA1);
    }

    /** {@code x-amz-content-sha256} of a body that is the object itself. */
    void payload() {
        List<String> values = headers.getAll(PAYLOAD);
        if (!values.equals(List.of(UNSIGNED))) {
            hex(PAYLOAD, S3Checksum.SHA256);
        }
    }

    /** {@code x-amz-checksum-*}, base64. */
    void s3Checksums() {
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(S3Checksum.FIELD_PREFIX) && !ABOUT_CHECKSUMS.contains(lower)) {
                S3Checksum.ofField(lower)
                        .ifPresentOrElse(
                                checksum -> base64(lower, checksum),
                                () -> invalidDigest(
                                        lower + ": unknown (expected: of crc32, crc32c, crc64nvme, sha1 or sha256)"));
            }
        }
    }

    void add(BodyTap tap) {
        taps.add(tap);
    }

    void add(S3Checksum checksum, Promise promise) {
        promises.computeIfAbsent(checksum, key -> new ArrayList<>(1)).add(promise);
    }

    /** The body must not even begin. */
    void refuse(GatewayError reason) {
        error = reason;
    }

    /** Why the body must not even begin, if so. */
    Optional<GatewayError> error() {
        return Optional.ofNullable(error);
    }

    /** The taps, one for each algorithm. */
    List<BodyTap> taps() {
        List<BodyTap> all = new ArrayList<>(taps);
        promises.forEach((checksum, made) -> all.add(new PromiseTap(checksum, made)));
        return all;
    }

    private void hex(String field, S3Checksum checksum) {
        List<String> values = headers.getAll(field);
        if (values.isEmpty()) {
            return;
        }
        only(values)
                .flatMap(value -> ChecksumHeaders.hex(value, checksum.bytes()))
                .ifPresentOrElse(
                        digest -> add(checksum, Promise.inHeader(field, digest, ChecksumHeaders::hex)),
                        () -> invalidDigest(field + ": malformed or sent twice (expected: hexadecimal of "
                                + checksum.bytes() + " bytes)"));
    }

    private void base64(String field, S3Checksum checksum) {
        only(headers.getAll(field))
                .flatMap(value -> ChecksumHeaders.base64(value, checksum.bytes()))
                .ifPresentOrElse(
                        digest -> add(checksum, Promise.inHeader(field, digest, ChecksumHeaders::base64)),
                        () -> invalidDigest(field + ": malformed or sent twice (expected: base64 of " + checksum.bytes()
                                + " bytes)"));
    }

    private static Optional<String> only(List<String> values) {
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private void invalidDigest(String message) {
        refuse(new Corrupted(CosErrorCode.INVALID_DIGEST, message));
    }
}
