package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.exchange.BodyGuard.Step;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyGuardTest {

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final CountingTap tap = new CountingTap();

    @Test
    void chunkThatCompletesAFixedBodyIsHeldUntilTheMessageEnds() {
        BodyGuard guard = new BodyGuard(new BodyFraming.Fixed(4), NO_LIMIT, List.of(tap));
        assertThat(guard.look(chunk(3))).isEqualTo(Step.PASS);
        DefaultHttpContent completing = chunk(1);
        assertThat(guard.look(completing)).isEqualTo(Step.HELD);
        completing.release();

        Step end = guard.look(LastHttpContent.EMPTY_LAST_CONTENT);

        assertThat(end).isEqualTo(Step.COMPLETE);
        ByteBuf held = guard.takeHeld();
        assertThat(held).isNotNull();
        assertThat(held.readableBytes()).isEqualTo(1);
        assertThat(held.release()).isTrue();
    }

    @Test
    void completingChunkThatIsAlsoTheLastNeedsNoHolding() {
        BodyGuard guard = new BodyGuard(new BodyFraming.Fixed(3), NO_LIMIT, List.of(tap));
        assertThat(guard.look(last(3))).isEqualTo(Step.COMPLETE);
        assertThat(guard.takeHeld()).isNull();
        assertThat(guard.results()).hasSize(1);
    }

    @Test
    void corruptBodyIsToldBeforeItsLastByteIsPassedOn() {
        tap.verdict = new TapResult.Mismatched(
                "md5", "x", new GatewayError.Corrupted(CosErrorCode.BAD_DIGEST, "Content-MD5: different"));
        BodyGuard guard = new BodyGuard(new BodyFraming.Fixed(3), NO_LIMIT, List.of(tap));

        Step end = guard.look(last(3));

        assertThat(end).isEqualTo(Step.CORRUPT);
        assertThat(guard.mismatch().code()).isEqualTo(CosErrorCode.BAD_DIGEST);
    }

    @Test
    void shortBodyIsTooShort() {
        BodyGuard guard = new BodyGuard(new BodyFraming.Fixed(3), NO_LIMIT, List.of(tap));
        assertThat(guard.look(last(2))).isEqualTo(Step.TOO_SHORT);
        assertThat(tap.finished).isFalse();
    }

    @Test
    void bodyLongerThanAnnouncedIsTooLong() {
        BodyGuard guard = new BodyGuard(new BodyFraming.Fixed(3), NO_LIMIT, List.of(tap));
        assertThat(guard.look(chunk(4))).isEqualTo(Step.TOO_LONG);
        assertThat(tap.bytes).isZero();
    }

    @Test
    void streamedBodyEndsAtItsLimit() {
        BodyGuard guard = new BodyGuard(new BodyFraming.Streamed(), 5, List.of(tap));
        assertThat(guard.look(chunk(5))).isEqualTo(Step.PASS);
        assertThat(guard.look(chunk(1))).isEqualTo(Step.TOO_LONG);
    }

    @Test
    void emptyBodyIsJudgedToo() {
        BodyGuard guard = new BodyGuard(new BodyFraming.Fixed(0), NO_LIMIT, List.of(tap));
        assertThat(guard.look(LastHttpContent.EMPTY_LAST_CONTENT)).isEqualTo(Step.COMPLETE);
        assertThat(tap.finished).isTrue();
    }

    @Test
    void lengthsBeyondThirtyOneBitsAreCounted() {
        long size = (1L << 32) + 1;
        BodyGuard guard = new BodyGuard(new BodyFraming.Fixed(size), NO_LIMIT, List.of());
        ByteBuf mebibyte = Unpooled.buffer(1 << 20).writerIndex(1 << 20);
        DefaultHttpContent chunk = new DefaultHttpContent(mebibyte);
        for (int i = 0; i < 1 << 12; i++) {
            assertThat(guard.look(chunk)).isEqualTo(Step.PASS);
        }
        assertThat(guard.look(last(1))).isEqualTo(Step.COMPLETE);
    }

    private static DefaultHttpContent chunk(int bytes) {
        return new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[bytes]));
    }

    private static DefaultLastHttpContent last(int bytes) {
        return new DefaultLastHttpContent(Unpooled.wrappedBuffer(new byte[bytes]));
    }

    private static final class CountingTap implements BodyTap {
        private long bytes;
        private boolean finished;
        private TapResult verdict = new TapResult.Matched("md5", "x");

        @Override
        public void update(ByteBuf chunk) {
            bytes += chunk.readableBytes();
        }

        @Override
        public TapResult finish() {
            finished = true;
            return verdict;
        }
    }
}
