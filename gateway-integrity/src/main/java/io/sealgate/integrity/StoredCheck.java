package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.DecimalText;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.BodyTapFactory.Stored;
import io.sealgate.core.spi.BodyTapFactory.Storing;
import io.sealgate.core.spi.BodyTapFactory.Verdicts;
import io.sealgate.core.spi.TapResult;
import io.sealgate.integrity.PartLedger.Part;
import io.sealgate.integrity.PartLedger.Upload;
import io.sealgate.integrity.UncheckedTap.Reason;
import io.sealgate.integrity.crc64.Crc64Combine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the origin says it has stored with what it was sent: the second leg, which a client's digest alone does not
 * cover. Parts are remembered, so that a completed multipart upload can be compared as a whole. Thread-safe.
 */
final class StoredCheck {

    /**
     * Twice as long as any that COS gives. A part with a longer one is not remembered, for an origin must not be able
     * to fill the memory; the origin is asked for it.
     */
    private static final int MAX_ETAG_LENGTH = 128;

    private final PartLedger ledger;
    private final AppendCheck appends;

    /** @param appends judges pieces that were appended */
    StoredCheck(PartLedger ledger, AppendCheck appends) {
        this.ledger = ledger;
        this.appends = appends;
    }

    /** As {@link io.sealgate.core.spi.BodyTapFactory#reserve}. */
    boolean reserve(Storing storing, long bytes, long most) {
        int number = partNumber(storing);
        return number == 0 || ledger.sent(storing.client(), upload(storing), number, bytes, most);
    }

    /** As {@link io.sealgate.core.spi.BodyTapFactory#partSizes}. */
    Function<NamedPart, OptionalLong> partSizes(CosResource object, String uploadId) {
        Upload upload = Upload.of(object, uploadId);
        return named ->
                find(upload, named).map(part -> OptionalLong.of(part.bytes())).orElse(OptionalLong.empty());
    }

    /** What the document names is what counts: another one of that number may have been stored since. */
    private Optional<Part> find(Upload upload, NamedPart named) {
        return ledger.find(upload, named.number()).filter(part -> part.etag().equals(named.etag()));
    }

    Verdicts judge(Stored stored) {
        HttpStatusClass status = HttpStatusClass.valueOf(stored.answer().status());
        if (status == HttpStatusClass.CLIENT_ERROR) {
            takeBack(stored);
        }
        if (status != HttpStatusClass.SUCCESS) {
            return certain(stored.results());
        }
        if (stored.storing().operation() == CosOperation.ABORT_MULTIPART) {
            ledger.forget(upload(stored.storing())); // nothing can be completed from it any more
            return certain(stored.results());
        }
        if (stored.storing().config().upload().crc64() == Crc64.NONE) {
            return unverified(stored);
        }
        return switch (stored.storing().operation()) {
            case PUT_OBJECT, UPLOAD_PART, APPEND_OBJECT -> sent(stored);
            case COMPLETE_MULTIPART -> certain(completed(stored));
            default -> certain(stored.results());
        };
    }

    /** What is not verified counts all the same. A completion that failed in the body of a success has no checksum. */
    private Verdicts unverified(Stored stored) {
        CosOperation operation = stored.storing().operation();
        if (operation == CosOperation.UPLOAD_PART) {
            remember(stored, null);
        } else if (operation == CosOperation.COMPLETE_MULTIPART
                && stored.answer().headers().contains(ChecksumHeaders.CRC64)) {
            ledger.forget(upload(stored.storing()));
        }
        return certain(stored.results());
    }

    /** Only a refusal that was seen says that the origin has not stored it. */
    private void takeBack(Stored stored) {
        int number = partNumber(stored.storing());
        if (number > 0) {
            ledger.refused(stored.storing().client(), upload(stored.storing()), number, stored.bytes());
        }
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

    private void remember(Stored stored, @Nullable Long crc64) {
        String etag = stored.answer().headers().get(HttpHeaderNames.ETAG);
        int number = partNumber(stored.storing());
        if (number > 0 && etag != null && etag.length() <= MAX_ETAG_LENGTH) {
            Part part = new Part(NamedPart.comparable(etag), crc64, stored.bytes());
            ledger.stored(stored.storing().client(), upload(stored.storing()), number, part);
        }
    }

    private List<TapResult> completed(Stored stored) {
        List<TapResult> results = new ArrayList<>(stored.results());
        TapResult verdict = joined(stored)
                .map(crc64 -> OriginCrc64.compare(stored.answer().headers(), crc64))
                .orElseGet(() -> new TapResult.NotChecked(Crc64Tap.ALGORITHM, "", Reason.UNSEEN_PARTS.label()));
        if (verdict instanceof TapResult.Matched) {
            // otherwise the client may try again, and what was sent is still what it was
            ledger.forget(upload(stored.storing()));
        }
        results.add(verdict);
        return results;
    }

    /** The checksum that the parts have together, if each of them is remembered as what the client names. */
    private Optional<Long> joined(Stored stored) {
        List<NamedPart> parts = CompletedParts.of(stored.document());
        long crc64 = 0;
        Upload upload = upload(stored.storing());
        for (NamedPart named : parts) {
            Part part = find(upload, named).orElse(null);
            Long own = part == null ? null : part.crc64();
            if (part == null || own == null) {
                return Optional.empty();
            }
            crc64 = Crc64Combine.combine(crc64, own, part.bytes());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(crc64);
    }

    private static Upload upload(Storing storing) {
        return Upload.of(storing.object(), storing.parameter("uploadId"));
    }

    /** The number of the part that is stored, or 0 if it is none. */
    private static int partNumber(Storing storing) {
        return storing.operation() == CosOperation.UPLOAD_PART
                ? DecimalText.partNumber(storing.parameter("partNumber"))
                : 0;
    }
}
