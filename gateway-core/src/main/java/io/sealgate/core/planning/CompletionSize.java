package io.sealgate.core.planning;

import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.planning.ControlDocument.Completion;
import io.sealgate.core.request.Judged;
import io.sealgate.core.spi.BodyTapFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How large the object becomes that a multipart upload is completed to: the sum of the parts that the document names,
 * by number and entity tag. What is not remembered of them the origin has to say (docs/decisions/0029). Pure but for
 * what {@code taps} remember.
 *
 * @param errand the request, whose document has been read
 * @param signs whether the gateway has a key to ask the origin with
 */
record CompletionSize(Errand errand, BodyTapFactory taps, boolean signs) {

    /**
     * What must be asked before the request may be sent, nothing if it may be sent at once, or why it may not be
     * sent.
     */
    Judged<Optional<PartsQuestion>> judge(Completion completion) {
        UploadsConfig config = errand.route().config().uploads();
        if (config.maxSize() == null) {
            return Judged.good(Optional.empty());
        }
        List<NamedPart> parts = completion.parts();
        if (parts.isEmpty()) {
            return bad(
                    CosErrorCode.MALFORMED_XML,
                    "body: which parts it names is not certain (expected: one PartNumber and one ETag in each Part)");
        }
        if (!isAscending(parts)) {
            return bad(CosErrorCode.INVALID_PART_ORDER, "PartNumber: not in order (expected: each once, ascending)");
        }
        return addUp(parts, config.maxSize().bytes());
    }

    private static boolean isAscending(List<NamedPart> parts) {
        int last = 0;
        for (NamedPart part : parts) {
            if (part.number() <= last) {
                return false;
            }
            last = part.number();
        }
        return true;
    }

    private Judged<Optional<PartsQuestion>> addUp(List<NamedPart> parts, long most) {
        String uploadId = errand.target().value("uploadId");
        Function<NamedPart, OptionalLong> sizes = taps.partSizes(errand.resource(), uploadId);
        List<NamedPart> unknown = new ArrayList<>();
        long room = most;
        for (NamedPart part : parts) {
            OptionalLong size = sizes.apply(part);
            if (size.isPresent()) {
                room -= size.getAsLong();
            } else {
                unknown.add(part);
            }
            if (room < 0) {
                return Judged.bad(BodyRules.tooLarge(most));
            }
        }
        if (unknown.isEmpty()) {
            return Judged.good(Optional.empty());
        }
        return signs
                ? Judged.good(Optional.of(new PartsQuestion(uploadId, unknown, room, most)))
                : Judged.bad(PartsQuestion.unanswered());
    }

    private static Judged<Optional<PartsQuestion>> bad(CosErrorCode code, String message) {
        return Judged.bad(new GatewayError.Rejected(code, message));
    }
}
