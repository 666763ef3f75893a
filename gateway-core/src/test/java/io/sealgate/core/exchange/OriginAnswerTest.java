package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.GatewayError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginAnswerTest {

    private final List<String> told = new ArrayList<>();
    private final OriginAnswer answer = new OriginAnswer(new OriginAnswer.Sink() {
        @Override
        public void answerBegins(HttpResponse head) {
            told.add("head " + head.status().code());
        }

        @Override
        public void answerBody(HttpContent chunk) {
            told.add(chunk instanceof LastHttpContent ? "end" : "chunk");
            chunk.release();
        }

        @Override
        public void answerBroken(GatewayError error) {
            told.add("broken");
        }
    });

    @Test
    void interimAnswersAreNotPassedOn() {
        for (int i = 0; i < 16; i++) {
            say(i % 2 == 0 ? 100 : 103);
        }

        say(200);

        assertThat(told).containsExactly("head 200", "end");
    }

    @Test
    void interimAnswersWithoutEndAreNoAnswer() {
        for (int i = 0; i < 17; i++) {
            say(103);
        }

        assertThat(told).containsExactly("broken");
    }

    @Test
    void aSwitchOfProtocolsIsNoAnswer() {
        say(101);

        assertThat(told).containsExactly("broken");
    }

    @Test
    void aMalformedAnswerIsBrokenWhateverItsStatus() {
        HttpResponse head = head(103);
        head.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("malformed")));

        answer.received(head);

        assertThat(told).containsExactly("broken");
    }

    private void say(int status) {
        answer.received(head(status));
        answer.received(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static HttpResponse head(int status) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    }
}
