package io.sealgate.core.request;

import io.sealgate.core.error.CosErrorCode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a host name says about buckets. */
sealed interface CosHost {

    /**
     * {@code {bucket}.cos.{region}.myqcloud.com} and its relatives: internal, IPv6 and backup domain.
     *
     * @param region {@code null} for global acceleration, which does not say
     */
    record Bucket(String bucket, @Nullable String region) implements CosHost {}

    /** {@code cos.{region}.myqcloud.com}: the bucket is the first segment of the path. */
    record PathStyle(String region) implements CosHost {}

    /** Any other name: the route knows the bucket. */
    record Custom() implements CosHost {}

    List<String> COS_DOMAINS = List.of("myqcloud.com", "tencentcos.cn");
    List<String> ALL_DOMAINS = List.of("myqcloud.com", "tencentcos.cn", "tencentci.cn");
    Set<String> SERVICES = Set.of("cos", "cosv6", "cos-cdc", "cos-internal");
    String ACCELERATE = "accelerate";

    /** Reads a lower-case name without a port. Names of Tencent's that are not about objects in one bucket are misdirected. */
    static Judged<CosHost> parse(String name) {
        // by index: the iterator that all lists share is compiled for none of them
        for (int i = 0; i < ALL_DOMAINS.size(); i++) {
            String domain = ALL_DOMAINS.get(i);
            if (isWithin(name, domain)) {
                CosHost host = COS_DOMAINS.contains(domain) ? ofLabels(labels(name, domain)) : null;
                return host == null ? misdirected(name) : Judged.good(host);
            }
        }
        return Judged.good(new Custom());
    }

    private static boolean isWithin(String name, String domain) {
        int front = name.length() - domain.length();
        return name.endsWith(domain) && (front == 0 || name.charAt(front - 1) == '.');
    }

    private static Judged<CosHost> misdirected(String name) {
        return Judged.bad(Rejections.of(
                CosErrorCode.MISDIRECTED_REQUEST, "Host: " + Rejections.show(name) + " (expected: a bucket's host)"));
    }

    private static List<String> labels(String name, String domain) {
        String front = name.substring(0, name.length() - domain.length());
        return List.of(front.split("\\."));
    }

    private static @Nullable CosHost ofLabels(List<String> labels) {
        if (labels.size() == 3 && SERVICES.contains(labels.get(1)) && isBucketName(labels.get(0))) {
            String region = labels.get(2);
            return new Bucket(labels.get(0), region.equals(ACCELERATE) ? null : region);
        }
        boolean isPathStyle = labels.size() == 2
                && SERVICES.contains(labels.get(0))
                && !labels.get(1).equals(ACCELERATE);
        return isPathStyle ? new PathStyle(labels.get(1)) : null;
    }

    static boolean isBucketName(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}
