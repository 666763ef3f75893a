package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldAnswerTest {

    private static final TapResult GOOD = new TapResult.Matched("crc64", "1");
    private static final TapResult BAD = new TapResult.Mismatched(
            "crc64", "1", new GatewayError.Corrupted(CosErrorCode.BAD_GATEWAY, "CRC64: different"));

    private final SentAnswer client = new SentAnswer();
    private final List<ByteBuf> sent = new ArrayList<>();

    @Test
    void aGoodAnswerIsPassedOnWhenItIsWhole() {
        HeldAnswer answer = answer(6, GOOD);
        assertThat(answer.pass(chunk("abc"))).isNull();
        assertThat(answer.pass(chunk("def"))).isNull();
        assertThat(answer.hasBegun()).isFalse();

        assertThat(answer.pass(LastHttpContent.EMPTY_LAST_CONTENT)).isNull();

        assertThat(answer.hasBegun()).isTrue();
        assertThat(answer.isComplete()).isTrue();
        assertThat(client.text()).isEqualTo("abcdef");
        assertThat(answer.results()).containsExactly(GOOD);
        assertAllReleased();
    }

    @Test
    void ofACorruptAnswerTheClientHearsNothing() {
        HeldAnswer answer = answer(3, BAD);

        assertThat(answer.pass(last("abc"))).isInstanceOf(GatewayError.Corrupted.class);

        assertThat(answer.hasBegun()).isFalse();
        assertThat(answer.bytes()).isZero();
        assertThat(answer.results()).containsExactly(BAD);
        answer.discard();
        assertAllReleased();
    }

    @Test
    void neitherOfOneThatIsTooShortOrTooLong() {
        HeldAnswer tooShort = answer(3, GOOD);
        assertThat(tooShort.pass(last("ab"))).isInstanceOf(GatewayError.Broken.class);
        HeldAnswer tooLong = answer(3, GOOD);
        assertThat(tooLong.pass(chunk("abcd"))).isInstanceOf(GatewayError.Broken.class);

        assertThat(tooShort.hasBegun() || tooLong.hasBegun()).isFalse();
        assertAllReleased();
    }

    @Test
    void whatIsGivenUpIsReleased() {
        HeldAnswer answer = answer(3, GOOD);
        answer.pass(chunk("abc"));
        assertThat(answer.received()).isEqualTo(3);

        answer.discard();
        answer.discard();

        assertAllReleased();
    }

    private HeldAnswer answer(long length, TapResult verdict) {
        BodyTap tap = new BodyTap() {
            @Override
            public void update(ByteBuf chunk) {}

            @Override
            public TapResult finish() {
                return verdict;
            }
        };
        return new HeldAnswer(new BodyGuard(new BodyFraming.Fixed(length), Long.MAX_VALUE, List.of(tap)), () -> client);
    }

    private HttpContent chunk(String text) {
        return new DefaultHttpContent(bytes(text));
    }

    private HttpContent last(String text) {
        return new DefaultLastHttpContent(bytes(text));
    }

    private ByteBuf bytes(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        sent.add(bytes);
        return bytes;
    }

    private void assertAllReleased() {
        assertThat(sent).allMatch(bytes -> bytes.refCnt() == 0);
    }
}
