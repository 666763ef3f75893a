package io.sealgate.core.request;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.request.CosTarget.Naming;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads target and {@code Host} together: virtual-hosted, path style on COS's own names and on those of the gateway's
 * that are addressed so, and other hosts. The path is decoded exactly once here, and nothing behind ever looks at its
 * encoded form to decide something.
 */
public final class CosTargetParser {

    private CosTargetParser() {}

    /**
     * A path.
     *
     * @param raw     as the client has written it, with its leading slash
     * @param decoded without its leading slash
     */
    private record Path(String raw, String decoded) {

        /** Whether {@code segment} is the first one to those as well who split before they decode. */
        boolean beginsWith(String segment) {
            int end = segment.length() + 1;
            return raw.startsWith(segment, 1) && (raw.length() == end || raw.charAt(end) == '/');
        }
    }

    /**
     * The meaning of a head that {@link RequestHeadParser} accepted.
     *
     * @param isPathStyle whether a host name that is not COS's, lower case and without a port, is addressed in path style
     */
    public static Judged<CosTarget> parse(RequestHead head, Predicate<String> isPathStyle) {
        String name = AuthoritySyntax.name(head.authority());
        int mark = head.target().indexOf('?');
        String rawPath = mark < 0 ? head.target() : head.target().substring(0, mark);
        String rawQuery = mark < 0 ? "" : head.target().substring(mark + 1);
        String path = PercentDecoder.decode(rawPath.substring(1), PercentDecoder.Plus.LITERAL);
        return CosHost.parse(name).then(host -> QueryParser.parse(rawQuery, PercentDecoder.Plus.SPACE)
                .then(query -> path == null
                        ? Judged.bad(Rejections.uri("path: not UTF-8 (expected: percent-encoded UTF-8)"))
                        : locate(host, isPathStyle, name, new Path(rawPath, path), query)));
    }

    private static Judged<CosTarget> locate(
            CosHost host, Predicate<String> isPathStyle, String name, Path path, List<QueryParameter> query) {
        if (host instanceof CosHost.Bucket bucket) {
            return judge(new CosTarget(bucket.bucket(), bucket.region(), Naming.COS_HOST, name, path.decoded(), query));
        }
        if (host instanceof CosHost.PathStyle style) {
            return inPath(style.region(), Naming.COS_HOST, name, path, query);
        }
        return isPathStyle.test(name)
                ? inPath(null, Naming.PATH, name, path, query)
                : judge(new CosTarget(null, null, Naming.ROUTE, name, path.decoded(), query));
    }

    /** The path's first segment is the bucket. */
    private static Judged<CosTarget> inPath(
            @Nullable String region, Naming naming, String name, Path path, List<QueryParameter> query) {
        int slash = path.decoded().indexOf('/');
        String bucket = slash < 0 ? path.decoded() : path.decoded().substring(0, slash);
        String key = slash < 0 ? "" : path.decoded().substring(slash + 1);
        if (!CosHost.isBucketName(bucket)) {
            return Judged.bad(Rejections.of(
                    naming == Naming.PATH ? CosErrorCode.NO_SUCH_BUCKET : CosErrorCode.MISDIRECTED_REQUEST,
                    "path: names no bucket (expected: /bucket/key on this host)"));
        }
        // on its own host COS reads what the client has written; elsewhere the gateway writes the target
        if (naming == Naming.COS_HOST && !path.beginsWith(bucket)) {
            return Judged.bad(
                    Rejections.uri("path: the bucket has an escape (expected: /bucket/key, plainly written)"));
        }
        return judge(new CosTarget(bucket, region, naming, name, key, query));
    }

    private static Judged<CosTarget> judge(CosTarget target) {
        GatewayError error = target.isBucket()
                ? ObjectKey.judgePrefix(target.value(TargetReadings.PREFIX))
                : ObjectKey.judge(target.key());
        return error == null ? Judged.good(target) : Judged.bad(error);
    }
}
