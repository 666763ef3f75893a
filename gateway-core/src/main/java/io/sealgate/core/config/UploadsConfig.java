package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.model.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of uploads beyond permission, and what it adds to them.
 *
 * @param maxSize         the largest body of one request, and of a multipart upload all parts together; absent means COS's own limit of
 *                        5 GiB for one request and none for the parts
 * @param minSize         the smallest body of an upload in one request; absent means none
 * @param contentTypes    media types that may be declared, {@code type/subtype} or {@code type/*}; empty means any
 * @param detectContentType whether the bytes have to be of the type that is declared
 * @param extensions      what keys may end in, without the dot; empty means anything
 * @param forbidOverwrite how an object that exists is protected
 * @param storageClass    of every object that is stored; absent means what the client says
 * @param tags            of every new object, by name, with texts that may contain variables such as <code>${client.cn}</code>
 * @param meta            the same, metadata
 * @param trafficLimit    the most bits a second that COS takes of an upload; absent means no limit
 */
public record UploadsConfig(
        @Nullable ByteSize maxSize,
        @Nullable ByteSize minSize,
        List<String> contentTypes,
        DetectContentType detectContentType,
        List<String> extensions,
        ForbidOverwrite forbidOverwrite,
        @Nullable String storageClass,
        Map<String, String> tags,
        Map<String, String> meta,
        @Nullable Integer trafficLimit) {

    /** What becomes of bytes that are not what they are declared to be. */
    public enum DetectContentType {
        /** Nobody looks. */
        NONE,
        /** They are refused, and so is what would get around that. */
        VERIFY
    }

    /** How an object that exists is protected. */
    public enum ForbidOverwrite {
        /** Not at all. */
        FALSE,
        /** COS refuses to overwrite it, in buckets that never had versioning (COS document 436/7749). */
        TRUE,
        /** And the origin is asked for it before anything is sent. */
        HEAD_FIRST
    }

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9.+-]+/(\\*|[a-z0-9.+-]+)");
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Pattern STORAGE_CLASS = Pattern.compile("[A-Z][A-Z_]{2,31}");

    /** COS document 436/40140. */
    private static final int LEAST_TRAFFIC = 819_200;

    private static final int MOST_TRAFFIC = 838_860_800;

    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public UploadsConfig {
        contentTypes = List.copyOf(requireNonNullElse(contentTypes, List.of()));
        detectContentType = requireNonNullElse(detectContentType, DetectContentType.NONE);
        extensions = List.copyOf(requireNonNullElse(extensions, List.of()));
        tags = Map.copyOf(requireNonNullElse(tags, Map.of()));
        meta = Map.copyOf(requireNonNullElse(meta, Map.of()));
        forbidOverwrite = requireNonNullElse(forbidOverwrite, ForbidOverwrite.FALSE);
    }

    /** Nothing is asked, nothing added. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static UploadsConfig none() {
        return new UploadsConfig(null, null, null, null, null, null, null, null, null, null);
    }

    /** The limit of one request that is in force. */
    public ByteSize maxSizeOrDefault() {
        return maxSize == null ? ByteSize.ofGiB(5) : maxSize;
    }

    /** Whether headers are added to what the client sends. */
    public boolean addsHeaders() {
        return forbidOverwrite != ForbidOverwrite.FALSE
                || storageClass != null
                || trafficLimit != null
                || !tags.isEmpty()
                || !meta.isEmpty();
    }

    /** Reports what cannot be. */
    public void check(Problems problems, String path) {
        if (minSize != null && minSize.compareTo(maxSizeOrDefault()) > 0) {
            problems.add(path + ".min-size", "size: " + minSize + " (expected: at most " + maxSizeOrDefault() + ")");
        }
        each(problems, path + ".content-types", contentTypes, MEDIA_TYPE, "lower case, image/png or image/*");
        if (detectContentType == DetectContentType.VERIFY && contentTypes.isEmpty()) {
            problems.add(
                    path + ".content-types",
                    "content-types: none (expected: those that objects may have, with detect-content-type: verify)");
        }
        each(problems, path + ".extensions", extensions, EXTENSION, "without the dot, jpg for instance");
        if (storageClass != null && !STORAGE_CLASS.matcher(storageClass).matches()) {
            problems.add(
                    path + ".storage-class",
                    "storage-class: " + storageClass + " (expected: STANDARD_IA for instance)");
        }
        if (trafficLimit != null) {
            Checks.between(problems, path + ".traffic-limit", trafficLimit, LEAST_TRAFFIC, MOST_TRAFFIC);
        }
    }

    private static void each(Problems problems, String path, List<String> values, Pattern form, String expected) {
        for (int i = 0; i < values.size(); i++) {
            if (!form.matcher(values.get(i)).matches()) {
                problems.add(path + '[' + i + ']', "value: " + values.get(i) + " (expected: " + expected + ")");
            }
        }
    }
}
