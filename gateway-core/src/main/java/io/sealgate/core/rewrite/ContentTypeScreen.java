package io.sealgate.core.rewrite;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.ContentTypeDetector;
import io.sealgate.core.spi.ContentTypeDetector.Detected;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the beginning of one body, and stops it if it is not what it is said to be. Keeps a copy of that beginning on the heap until it has
 * been judged. Confined to the exchange's event loop.
 */
public final class ContentTypeScreen {

    /** What formats are known by is in their first kilobytes; more of every upload would have to be kept for a few that are not. */
    static final int ENOUGH = 8 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final ContentTypeDetector detector;
    private final List<String> expected;
    private final Supplier<? extends GatewayError> denial;
    private byte[] beginning = NOTHING;
    private int length;
    private boolean isJudged;

    /**
     * @param expected it has to be one of these, {@code type/subtype} or {@code type/*}
     * @param denial   what is said if it is not
     */
    ContentTypeScreen(ContentTypeDetector detector, List<String> expected, Supplier<? extends GatewayError> denial) {
        this.detector = detector;
        this.expected = List.copyOf(expected);
        this.denial = denial;
    }

    /**
     * Looks at the next bytes. Borrows {@code chunk}; its indices stay as they are.
     *
     * @param isLast whether the body ends with these; they must not be passed on before this has been asked
     * @return why the body may not go on, or {@code null} as long as nothing is known against it
     */
    public @Nullable GatewayError look(ByteBuf chunk, boolean isLast) {
        if (isJudged) {
            return null;
        }
        keep(chunk);
        isJudged = isLast || length == ENOUGH;
        if (!isJudged) {
            return null;
        }
        boolean isGood = length == 0 || isExpected(detector.detect(Arrays.copyOf(beginning, length)));
        beginning = NOTHING;
        return isGood ? null : denial.get();
    }

    private void keep(ByteBuf chunk) {
        int more = Math.min(chunk.readableBytes(), ENOUGH - length);
        if (more > 0) {
            if (length == 0) {
                beginning = new byte[ENOUGH];
            }
            chunk.getBytes(chunk.readerIndex(), beginning, length, more);
            length += more;
        }
    }

    private boolean isExpected(Detected detected) {
        return expected.stream().anyMatch(detected::mayBe);
    }
}
