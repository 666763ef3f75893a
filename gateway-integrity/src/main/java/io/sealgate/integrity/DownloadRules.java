package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory.Download;
import io.sealgate.integrity.UncheckedTap.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When the checksum in an answer's head is one of the bytes that follow it. It is always of the stored object: not of a range,
 * nor of anything made from the object on the way. A false alarm breaks a good download, so only what is known to be the
 * object itself is verified. Pure.
 */
final class DownloadRules {

    /** Parameters that leave the bytes alone, besides {@code response-*}, which change headers only. Any other may be a kind of processing. */
    private static final Set<String> HARMLESS = Set.of(
            "versionid",
            "x-cos-traffic-limit",
            "x-cos-security-token",
            "token",
            "q-sign-algorithm",
            "q-ak",
            "q-sign-time",
            "q-key-time",
            "q-header-list",
            "q-url-param-list",
            "q-signature");

    private DownloadRules() {}

    /** Whether object bytes follow at all. */
    static boolean carriesObject(Download download) {
        return download.operation() == CosOperation.GET_OBJECT
                && (download.status() == HttpResponseStatus.OK.code() || isPartial(download));
    }

    /** What stands in the way of verifying them. */
    static Optional<Reason> obstacle(Download download) {
        if (download.config().download().crc64() == Crc64.NONE) {
            return Optional.of(Reason.OFF);
        }
        if (isPartial(download)) {
            return Optional.of(Reason.PARTIAL);
        }
        // An object stored with Content-Encoding has a checksum of its bytes as stored, but nothing tells it from one
        // that the
        // origin compressed for this client alone.
        if (download.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return Optional.of(Reason.ENCODED);
        }
        return download.query().stream().allMatch(DownloadRules::isHarmless)
                ? Optional.empty()
                : Optional.of(Reason.PROCESSED);
    }

    /** The tap for bytes that nothing stands in the way of. */
    static BodyTap checksum(Download download) {
        List<String> values = download.headers().getAll(ChecksumHeaders.CRC64);
        if (values.isEmpty()) {
            return new UncheckedTap(Crc64Tap.ALGORITHM, Reason.ABSENT);
        }
        return Optional.of(values)
                .filter(all -> all.size() == 1)
                .flatMap(all -> ChecksumHeaders.crc64(all.get(0)))
                .<BodyTap>map(Crc64Tap::new)
                .orElseGet(() -> new UncheckedTap(Crc64Tap.ALGORITHM, Reason.MALFORMED));
    }

    private static boolean isPartial(Download download) {
        return download.status() == HttpResponseStatus.PARTIAL_CONTENT.code();
    }

    private static boolean isHarmless(QueryParameter parameter) {
        String name = parameter.name().toLowerCase(Locale.ROOT);
        return HARMLESS.contains(name) || name.startsWith("response-");
    }
}
