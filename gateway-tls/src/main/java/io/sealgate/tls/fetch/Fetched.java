package io.sealgate.tls.fetch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/**
 * The body of an answer, on the heap.
 *
 * @param pieces one after the other
 */
public record Fetched(List<byte[]> pieces) {

    public Fetched {
        pieces = List.copyOf(pieces);
    }

    /** All of it, from the beginning. */
    public InputStream stream() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.stream().map(ByteArrayInputStream::new).toList()));
    }
}
