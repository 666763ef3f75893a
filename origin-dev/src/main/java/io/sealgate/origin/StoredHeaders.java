package io.sealgate.origin;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers of an upload are kept with the object and given back on reading. */
final class StoredHeaders {
    private static final Set<String> KEPT = Set.of(
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-type",
            "expires",
            "x-cos-storage-class");
    private static final String CONTENT_TYPE = "Content-Type";

    private StoredHeaders() {}

    static Headers of(CosRequest request) {
        Headers kept = new Headers(request.head().headers().lines().stream()
                .filter(line -> kept(line.getKey().toLowerCase(Locale.ROOT))
                        && !line.getValue().isEmpty())
                .toList());
        return kept.contains(CONTENT_TYPE) ? kept : kept.and(CONTENT_TYPE, "application/octet-stream");
    }

    private static boolean kept(String name) {
        return KEPT.contains(name) || name.startsWith("x-cos-meta-");
    }

    /** As a reader wants them: each {@code response-*} parameter replaces one. */
    static Headers overridden(StoredObject object, QueryString query) {
        Headers shown = object.metadata();
        for (String name : List.of(
                CONTENT_TYPE,
                "Content-Language",
                "Expires",
                "Cache-Control",
                "Content-Disposition",
                "Content-Encoding")) {
            String value =
                    query.first("response-" + name.toLowerCase(Locale.ROOT)).orElse(null);
            if (value != null) {
                if (value.chars().anyMatch(character -> character < ' ' || character == 0x7F)) {
                    throw new Refusal(ErrorCode.INVALID_ARGUMENT, "A response-* parameter has control characters.");
                }
                shown = shown.replacing(name, value);
            }
        }
        return shown;
    }
}
