package io.sealgate.core.model;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells one operation from another: no two have the same form.
 *
 * @param method       of HTTP
 * @param isOnBucket   whether the path is {@code /}; otherwise it is an object's
 * @param subresources names of the query parameters that choose an operation, in alphabetical order
 * @param isCopy       whether {@code x-cos-copy-source} is there
 */
public record RequestForm(HttpMethod method, boolean isOnBucket, List<String> subresources, boolean isCopy) {

    private static final String COPY = " from";

    public RequestForm {
        subresources = List.copyOf(subresources);
    }

    /** A form as written: {@code GET /?uploads}, {@code PUT /key?partNumber&uploadId}, a copy with {@code  from} behind it. */
    static RequestForm parse(String text) {
        boolean isCopy = text.endsWith(COPY);
        String line = isCopy ? text.substring(0, text.length() - COPY.length()) : text;
        int path = line.indexOf(' ') + 1;
        int query = line.indexOf('?');
        return new RequestForm(
                HttpMethod.valueOf(line.substring(0, path - 1)),
                line.substring(path, query < 0 ? line.length() : query).equals("/"),
                query < 0
                        ? List.of()
                        : List.of(line.substring(query + 1).split("&")).stream()
                                .sorted()
                                .toList(),
                isCopy);
    }

    /** As a record has it, but spelt out: every request looks its operation up by this, and the generated one is slower by far. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestForm form
                && isOnBucket == form.isOnBucket
                && isCopy == form.isCopy
                && method.equals(form.method)
                && subresources.equals(form.subresources);
    }

    @Override
    public int hashCode() {
        int flags = (isOnBucket ? 1 : 0) + (isCopy ? 2 : 0);
        return (31 * method.hashCode() + subresources.hashCode()) * 31 + flags;
    }

    /** The same for another method. */
    public RequestForm with(HttpMethod other) {
        return new RequestForm(other, isOnBucket, subresources, isCopy);
    }
}
