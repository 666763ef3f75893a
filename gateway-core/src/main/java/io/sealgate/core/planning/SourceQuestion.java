package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.DecimalText;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.request.CopySource;
import io.sealgate.core.request.Judged;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the origin has to say before an object may be copied to a route whose objects have a limit: how large the
 * source is. The copy then depends on the entity tag that was said with it, so that no larger object can take the
 * source's place in between. Immutable.
 *
 * @param key   of the source, in the bucket of the copy
 * @param query names the source's version, if the client does
 * @param match the entity tag that the client asks the source to have, or {@code null} if it does not ask
 * @param most  bytes that the source may have
 */
public record SourceQuestion(
        String key, List<QueryParameter> query, @Nullable String match, long most) implements OriginQuestion {

    /** The condition on the source's entity tag. */
    private static final String MATCH = CopySource.HEADER + "-if-match";

    public SourceQuestion {
        query = List.copyOf(query);
    }

    /**
     * The question about the source of {@code errand}, or {@code null} if there is none to ask.
     *
     * @param headers for the origin, with the source in the form that the gateway writes
     */
    static @Nullable SourceQuestion of(Errand errand, HttpHeaders headers) {
        UploadsConfig config = errand.route().config().uploads();
        if (errand.operation() != CosOperation.COPY_OBJECT || config.maxSize() == null) {
            return null;
        }
        long most = config.maxSize().bytes();
        return CopySource.parse(headers.get(CopySource.HEADER), false)
                .fold(source -> new SourceQuestion(source.key(), version(source), headers.get(MATCH), most), error -> {
                    throw new IllegalStateException("copy source: unreadable (expected: judged before)");
                });
    }

    private static List<QueryParameter> version(CopySource source) {
        return source.versionId() == null ? List.of() : List.of(new QueryParameter("versionId", source.versionId()));
    }

    /**
     * The entity tag that the copy has to depend on, or why nothing is copied.
     *
     * @param answer the head of the response to HeadObject, or {@code null} if there is none
     */
    public Judged<String> judge(@Nullable HttpResponse answer) {
        if (answer != null && answer.status().equals(HttpResponseStatus.NOT_FOUND)) {
            return Judged.bad(new GatewayError.Rejected(
                    CosErrorCode.NO_SUCH_KEY, CopySource.HEADER + ": not there (expected: an object)"));
        }
        GatewayError.Rejected refusal = OriginQuestion.refusal(answer, CopySource.HEADER);
        if (refusal != null) {
            return Judged.bad(refusal);
        }
        if (answer == null || !answer.status().equals(HttpResponseStatus.OK)) {
            return unanswered();
        }
        List<String> lengths = answer.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> tags = answer.headers().getAll(HttpHeaderNames.ETAG);
        if (lengths.size() != 1 || tags.size() != 1 || !isOneTag(tags.get(0))) {
            return unanswered();
        }
        OptionalLong length = DecimalText.parse(lengths.get(0));
        return length.isPresent() ? judge(length.getAsLong(), tags.get(0)) : unanswered();
    }

    private Judged<String> judge(long bytes, String tag) {
        if (bytes > most) {
            return Judged.bad(BodyRules.tooLarge(most));
        }
        boolean isOther = match != null && !match.equals("*") && !bare(match).equals(bare(tag));
        return isOther
                ? Judged.bad(new GatewayError.Rejected(
                        CosErrorCode.PRECONDITION_FAILED, MATCH + ": not met (expected: the source's ETag)"))
                : Judged.good(tag);
    }

    /** A list or an asterisk as a condition would let other objects be copied, and a weak tag stands for several. */
    private static boolean isOneTag(String tag) {
        String bare = bare(tag);
        return !bare.isEmpty()
                && bare.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '*' && c != ',' && c != '"')
                && !tag.startsWith("W/");
    }

    private static String bare(String tag) {
        boolean isQuoted = tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"");
        return isQuoted ? tag.substring(1, tag.length() - 1) : tag;
    }

    private static Judged<String> unanswered() {
        return Judged.bad(new GatewayError.Unreachable("The storage service did not say how large the source is"));
    }

    @Override
    public int weight() {
        return 0;
    }
}
