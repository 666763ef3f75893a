package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Gathers one line of an {@code aws-chunked} body, however it was split on the way. Its room is fixed. Mutable; confined to one decoder. */
final class ChunkLine {

    /** More than the longest line that means anything: a chunk's size and signature take 97 bytes, a trailer no more than that. */
    static final int MOST_BYTES = 256;

    private static final byte LF = '\n';

    private final byte[] bytes = new byte[MOST_BYTES];
    private int length;

    /** What has come of a line. */
    enum Progress {
        /** There is more to come. */
        PART,
        /** It is whole, without its end: see {@link #take()}. */
        WHOLE,
        /** It is longer than anything that means something. */
        TOO_LONG
    }

    /** Reads on, up to and including a line feed. Borrows {@code source} and moves its reader index. */
    Progress read(ByteBuf source) {
        int index = source.indexOf(source.readerIndex(), source.writerIndex(), LF);
        int more = (index < 0 ? source.writerIndex() : index) - source.readerIndex();
        if (more > MOST_BYTES - length) {
            return Progress.TOO_LONG;
        }
        source.readBytes(bytes, length, more);
        length += more;
        if (index < 0) {
            return Progress.PART;
        }
        source.skipBytes(1);
        return Progress.WHOLE;
    }

    /** The line, carriage return included if there is one; empties this. */
    String take() {
        String line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        length = 0;
        return line;
    }

    /** {@code line} without the carriage return that must end it, or {@code null} if it does not. */
    static @Nullable String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : null;
    }
}
