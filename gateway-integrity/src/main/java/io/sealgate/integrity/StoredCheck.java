package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.spi.BodyTapFactory.Stored;
import io.sealgate.core.spi.TapResult;
import io.sealgate.integrity.PartLedger.Part;
import io.sealgate.integrity.PartLedger.Upload;
import io.sealgate.integrity.UncheckedTap.Reason;
import io.sealgate.integrity.crc64.Crc64Combine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what the origin says it has stored with what it was sent: the second leg, which a client's digest alone does not
 * cover. Parts are remembered, so that a completed multipart upload can be compared as a whole. Thread-safe.
 */
final class StoredCheck {

    /** Twice as long as any that COS gives. What is longer is not remembered, for an origin must not be able to fill the memory. */
    private static final int LONGEST_NAME = 128;

    private final PartLedger ledger;

    StoredCheck(PartLedger ledger) {
        this.ledger = ledger;
    }

    List<TapResult> judge(Stored stored) {
        boolean isStored = HttpStatusClass.valueOf(stored.status()) == HttpStatusClass.SUCCESS;
        if (!isStored || stored.config().upload().crc64() == Crc64.NONE) {
            return stored.results();
        }
        return switch (stored.operation()) {
            case PUT_OBJECT, UPLOAD_PART, APPEND_OBJECT -> sent(stored);
            case COMPLETE_MULTIPART -> completed(stored);
            default -> stored.results();
        };
    }

    private List<TapResult> sent(Stored stored) {
        List<TapResult> results = new ArrayList<>(stored.results().size());
        for (TapResult result : stored.results()) {
            boolean isCrc64 = result.algorithm().equals(Crc64Tap.ALGORITHM);
            results.add(isCrc64 ? sent(stored, result.value()) : result);
        }
        return results;
    }

    private TapResult sent(Stored stored, String value) {
        if (stored.operation() == CosOperation.APPEND_OBJECT
                && !parameter(stored, "position").equals("0")) {
            return new TapResult.NotChecked(Crc64Tap.ALGORITHM, value, Reason.APPENDED.label());
        }
        long crc64 = Long.parseUnsignedLong(value);
        TapResult verdict = compare(stored, crc64);
        if (stored.operation() == CosOperation.UPLOAD_PART && !(verdict instanceof TapResult.Mismatched)) {
            remember(stored, crc64);
        }
        return verdict;
    }

    private void remember(Stored stored, long crc64) {
        String etag = stored.headers().get(HttpHeaderNames.ETAG);
        int number = number(parameter(stored, "partNumber"));
        boolean isShort = etag != null
                && etag.length() <= LONGEST_NAME
                && parameter(stored, "uploadId").length() <= LONGEST_NAME;
        if (isShort && number > 0) {
            ledger.stored(upload(stored), number, new Part(CompletedParts.unquoted(etag), crc64, stored.bytes()));
        }
    }

    private List<TapResult> completed(Stored stored) {
        List<TapResult> results = new ArrayList<>(stored.results());
        TapResult verdict = joined(stored)
                .map(crc64 -> compare(stored, crc64))
                .orElseGet(() -> new TapResult.NotChecked(Crc64Tap.ALGORITHM, "", Reason.UNSEEN_PARTS.label()));
        if (verdict instanceof TapResult.Matched) {
            ledger.forget(upload(stored)); // otherwise the client may try again, and what was sent is still what it was
        }
        results.add(verdict);
        return results;
    }

    /** The checksum that the parts have together, if each of them is remembered as what the client names. */
    private Optional<Long> joined(Stored stored) {
        List<CompletedParts.Named> parts = CompletedParts.of(stored.document());
        long crc64 = 0;
        for (CompletedParts.Named named : parts) {
            Optional<Part> part = ledger.find(upload(stored), named.number());
            if (part.isEmpty() || !part.get().etag().equals(named.etag())) {
                return Optional.empty();
            }
            crc64 = Crc64Combine.combine(crc64, part.get().crc64(), part.get().bytes());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(crc64);
    }

    private static TapResult compare(Stored stored, long sent) {
        String text = Long.toUnsignedString(sent);
        List<String> said = stored.headers().getAll(ChecksumHeaders.CRC64);
        if (said.isEmpty()) {
            return new TapResult.NotChecked(Crc64Tap.ALGORITHM, text, Reason.ABSENT.label());
        }
        if (said.size() == 1 && said.get(0).equals(text)) {
            return new TapResult.Matched(Crc64Tap.ALGORITHM, text);
        }
        String message = "CRC64 of what was stored: not that of what was sent (expected: " + text + ")";
        return new TapResult.Mismatched(
                Crc64Tap.ALGORITHM, text, new GatewayError.Corrupted(CosErrorCode.BAD_GATEWAY, message));
    }

    private static Upload upload(Stored stored) {
        return new Upload(stored.bucket(), parameter(stored, "uploadId"));
    }

    private static String parameter(Stored stored, String name) {
        for (QueryParameter parameter : stored.query()) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return parameter.value();
            }
        }
        return "";
    }

    /** The part's number, or 0 if it is none. */
    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
