package io.sealgate.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictHttpClientCodecTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final StrictHttpClientCodec codec = new StrictHttpClientCodec(new HttpDecoderConfig());
    private final EmbeddedChannel channel = new EmbeddedChannel(codec);

    @AfterEach
    void releaseAll() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aConnectionCarriesRequestsOneByOne() {
        for (int i = 0; i < 3; i++) {
            ask(HttpMethod.GET);
            assertThat(codec.isInStep()).isFalse();

            assertThat(hear(ANSWER)).isEqualTo("200 ok.");

            assertThat(codec.isInStep()).isTrue();
        }
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void anAnswerMayComeByteByByteAndAfterInterimOnes() {
        ask(HttpMethod.GET);
        StringBuilder seen = new StringBuilder();

        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ANSWER)
                .chars()
                .mapToObj(c -> String.valueOf((char) c))
                .forEach(each -> seen.append(hear(each)));

        assertThat(seen).hasToString("100 .103 .200 ok.");
        assertThat(codec.isInStep()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length:0 \t\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
            })
    void anAnswerToHeadHasNoBody(String answer) {
        ask(HttpMethod.HEAD);

        assertThat(hear(answer)).endsWith("200 .");

        assertThat(codec.isInStep()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nSet-Cookie: planted\r\nX-Rest: ",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nevil",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "H",
                "\r\n",
                "EVIL"
            })
    void whatAnAnswerHasInExcessIsNobodysAnswer(String excess) {
        ask(HttpMethod.GET);

        assertThat(hear(ANSWER + excess)).isEqualTo("200 ok.");

        assertThat(codec.isInStep()).isFalse();
        assertThat(channel.isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 301 Moved\r\nLocation: https://evil/\r\nX-Rest: ", "H", "\n"})
    void whatComesLaterIsNobodysAnswer(String late) {
        ask(HttpMethod.GET);
        hear(ANSWER);

        assertThat(hear(late)).isEmpty();

        assertThat(codec.isInStep()).isFalse();
        assertThat(channel.isActive()).isFalse();
    }

    /** The codec would mend each of these, and pass on something else than the origin has said. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nX-A: b\r\ncontent-length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 02\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2,2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 00\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\tContent-Length: 3\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX A: b\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nETag\t: b\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 1000 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 99 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 600 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 +200 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200\tOK\r\nContent-Length: 2\r\n\r\n",
                " HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.9 200 OK\r\nContent-Length: 2\r\n\r\n",
                "http/1.1 200 OK\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 a\0b\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 a\u007fb\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n Content-Length: 3\r\n\r\n"
            })
    void anAnswerThatWouldHaveToBeMendedIsMalformed(String head) {
        for (boolean isAtOnce : new boolean[] {true, false}) {
            EmbeddedChannel fresh = new EmbeddedChannel(new StrictHttpClientCodec(new HttpDecoderConfig()));
            fresh.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
            (isAtOnce ? Stream.of(head + "hi!") : (head + "hi!").chars().mapToObj(Character::toString))
                    .forEach(piece -> fresh.writeInbound(bytes(piece)));

            HttpResponse last = null;
            StringBuilder body = new StringBuilder();
            Object message;
            while ((message = fresh.readInbound()) != null) {
                last = message instanceof HttpResponse response ? response : last;
                body.append(
                        message instanceof HttpContent content
                                ? content.content().toString(StandardCharsets.ISO_8859_1)
                                : "");
                ReferenceCountUtil.release(message);
            }
            assertThat(last).isNotNull();
            assertThat(last.decoderResult().isFailure()).as(head).isTrue();
            assertThat(body).isEmpty();
            fresh.finishAndReleaseAll();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 \r\nContent-Length:2\r\n\r\nok",
                "HTTP/1.0 200 \u00e4 b\tc\r\nContent-Length: 2 \r\nX-A:\r\nX-B: a: b c \t\r\n\r\nok"
            })
    void anAnswerThatIsUnusualIsGood(String answer) {
        ask(HttpMethod.GET);

        assertThat(hear(answer)).isEqualTo("200 ok.");

        assertThat(codec.isInStep()).isTrue();
    }

    @Test
    void whatComesBeforeTheFirstRequestIsNobodysAnswer() {
        assertThat(hear(ANSWER)).isEmpty();

        assertThat(channel.isActive()).isFalse();
    }

    /** Under TLS a connection outlives its closing for as long as the farewell takes. */
    @Test
    void aRequestThatIsSentNeverthelessIsNotAnsweredByTheRest() {
        EmbeddedChannel lingering =
                new EmbeddedChannel(new Lingering(), new StrictHttpClientCodec(new HttpDecoderConfig()));
        lingering.writeInbound(bytes("HTTP/1.1 200 OK\r\n"));
        lingering.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));

        lingering.writeInbound(bytes(ANSWER));

        assertThat(lingering.inboundMessages()).isEmpty();
        lingering.finishAndReleaseAll();
    }

    private static final class Lingering extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {}
    }

    private void ask(HttpMethod method) {
        channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/"));
        channel.releaseOutbound();
    }

    /** Status and body of what is decoded, with a full stop at the end of each message. */
    private String hear(String text) {
        channel.writeInbound(bytes(text));
        StringBuilder heard = new StringBuilder();
        Object message;
        while ((message = channel.readInbound()) != null) {
            if (message instanceof HttpResponse response) {
                heard.append(response.status().code()).append(' ');
            }
            if (message instanceof HttpContent content) {
                heard.append(content.content().toString(StandardCharsets.ISO_8859_1));
            }
            if (message instanceof LastHttpContent) {
                heard.append('.');
            }
            ReferenceCountUtil.release(message);
        }
        return heard.toString();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
