package io.sealgate.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.RequestId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http2HeadTest {

    @ParameterizedTest
    @CsvSource({
        "te,gzip",
        "keep-alive,timeout=5",
        "upgrade,h2c",
        "proxy-connection,close",
        "x_cos_acl,private",
        "content-length,007"
    })
    void connectionSpecificOrDisguisedFieldIsRefused(String name, String value) {
        assertThat(parse(head("PUT", "/k", "a").add(name, value), false)).isInstanceOf(ParsedHead.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v ", "v\t", "a \t "})
    void valueThatEndsInABlankIsMalformed(String value) {
        for (String name : List.of("x-cos-meta-a", "content-type", "range", "x-cos-acl", "user-agent")) {
            assertThat(parse(head("GET", "/k", "a").add(name, value), true))
                    .as(name)
                    .isInstanceOfSatisfying(
                            ParsedHead.Malformed.class,
                            malformed -> assertThat(malformed.error().message()).contains("white space"));
        }
    }

    /** The codec does not even make a request of it. */
    @ParameterizedTest
    @ValueSource(strings = {" v", "\tv", " ", "\t"})
    void valueThatBeginsWithABlankIsMalformed(String value) {
        Http2Headers headers = head("GET", "/k", "a").add("x-cos-meta-a", value);

        assertThatThrownBy(() -> parse(headers, true)).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb", "a, b"})
    void valueWithABlankInsideIsGood(String value) {
        assertThat(parse(head("GET", "/k", "a").add("x-cos-meta-a", value), true))
                .isInstanceOf(ParsedHead.Good.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@a", "a/b", "a b", ""})
    void authorityThatIsMoreThanAHostIsRefused(String authority) {
        assertThat(parse(head("GET", "/k", authority), true)).isInstanceOf(ParsedHead.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "http://a/k", "k", "/k#f", "/k\"", "/\u00e4"})
    void pathThatIsNoOriginFormIsRefused(String path) {
        assertThat(parse(head("GET", path, "a"), true)).isInstanceOf(ParsedHead.Malformed.class);
    }

    @Test
    void schemeOfAnotherConnectionIsRefused() {
        assertThat(parse(head("GET", "/k", "a").scheme("http"), true)).isInstanceOf(ParsedHead.Malformed.class);
    }

    @Test
    void missingAuthorityIsRefused() {
        Http2Headers headers =
                new DefaultHttp2Headers().method("GET").path("/k").scheme("https");

        assertThat(parse(headers, true)).isInstanceOf(ParsedHead.Malformed.class);
    }

    @Test
    void bodyWithoutLengthIsStreamed() {
        ParsedHead parsed = parse(head("PUT", "/k", "a").add("te", "trailers"), false);

        assertThat(((ParsedHead.Good) parsed).head().framing()).isEqualTo(new BodyFraming.Streamed());
    }

    @Test
    void headThatEndsTheStreamHasNoBody() {
        ParsedHead parsed = parse(head("GET", "/k", "a:8443"), true);

        assertThat(((ParsedHead.Good) parsed).head().framing()).isEqualTo(new BodyFraming.None());
        assertThat(((ParsedHead.Good) parsed).head().authority()).isEqualTo("a:8443");
    }

    private static Http2Headers head(String method, String path, String authority) {
        return new DefaultHttp2Headers(false)
                .method(method)
                .path(path)
                .scheme("https")
                .authority(authority);
    }

    private static ParsedHead parse(Http2Headers headers, boolean endStream) {
        EmbeddedChannel channel = new EmbeddedChannel(new Http2StreamFrameToHttpObjectCodec(true));
        try {
            channel.writeInbound(new DefaultHttp2HeadersFrame(headers, endStream));
            HttpRequest request = channel.readInbound();
            try {
                return new RequestHeadParser(LimitsConfig.defaults(), true).parse(request, RequestId.next(), true);
            } finally {
                ReferenceCountUtil.release(request);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
