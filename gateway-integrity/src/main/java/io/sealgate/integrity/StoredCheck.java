package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.BodyTapFactory.Stored;
import io.sealgate.core.spi.BodyTapFactory.Verdicts;
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
    private final AppendCheck appends;

    /** @param appends judges pieces that were appended */
    StoredCheck(PartLedger ledger, AppendCheck appends) {
        this.ledger = ledger;
        this.appends = appends;
    }

    Verdicts judge(Stored stored) {
        boolean isStored = HttpStatusClass.valueOf(stored.answer().status()) == HttpStatusClass.SUCCESS;
        if (!isStored || stored.storing().config().upload().crc64() == Crc64.NONE) {
            return certain(stored.results());
        }
        return switch (stored.storing().operation()) {
            case PUT_OBJECT, UPLOAD_PART, APPEND_OBJECT -> sent(stored);
            case COMPLETE_MULTIPART -> certain(completed(stored));
            default -> certain(stored.results());
        };
    }

    private static Verdicts certain(List<TapResult> results) {
        return new Verdicts(results, null);
    }

    private Verdicts sent(Stored stored) {
        List<TapResult> results = new ArrayList<>(stored.results());
        Doubt doubt = null;
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).algorithm().equals(Crc64Tap.ALGORITHM)) {
                long crc64 = Long.parseUnsignedLong(results.get(i).value());
                TapResult verdict = sent(stored, crc64);
                results.set(i, verdict);
                doubt = isAppend(stored) ? appends.doubt(stored, crc64, verdict) : null;
            }
        }
        return new Verdicts(results, doubt);
    }

    private TapResult sent(Stored stored, long crc64) {
        if (isAppend(stored)) {
            return appends.judge(stored, crc64);
        }
        TapResult verdict = OriginCrc64.compare(stored.answer().headers(), crc64);
        boolean isPart = stored.storing().operation() == CosOperation.UPLOAD_PART;
        if (isPart && !(verdict instanceof TapResult.Mismatched)) {
            remember(stored, crc64);
        }
        return verdict;
    }

    private static boolean isAppend(Stored stored) {
        return stored.storing().operation() == CosOperation.APPEND_OBJECT;
    }

    private void remember(Stored stored, long crc64) {
        String etag = stored.answer().headers().get(HttpHeaderNames.ETAG);
        int number = number(stored.storing().parameter("partNumber"));
        boolean isShort = etag != null
                && etag.length() <= LONGEST_NAME
                && stored.storing().parameter("uploadId").length() <= LONGEST_NAME;
        if (isShort && number > 0) {
            ledger.stored(upload(stored), number, new Part(CompletedParts.unquoted(etag), crc64, stored.bytes()));
        }
    }

    private List<TapResult> completed(Stored stored) {
        List<TapResult> results = new ArrayList<>(stored.results());
        TapResult verdict = joined(stored)
                .map(crc64 -> OriginCrc64.compare(stored.answer().headers(), crc64))
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

    private static Upload upload(Stored stored) {
        return new Upload(stored.storing().object().bucket(), stored.storing().parameter("uploadId"));
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
