package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.ObjectQuery;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory.Download;
import io.sealgate.integrity.UncheckedTap.Reason;
import io.sealgate.integrity.crc64.Crc64Kernel;
import java.util.List;
import java.util.Optional;

/**
 * When the checksum in an answer's head is one of the bytes that follow it. It is always of the stored object: not of a range,
 * nor of anything made from the object on the way. A false alarm breaks a good download, so only what is known to be the
 * object itself is verified. Pure.
 */
final class DownloadRules {

    private DownloadRules() {}

    /** Whether object bytes follow at all: clients take any 2xx for the object, so 203 is no way around the checksum. */
    static boolean carriesObject(Download download) {
        return download.operation() == CosOperation.GET_OBJECT
                && HttpStatusClass.valueOf(download.status()) == HttpStatusClass.SUCCESS
                && download.status() != HttpResponseStatus.NO_CONTENT.code();
    }

    /** What stands in the way of verifying them. */
    static Optional<Reason> obstacle(Download download) {
        if (download.config().download().crc64() == Crc64.NONE) {
            return Optional.of(Reason.OFF);
        }
        if (isPartial(download)) {
            return Optional.of(Reason.PARTIAL);
        }
        // The checksum is of the bytes as stored; nothing tells an object stored with an encoding from one encoded for
        // this client.
        if (isEncoded(download)) {
            return Optional.of(Reason.ENCODED);
        }
        return ObjectQuery.mayProcess(download.query()) ? Optional.of(Reason.PROCESSED) : Optional.empty();
    }

    /**
     * The tap for bytes that nothing stands in the way of. Empty if the origin says a checksum that cannot be read: that is not
     * the same as none, for somebody may have spoilt it to keep the bytes from being verified.
     */
    static Optional<BodyTap> checksum(Download download, Crc64Kernel kernel) {
        List<String> values = download.headers().getAll(ChecksumHeaders.CRC64);
        if (values.isEmpty()) {
            return Optional.of(new UncheckedTap(Crc64Tap.ALGORITHM, Reason.ABSENT));
        }
        return values.size() == 1
                ? ChecksumHeaders.crc64(values.get(0)).map(expected -> new Crc64Tap(values.get(0), expected, kernel))
                : Optional.empty();
    }

    /** {@code identity} is the name of no coding at all (RFC 9110 §12.5.3). */
    private static boolean isEncoded(Download download) {
        if (!download.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return false; // nearly always, and cheaper to find out than a list is to make
        }
        for (String coding : download.headers().getAll(HttpHeaderNames.CONTENT_ENCODING)) {
            if (!coding.equalsIgnoreCase("identity")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPartial(Download download) {
        return download.status() == HttpResponseStatus.PARTIAL_CONTENT.code();
    }
}
