package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** The values of a header, one for each of its lines. */
final class FieldLines {

    private FieldLines() {}

    /** Most of what is asked for is not there, and looking is cheaper than making a list. */
    static List<String> of(HttpHeaders headers, CharSequence name) {
        return headers.contains(name) ? headers.getAll(name) : List.of();
    }
}
