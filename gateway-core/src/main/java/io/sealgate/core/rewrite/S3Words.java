package io.sealgate.core.rewrite;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of S3's header names mean the same as which of COS's, and which mean nothing to COS. All names are lower case. */
final class S3Words {

    static final String PREFIX = "x-amz-";
    private static final String COS_PREFIX = "x-cos-";
    private static final String META = "meta-";

    /** With COS's own prefix these mean the same. */
    private static final List<String> TWINS = List.of(
            "acl",
            "grant-read",
            "grant-write",
            "grant-read-acp",
            "grant-write-acp",
            "grant-full-control",
            "storage-class",
            "tagging",
            "tagging-directive",
            "metadata-directive",
            "copy-source",
            "copy-source-range",
            "copy-source-if-match",
            "copy-source-if-none-match",
            "copy-source-if-modified-since",
            "copy-source-if-unmodified-since",
            "copy-source-server-side-encryption-customer-algorithm",
            "copy-source-server-side-encryption-customer-key",
            "copy-source-server-side-encryption-customer-key-md5",
            "server-side-encryption",
            "server-side-encryption-context",
            "server-side-encryption-customer-algorithm",
            "server-side-encryption-customer-key",
            "server-side-encryption-customer-key-md5");

    /** In answers only. */
    private static final List<String> ANSWER_TWINS = List.of(
            "request-id",
            "version-id",
            "delete-marker",
            "storage-class",
            "copy-source-version-id",
            "restore",
            "expiration",
            "tagging-count",
            "server-side-encryption",
            "server-side-encryption-context",
            "server-side-encryption-customer-algorithm",
            "server-side-encryption-customer-key-md5");

    /**
     * What is about the request, the client or a checksum. The gateway has verified what can be verified of it by then; the rest would be
     * for a server that keeps S3's checksums.
     */
    private static final Set<String> CONSUMED = Set.of(
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-decoded-content-length",
            "x-amz-mp-object-size",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-security-token",
            "x-amz-te",
            "x-amz-trailer",
            "x-amz-user-agent");

    private static final String CHECKSUM_PREFIX = "x-amz-checksum-";

    private static final Map<String, String> TO_COS = toCos();
    private static final Map<String, String> TO_S3 = toS3();

    private S3Words() {}

    /** COS's name for what S3 calls {@code name}, or {@code name} if COS has none. */
    static String toCos(String name) {
        return name.startsWith(PREFIX + META)
                ? COS_PREFIX + name.substring(PREFIX.length())
                : TO_COS.getOrDefault(name, name);
    }

    /** S3's name for what COS calls {@code name} in an answer, or {@code name} if S3 has none. */
    static String toS3(String name) {
        return name.startsWith(COS_PREFIX + META)
                ? PREFIX + name.substring(COS_PREFIX.length())
                : TO_S3.getOrDefault(name, name);
    }

    /** What S3 says as the value of what COS calls {@code name}, in COS's words. */
    static String valueToCos(String name, String value) {
        return switch (name) {
            case "x-cos-server-side-encryption" -> value.equals("aws:kms") ? "cos/kms" : value;
            case "x-cos-metadata-directive", "x-cos-tagging-directive" ->
                switch (value.toUpperCase(Locale.ROOT)) {
                    case "COPY" -> "Copy";
                    case "REPLACE" -> "Replaced";
                    default -> value;
                };
            default -> value;
        };
    }

    /** What COS says as the value of what S3 calls {@code name}, in S3's words. */
    static String valueToS3(String name, String value) {
        return name.equals("x-amz-server-side-encryption") && value.equals("cos/kms") ? "aws:kms" : value;
    }

    /** Whether S3's {@code name} ends at the gateway. */
    static boolean isConsumed(String name) {
        return CONSUMED.contains(name) || name.startsWith(CHECKSUM_PREFIX);
    }

    private static Map<String, String> toCos() {
        Map<String, String> names = new HashMap<>();
        TWINS.forEach(twin -> names.put(PREFIX + twin, COS_PREFIX + twin));
        names.put("x-amz-server-side-encryption-aws-kms-key-id", "x-cos-server-side-encryption-cos-kms-key-id");
        return Map.copyOf(names);
    }

    private static Map<String, String> toS3() {
        Map<String, String> names = new HashMap<>();
        ANSWER_TWINS.forEach(twin -> names.put(COS_PREFIX + twin, PREFIX + twin));
        names.put("x-cos-server-side-encryption-cos-kms-key-id", "x-amz-server-side-encryption-aws-kms-key-id");
        names.put("x-cos-trace-id", "x-amz-id-2");
        return Map.copyOf(names);
    }
}
