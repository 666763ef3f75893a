package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.load.Clients;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.planning.AnswerEdit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EditedAnswerTest {

    private static final int MOST = 8;

    /** For the longest, and twice as much that is made of it. */
    private static final int ROOM = 3 * MOST;

    /** Makes capitals of letters; of anything else it makes nothing. */
    private static final AnswerEdit CAPITALS = new AnswerEdit() {
        @Override
        public void editHead(HttpHeaders headers) {}

        @Override
        public int longestBody() {
            return MOST;
        }

        @Override
        public byte @Nullable [] editBody(byte[] body) {
            String text = new String(body, StandardCharsets.US_ASCII);
            return text.matches("[a-z]*")
                    ? text.toUpperCase(Locale.ROOT).repeat(2).getBytes(StandardCharsets.US_ASCII)
                    : null;
        }
    };

    private final SentAnswer client = new SentAnswer();
    private final List<Integer> begun = new ArrayList<>();
    private final List<ByteBuf> sent = new ArrayList<>();

    @AfterEach
    void everythingIsReleased() {
        assertThat(sent).allMatch(bytes -> bytes.refCnt() == 0);
    }

    @Test
    void whatIsMadeOfTheWholeIsPassedOnWithItsLength() {
        EditedAnswer answer = answer(new BodyFraming.Fixed(6), ROOM);
        assertThat(answer.pass(chunk("abc"))).isNull();
        assertThat(answer.pass(chunk("def"))).isNull();
        assertThat(answer.hasBegun()).isFalse();

        assertThat(answer.pass(LastHttpContent.EMPTY_LAST_CONTENT)).isNull();

        assertThat(client.text()).isEqualTo("ABCDEFABCDEF");
        assertThat(begun).containsExactly(12);
        assertThat(answer.isComplete()).isTrue();
        assertThat(answer.received()).isEqualTo(6);
        assertThat(answer.bytes()).isEqualTo(12);
    }

    @Test
    void aStreamedBodyMayBeAsLongAsTheLimitAndNoLonger() {
        EditedAnswer longest = answer(new BodyFraming.Streamed(), ROOM);
        assertThat(longest.pass(chunk("abcde"))).isNull();
        assertThat(longest.pass(last("fgh"))).isNull();
        assertThat(longest.isComplete()).isTrue();

        EditedAnswer tooLong = answer(new BodyFraming.Streamed(), ROOM);
        assertThat(tooLong.pass(chunk("abcde"))).isNull();
        assertThat(tooLong.pass(last("fghi"))).isInstanceOf(GatewayError.Broken.class);
        assertThat(tooLong.hasBegun()).isFalse();
    }

    @Test
    void theClientHearsNothingOfWhatCannotBeChanged() {
        assertThat(answer(new BodyFraming.Fixed(3), MOST).pass(last("1+1"))).isInstanceOf(GatewayError.Broken.class);
        assertThat(answer(new BodyFraming.Fixed(3), MOST).pass(last("ab"))).isInstanceOf(GatewayError.Broken.class);
        assertThat(answer(new BodyFraming.Fixed(3), MOST).pass(chunk("abcd"))).isInstanceOf(GatewayError.Broken.class);
        assertThat(answer(new BodyFraming.Fixed(3), 2).pass(last("abc"))).isInstanceOf(GatewayError.Overloaded.class);

        assertThat(begun).isEmpty();
    }

    @Test
    void whatIsMadeHasToHaveRoomToo() {
        assertThat(answer(new BodyFraming.Fixed(3), MOST).pass(last("abc")))
                .isInstanceOf(GatewayError.Overloaded.class);
        assertThat(answer(new BodyFraming.Fixed(3), MOST + 1).pass(last("abc"))).isNull();
        assertThat(begun).containsExactly(6);
    }

    @Test
    void whatIsGivenUpIsReleased() {
        EditedAnswer answer = answer(new BodyFraming.Fixed(3), MOST);
        answer.pass(chunk("abc"));

        answer.discard();
        answer.discard();
    }

    private EditedAnswer answer(BodyFraming framing, long room) {
        ExchangeLoad load = Clients.exchange(room);
        return new EditedAnswer(new BodyGuard(framing, Long.MAX_VALUE, List.of()), CAPITALS, load, length -> {
            begun.add(length);
            return client;
        });
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
}
