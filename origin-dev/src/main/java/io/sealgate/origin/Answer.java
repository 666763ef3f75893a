package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/**
 * What the origin answers, before faults, Date and request id.
 *
 * @param committed whether serving the request changed what is stored
 */
record Answer(int status, Headers headers, Body body, boolean committed) {
    /** Where the answer's bytes come from. */
    sealed interface Body {
        long length();

        record Text(String text) implements Body {
            @Override
            public long length() {
                return bytes().length;
            }

            byte[] bytes() {
                return text.getBytes(UTF_8);
            }
        }

        /** Part of a file that whoever holds the answer closes. */
        record Slice(FileChannel file, long offset, long length) implements Body {}

        /** Of an answer to HEAD: a length, but no bytes. */
        record Withheld(long length) implements Body {}
    }

    private static final Body NOTHING = new Body.Text("");

    static Answer of(int status, Headers headers) {
        return new Answer(status, headers, NOTHING, false);
    }

    static Answer ok(Headers headers) {
        return of(200, headers);
    }

    static Answer xml(XmlWriter document) {
        return xml(200, Headers.none(), document);
    }

    static Answer xml(int status, Headers headers, XmlWriter document) {
        Body body = new Body.Text(document.toString());
        return new Answer(status, headers.and("Content-Type", "application/xml"), body, false);
    }

    Answer withBody(Body other) {
        return new Answer(status, headers, other, committed);
    }

    Answer andCommitted() {
        return new Answer(status, headers, body, true);
    }

    Answer with(Headers others) {
        return new Answer(status, others, body, committed);
    }

    /** Gives up the file, if there is one. */
    void close() {
        if (body instanceof Body.Slice slice) {
            try {
                slice.file().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
