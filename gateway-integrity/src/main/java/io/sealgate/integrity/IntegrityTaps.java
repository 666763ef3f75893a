package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sealgate.core.config.IntegrityConfig.ContentMd5;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.integrity.UncheckedTap.Reason;
import io.sealgate.integrity.crc64.Crc64Kernel;
import java.util.List;

/** The checks that COS's own headers make possible: {@code Content-MD5} upwards, CRC64 downwards. Immutable; thread-safe. */
public final class IntegrityTaps implements BodyTapFactory {

    private static final String UNREADABLE_CRC64 =
            ChecksumHeaders.CRC64 + ": malformed or sent twice (expected: one unsigned decimal number)";

    private final Crc64Kernel crc64;

    /** @param crc64 what computes CRC64 */
    public IntegrityTaps(Crc64Kernel crc64) {
        this.crc64 = crc64;
    }

    /** Any operation's body may carry a {@code Content-MD5}, control documents included. */
    @Override
    public BodyTaps forUpload(Upload upload) {
        if (upload.config().upload().contentMd5() == ContentMd5.NONE) {
            return watch(new UncheckedTap(ContentMd5Tap.ALGORITHM, Reason.OFF));
        }
        List<String> promised = upload.headers().getAll(HttpHeaderNames.CONTENT_MD5);
        if (promised.isEmpty()) {
            return watch(new UncheckedTap(ContentMd5Tap.ALGORITHM, Reason.ABSENT));
        }
        if (promised.size() > 1) {
            return refuse(CosErrorCode.INVALID_DIGEST, "Content-MD5: " + promised.size() + " values (expected: one)");
        }
        return ChecksumHeaders.contentMd5(promised.get(0))
                .<BodyTaps>map(digest -> watch(new ContentMd5Tap(digest)))
                .orElseGet(() ->
                        refuse(CosErrorCode.INVALID_DIGEST, "Content-MD5: malformed (expected: base64 of 16 bytes)"));
    }

    /**
     * Verifies the download of a whole object; an answer that is no object at all, such as an error, has nothing to verify. A
     * checksum that cannot be read refuses the object.
     */
    @Override
    public BodyTaps forDownload(Download download) {
        if (!DownloadRules.carriesObject(download)) {
            return new BodyTaps.Watch(List.of());
        }
        return DownloadRules.obstacle(download)
                .<BodyTap>map(reason -> new UncheckedTap(Crc64Tap.ALGORITHM, reason))
                .or(() -> DownloadRules.checksum(download, crc64))
                .map(IntegrityTaps::watch)
                .orElseGet(() -> refuse(CosErrorCode.BAD_GATEWAY, UNREADABLE_CRC64));
    }

    private static BodyTaps watch(BodyTap tap) {
        return new BodyTaps.Watch(List.of(tap));
    }

    private static BodyTaps refuse(CosErrorCode code, String message) {
        return new BodyTaps.Refuse(new GatewayError.Corrupted(code, message));
    }
}
