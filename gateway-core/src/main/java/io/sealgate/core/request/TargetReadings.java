package io.sealgate.core.request;

import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other targets that a reader between client and object may understand by a request's own: its key, and the
 * prefix of a listing, in each of their {@linkplain KeyReadings readings}, and where the bytes go on as they came a
 * query with plus signs for spaces. Pure.
 */
public final class TargetReadings {

    /** The parameter of a listing that says what its keys begin with. */
    static final String PREFIX = "prefix";

    private TargetReadings() {}

    /**
     * The readings besides {@code target}, nearly always none.
     *
     * @param target    what the gateway makes of {@code head}
     * @param goesOnRaw whether the origin sees the target as the client wrote it, and not as the gateway writes it
     */
    public static Judged<List<CosTarget>> others(CosTarget target, RequestHead head, boolean goesOnRaw) {
        if (goesOnRaw && hasEscapedName(head.target())) {
            return Judged.bad(
                    Rejections.uri("query: an escape in a parameter's name (expected: it is plainly written)"));
        }
        boolean hasOpenPlus = goesOnRaw && head.target().indexOf('+') >= 0;
        boolean isOne = !hasOpenPlus
                && (target.isBucket() ? !isOpenPrefix(target) : !KeyReadings.hasEmptySegment(target.key()));
        if (isOne) {
            return Judged.good(List.of());
        }
        if (!hasOpenPlus) {
            return Judged.good(others(target, KeyReadings.of(target.key()), target.query()));
        }
        int mark = head.target().indexOf('?');
        String rawQuery = mark < 0 ? "" : head.target().substring(mark + 1);
        String rawPath = mark < 0 ? head.target() : head.target().substring(0, mark);
        KeyReadings keys = KeyReadings.ofRaw(target.key(), spacedKey(target, rawPath));
        return QueryParser.parse(rawQuery, PercentDecoder.Plus.LITERAL)
                .then(query -> Judged.good(others(target, keys, query)));
    }

    /**
     * Whether a name in the query has an escape. A reader that tells operations apart before it decodes names would do
     * another one; no parameter of COS's needs an escape in its name.
     */
    private static boolean hasEscapedName(String target) {
        int mark = target.indexOf('?');
        if (mark < 0 || target.indexOf('%', mark) < 0) {
            return false;
        }
        boolean isName = true;
        for (int i = mark + 1; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '%' && isName) {
                return true;
            }
            isName = c == '&' || (isName && c != '=');
        }
        return false;
    }

    private static boolean isOpenPrefix(CosTarget target) {
        String prefix = target.value(PREFIX);
        return prefix.startsWith("/") || KeyReadings.hasEmptySegment(prefix);
    }

    /** The key with a space for each raw {@code +}. What the head's parser has decoded can be decoded. */
    private static String spacedKey(CosTarget target, String rawPath) {
        String path = PercentDecoder.decode(rawPath.substring(1), PercentDecoder.Plus.SPACE);
        if (path == null || target.isBucket()) {
            return target.key();
        }
        return target.isBucketInPath() ? path.substring(path.indexOf('/') + 1) : path;
    }

    private static List<CosTarget> others(CosTarget target, KeyReadings keys, List<QueryParameter> literalQuery) {
        List<CosTarget> others = new ArrayList<>();
        for (String key : keys.all()) {
            for (List<QueryParameter> query : queries(target, literalQuery)) {
                CosTarget other = target.with(key, query);
                if (!other.equals(target)) {
                    others.add(other);
                }
            }
        }
        return others;
    }

    private static List<List<QueryParameter>> queries(CosTarget target, List<QueryParameter> literalQuery) {
        List<List<QueryParameter>> queries = new ArrayList<>(List.of(target.query()));
        if (!literalQuery.equals(target.query())) {
            queries.add(literalQuery);
        }
        if (!target.isBucket()) {
            return queries;
        }
        String prefix = prefix(literalQuery);
        if (prefix != null) {
            for (String reading :
                    KeyReadings.ofPrefix(prefix, target.value(PREFIX)).others()) {
                queries.add(withPrefix(target.query(), reading));
            }
        }
        return queries.stream().distinct().toList();
    }

    private static @Nullable String prefix(List<QueryParameter> query) {
        for (QueryParameter parameter : query) {
            if (parameter.name().equals(PREFIX)) {
                return parameter.value();
            }
        }
        return null;
    }

    private static List<QueryParameter> withPrefix(List<QueryParameter> query, String prefix) {
        return query.stream()
                .map(parameter -> parameter.name().equals(PREFIX) ? new QueryParameter(PREFIX, prefix) : parameter)
                .toList();
    }
}
