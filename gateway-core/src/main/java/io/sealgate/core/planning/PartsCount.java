package io.sealgate.core.planning;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.planning.PartsPage.Listed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answer to a {@link PartsQuestion} in the origin's list of parts, page after page. A page counts only if it
 * can be what was asked for: of this upload, its numbers ascending behind the marker. Mutable; used for one question.
 */
public final class PartsCount {

    /** COS has 10,000 parts on ten pages. */
    private static final int MAX_PAGES = 20;

    /** What to do after a page. */
    public sealed interface Step {
        /** The list goes on behind the part with number {@code marker}: ask for that page. */
        record Next(int marker) implements Step {}

        /** The parts are as the document names them, and not too large. */
        record Good() implements Step {}

        /** The upload must not be completed. */
        record Refused(GatewayError error) implements Step {}

        /** The origin has not said how large the parts are: the upload must not be completed either. */
        record Unanswered() implements Step {}
    }

    private final PartsQuestion question;
    private long room;
    private int asked;
    private int marker;
    private int pages;

    /** @param question the parts to find */
    public PartsCount(PartsQuestion question) {
        this.question = question;
        this.room = question.room();
        this.marker = question.parts().get(0).number() - 1;
    }

    /** The number behind which the list is wanted first. */
    public int marker() {
        return marker;
    }

    /** Takes the next page, as the origin has sent it. */
    public Step page(byte[] document) {
        return PartsPage.read(document)
                .filter(page -> page.uploadId().equals(question.uploadId()))
                .map(this::take)
                .orElseGet(Step.Unanswered::new);
    }

    private Step take(PartsPage page) {
        if (!followsMarker(page.parts())) {
            return new Step.Unanswered();
        }
        for (Listed listed : page.parts()) {
            marker = listed.part().number();
            if (asked < question.parts().size() && marker >= next().number()) {
                GatewayError error = take(listed);
                if (error != null) {
                    return new Step.Refused(error);
                }
            }
        }
        return after(page);
    }

    private boolean followsMarker(List<Listed> parts) {
        int last = marker;
        for (Listed listed : parts) {
            if (listed.part().number() <= last) {
                return false;
            }
            last = listed.part().number();
        }
        return true;
    }

    private NamedPart next() {
        return question.parts().get(asked);
    }

    /** A part of another number is one behind the part that was asked for, which therefore does not exist. */
    private @Nullable GatewayError take(Listed listed) {
        if (!listed.part().equals(next())) {
            return missing(next());
        }
        asked++;
        room -= listed.bytes();
        return room < 0 ? BodyRules.tooLarge(question.most()) : null;
    }

    private static GatewayError missing(NamedPart part) {
        return new GatewayError.Rejected(
                CosErrorCode.INVALID_PART,
                "Part " + part.number()
                        + ": not stored with this ETag (expected: the one that its upload was answered with)");
    }

    private Step after(PartsPage page) {
        if (asked == question.parts().size()) {
            return new Step.Good();
        }
        if (!page.isTruncated()) {
            return new Step.Refused(missing(next()));
        }
        boolean goesOn = !page.parts().isEmpty() && ++pages < MAX_PAGES;
        return goesOn ? new Step.Next(marker) : new Step.Unanswered();
    }
}
