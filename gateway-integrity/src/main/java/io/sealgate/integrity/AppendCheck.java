package io.sealgate.integrity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.DecimalText;
import io.sealgate.core.spi.BodyTapFactory.Doubt;
import io.sealgate.core.spi.BodyTapFactory.Head;
import io.sealgate.core.spi.BodyTapFactory.Stored;
import io.sealgate.core.spi.BodyTapFactory.Storing;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.spi.TapResult.Mismatched;
import io.sealgate.core.spi.TapResult.NotChecked;
import io.sealgate.integrity.AppendLedger.Grown;
import io.sealgate.integrity.UncheckedTap.Reason;
import io.sealgate.integrity.crc64.Crc64Combine;
import io.sealgate.integrity.crc64.Crc64Kernel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a piece that was appended. The origin says the checksum of the whole object, so that of what was there before must be known:
 * from the last time that the object grew, or from the origin's answer to HEAD (docs/decisions/0013). Thread-safe.
 */
final class AppendCheck {

    private final AppendLedger ledger;
    private final Crc64Kernel kernel;

    AppendCheck(AppendLedger ledger, Crc64Kernel kernel) {
        this.ledger = ledger;
        this.kernel = kernel;
    }

    /** Whether the object must be asked about before the piece is sent. */
    boolean wantsHead(Storing storing) {
        return storing.operation() == CosOperation.APPEND_OBJECT
                && storing.config().upload().crc64() == Crc64.VERIFY
                && position(storing) > 0
                && remembered(storing).isEmpty();
    }

    /** @param sent checksum of the piece */
    TapResult judge(Stored stored, long sent) {
        TapResult verdict = verdict(stored, sent);
        remember(stored, verdict);
        return verdict;
    }

    /** What {@code verdict} hangs on: what is remembered may be of another object by now, and so may be what the origin said before. */
    @Nullable
    Doubt doubt(Stored stored, long sent, TapResult verdict) {
        long position = position(stored.storing());
        return verdict instanceof Mismatched mismatched && position > 0
                ? new Doubt(position, stored.bytes(), new ReadBackTap(kernel, sent, mismatched))
                : null;
    }

    private TapResult verdict(Stored stored, long sent) {
        if (position(stored.storing()) == 0) {
            return OriginCrc64.compare(stored.answer().headers(), sent);
        }
        return remembered(stored.storing())
                .or(() -> told(stored))
                .map(before -> verdict(stored, before, sent))
                .orElseGet(() -> notChecked(sent, obstacle(stored)));
    }

    private static TapResult verdict(Stored stored, long before, long sent) {
        long expected = Crc64Combine.combine(before, sent, stored.bytes());
        TapResult verdict = OriginCrc64.compare(stored.answer().headers(), expected);
        boolean isUntouched = verdict instanceof Mismatched && stored.bytes() == 0;
        return isUntouched ? notChecked(sent, Reason.CHANGED) : verdict; // nothing that was sent can have been spoilt
    }

    /** The checksum in the origin's answer to HEAD, if that is of what there was to append to. */
    private static Optional<Long> told(Stored stored) {
        Head before = stored.before();
        return before != null && isAppendedTo(before, stored.storing())
                ? OriginCrc64.of(before.headers())
                : Optional.empty();
    }

    private static boolean isAppendedTo(Head before, Storing storing) {
        String position = Long.toString(position(storing));
        return before.status() == HttpResponseStatus.OK.code()
                && before.headers().getAll(HttpHeaderNames.CONTENT_LENGTH).equals(List.of(position))
                && before.headers().contains("x-cos-object-type", "appendable", true);
    }

    /** Why the origin's answer to HEAD does not say what there was to append to. */
    private static Reason obstacle(Stored stored) {
        Head before = stored.before();
        if (before == null) {
            return Reason.APPENDED;
        }
        if (before.status() != HttpResponseStatus.OK.code()) {
            return Reason.HEAD_FAILED;
        }
        return isAppendedTo(before, stored.storing()) ? Reason.ABSENT : Reason.CHANGED;
    }

    private Optional<Long> remembered(Storing storing) {
        return ledger.find(storing.object())
                .filter(state -> state.bytes() == position(storing))
                .map(Grown::crc64);
    }

    private void remember(Stored stored, TapResult verdict) {
        long position = position(stored.storing());
        Optional<Long> now = OriginCrc64.of(stored.answer().headers());
        if (position < 0 || now.isEmpty() || verdict instanceof Mismatched) {
            ledger.forget(stored.storing().object());
        } else {
            Grown state = new Grown(position + stored.bytes(), now.get());
            ledger.grew(stored.storing().client(), stored.storing().object(), state);
        }
    }

    private static TapResult notChecked(long sent, Reason reason) {
        return new NotChecked(Crc64Tap.ALGORITHM, Long.toUnsignedString(sent), reason.label());
    }

    /** Where the piece is appended, or -1 if that cannot be read. */
    private static long position(Storing storing) {
        return DecimalText.plain(storing.parameter("position")).orElse(-1);
    }
}
