package io.sealgate.core.request;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.request.PercentDecoder.Plus;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-cos-copy-source} names: {@code {bucket}.cos.{region}.myqcloud.com/{key}} with an optional
 * {@code ?versionId=}, the key percent-encoded. Immutable.
 *
 * @param bucket    as written; some clients repeat the appid in it
 * @param region    the source's region
 * @param key       decoded key; a raw {@code +} is itself
 * @param spaced    the key with a space for each raw {@code +}; equal to {@code key} if there is none
 * @param versionId decoded version, or {@code null} if there is none or an empty one, which is none to COS
 */
public record CopySource(
        String bucket,
        String region,
        String key,
        String spaced,
        @Nullable String versionId) {

    public static final String HEADER = "x-cos-copy-source";

    /** The same in S3's words. */
    static final String S3_HEADER = "x-amz-copy-source";

    private static final String VERSION = "versionId=";

    /**
     * Reads a header value.
     *
     * @param goesOnRaw whether the origin sees it as the client wrote it. It has to be a URI's path then, of which
     *         {@code #} or a blank would be the end to some readers (RFC 3986 §3.3)
     */
    public static Judged<CopySource> parse(String value, boolean goesOnRaw) {
        int slash = value.indexOf('/');
        boolean hasOneQueryAtMost = value.indexOf('?') == value.lastIndexOf('?');
        if (slash < 0 || !hasOneQueryAtMost || (goesOnRaw && !TargetSyntax.isRaw(value))) {
            return malformed();
        }
        return CosHost.parse(value.substring(0, slash))
                .then(host -> host instanceof CosHost.Bucket bucket && bucket.region() != null
                        ? parsePath(bucket.bucket(), bucket.region(), value.substring(slash + 1))
                        : malformed());
    }

    /**
     * What S3's {@code [/]bucket/key} is in COS's form. S3 does not say the region, which is that of the bucket that
     * is written to. Another form stays as it is, for {@link #parse} to judge.
     */
    public static String ofS3(String value, String region) {
        String bare = value.startsWith("/") ? value.substring(1) : value;
        int slash = bare.indexOf('/');
        String bucket = bare.substring(0, Math.max(slash, 0));
        return CosHost.isBucketName(bucket)
                ? bucket + ".cos." + region + ".myqcloud.com" + bare.substring(slash)
                : value;
    }

    /**
     * The keys that readers may understand.
     *
     * @param goesOnRaw whether the origin sees the header as the client wrote it, and not as the gateway writes it
     */
    public KeyReadings readings(boolean goesOnRaw) {
        return goesOnRaw ? KeyReadings.ofRaw(key, spaced) : KeyReadings.of(key);
    }

    /**
     * Whether the source lies in {@code ownBucket}, taking a repeated appid ({@code name-125-125}) for the slip it
     * is.
     */
    public boolean isIn(String ownBucket, String ownRegion) {
        String appid = ownBucket.substring(ownBucket.lastIndexOf('-'));
        return region.equals(ownRegion) && (bucket.equals(ownBucket) || bucket.equals(ownBucket + appid));
    }

    /** Whether the source says exactly {@code ownBucket}. */
    public boolean isExactlyIn(String ownBucket, String ownRegion) {
        return region.equals(ownRegion) && bucket.equals(ownBucket);
    }

    private static Judged<CopySource> parsePath(String bucket, String region, String path) {
        int mark = path.indexOf('?');
        String query = mark < 0 ? "" : path.substring(mark + 1);
        if (mark >= 0 && !query.startsWith(VERSION)) {
            return malformed();
        }
        String rawKey = mark < 0 ? path : path.substring(0, mark);
        String key = PercentDecoder.decode(rawKey, Plus.LITERAL);
        String spaced = PercentDecoder.decode(rawKey, Plus.SPACE);
        String versionId = mark < 0 ? "" : version(query.substring(VERSION.length()));
        if (key == null || spaced == null || versionId == null) {
            return malformed();
        }
        GatewayError error = ObjectKey.judge(key);
        return error == null
                ? Judged.good(new CopySource(bucket, region, key, spaced, versionId.isEmpty() ? null : versionId))
                : Judged.bad(error);
    }

    /** No version has a plus or an ampersand, and who sends one may be understood in two ways. */
    private static @Nullable String version(String raw) {
        String version = raw.indexOf('+') >= 0 ? null : PercentDecoder.decode(raw, Plus.LITERAL);
        return version == null || version.indexOf('&') >= 0 || Text.hasControl(version) ? null : version;
    }

    private static Judged<CopySource> malformed() {
        return Judged.bad(Rejections.of(
                CosErrorCode.INVALID_ARGUMENT,
                HEADER + ": malformed (expected: bucket-appid.cos.region.myqcloud.com/key, percent-encoded)"));
    }
}
