package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.TapResult;
import io.sealgate.integrity.UncheckedTap.Reason;
import java.util.List;
import java.util.Optional;

/** What an origin says is the CRC64 of the object that it has now. Pure. */
final class OriginCrc64 {

    private OriginCrc64() {}

    /** The number, if it is said once and can be read. */
    static Optional<Long> of(HttpHeaders headers) {
        List<String> said = headers.getAll(ChecksumHeaders.CRC64);
        return said.size() == 1 ? ChecksumHeaders.crc64(said.get(0)) : Optional.empty();
    }

    /** The verdict on an object that should be {@code expected}. What is said and cannot be read is another number. */
    static TapResult compare(HttpHeaders headers, long expected) {
        String text = Long.toUnsignedString(expected);
        if (!headers.contains(ChecksumHeaders.CRC64)) {
            return new TapResult.NotChecked(Crc64Tap.ALGORITHM, text, Reason.ABSENT.label());
        }
        if (of(headers).filter(said -> said == expected).isPresent()) {
            return new TapResult.Matched(Crc64Tap.ALGORITHM, text);
        }
        String message = "CRC64 of what was stored: not that of what was sent (expected: " + text + ")";
        return new TapResult.Mismatched(
                Crc64Tap.ALGORITHM, text, new GatewayError.Corrupted(CosErrorCode.BAD_GATEWAY, message));
    }
}
