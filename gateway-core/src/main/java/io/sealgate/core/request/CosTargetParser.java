package io.sealgate.core.request;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads target and {@code Host} together: virtual-hosted, path style on COS's own names, and custom hosts. The path is decoded exactly
 * once here, and nothing behind ever looks at its encoded form to decide something.
 */
public final class CosTargetParser {

    private CosTargetParser() {}

    /** The meaning of a head that {@link RequestHeadParser} accepted. */
    public static Judged<CosTarget> parse(RequestHead head) {
        String name = AuthoritySyntax.name(head.authority());
        int mark = head.target().indexOf('?');
        String rawPath = mark < 0 ? head.target() : head.target().substring(0, mark);
        String rawQuery = mark < 0 ? "" : head.target().substring(mark + 1);
        return CosHost.parse(name)
                .then(host -> QueryParser.parse(rawQuery).then(query -> locate(host, name, rawPath, query)));
    }

    private static Judged<CosTarget> locate(CosHost host, String name, String rawPath, List<QueryParameter> query) {
        String path = PercentDecoder.decode(rawPath.substring(1));
        if (path == null) {
            return Judged.bad(Rejections.uri("path: not UTF-8 (expected: percent-encoded UTF-8)"));
        }
        if (host instanceof CosHost.PathStyle style) {
            int slash = path.indexOf('/');
            String bucket = slash < 0 ? path : path.substring(0, slash);
            if (!CosHost.isBucketName(bucket)) {
                return Judged.bad(Rejections.of(
                        CosErrorCode.MISDIRECTED_REQUEST,
                        "path: names no bucket (expected: /bucket/key on this host)"));
            }
            return target(bucket, style.region(), name, slash < 0 ? "" : path.substring(slash + 1), query);
        }
        if (host instanceof CosHost.Bucket bucket) {
            return target(bucket.bucket(), bucket.region(), name, path, query);
        }
        return target(null, null, name, path, query);
    }

    private static Judged<CosTarget> target(
            @Nullable String bucket, @Nullable String region, String name, String key, List<QueryParameter> query) {
        GatewayError error = key.isEmpty() ? null : ObjectKey.judge(key);
        return error == null ? Judged.good(new CosTarget(bucket, region, name, key, query)) : Judged.bad(error);
    }
}
