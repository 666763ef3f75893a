package io.sealgate.origin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Conditional requests, evaluated in the order of RFC 9110 §13.2.2. */
final class Preconditions {
    /** What they come to. */
    enum Outcome {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    private Preconditions() {}

    /** The conditions of a GET or HEAD on {@code object}. */
    static Outcome evaluate(CosRequest request, StoredObject object) {
        return evaluate(request::header, object);
    }

    /** The conditions on the source of a copy, of which either outcome but PROCEED is a failure. */
    static void requireOfSource(CosRequest request, StoredObject source) {
        if (evaluate(name -> request.header("x-cos-copy-source-" + name), source) != Outcome.PROCEED) {
            throw failed();
        }
    }

    static Refusal failed() {
        return new Refusal(ErrorCode.PRECONDITION_FAILED, "A precondition does not hold.");
    }

    private static Outcome evaluate(Function<String, Optional<String>> header, StoredObject object) {
        Instant modified = object.modified().truncatedTo(ChronoUnit.SECONDS);
        Optional<String> ifMatch = header.apply("If-Match");
        if (ifMatch.isPresent()) {
            if (!matches(ifMatch.get(), object.etag())) {
                return Outcome.FAILED;
            }
        } else if (date(header, "If-Unmodified-Since").filter(modified::isAfter).isPresent()) {
            return Outcome.FAILED;
        }
        Optional<String> ifNoneMatch = header.apply("If-None-Match");
        if (ifNoneMatch.isPresent()) {
            return matches(ifNoneMatch.get(), object.etag()) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
        }
        boolean unchanged = date(header, "If-Modified-Since")
                .filter(since -> !modified.isAfter(since))
                .isPresent();
        return unchanged ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }

    /** RFC 9110 §13.1.5: with an If-Range that does not hold, the Range is ignored. */
    static boolean rangeApplies(CosRequest request, StoredObject object) {
        Optional<String> ifRange = request.header("If-Range");
        return ifRange.isEmpty()
                || matches(ifRange.get(), object.etag())
                || HttpDates.parse(ifRange.get())
                        .filter(object.modified().truncatedTo(ChronoUnit.SECONDS)::equals)
                        .isPresent();
    }

    private static Optional<Instant> date(Function<String, Optional<String>> header, String name) {
        return header.apply(name).flatMap(HttpDates::parse);
    }

    /** SDKs send tags with quotes and without. */
    private static boolean matches(String list, String etag) {
        for (String tag : list.split(",")) {
            String trimmed = tag.trim();
            if (trimmed.equals("*") || Etags.unquoted(trimmed).equals(Etags.unquoted(etag))) {
                return true;
            }
        }
        return false;
    }
}
