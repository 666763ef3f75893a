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
