package io.sealgate.core.request;

import static io.sealgate.core.request.Heads.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.BodyFraming;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadParserTest {

    private static final String HOST = "Host: b-1.cos.r.myqcloud.com";

    static Stream<Arguments> unclearFraming() {
        return Stream.of(
                framing("two lengths", "PUT /k HTTP/1.1", "Content-Length: 3", "Content-Length: 4"),
                framing("leading zeros", "PUT /k HTTP/1.1", "Content-Length: 003"),
                framing("26 digits", "PUT /k HTTP/1.1", "Content-Length: 00000000000000000000000003"),
                framing("beyond 63 bits", "PUT /k HTTP/1.1", "Content-Length: 9223372036854775808"),
                framing("list of lengths", "PUT /k HTTP/1.1", "Content-Length: 3, 3"),
                framing("signed length", "PUT /k HTTP/1.1", "Content-Length: +3"),
                framing("empty length", "PUT /k HTTP/1.1", "Content-Length:"),
                framing("length and coding", "PUT /k HTTP/1.1", "Content-Length: 3", "Transfer-Encoding: chunked"),
                framing("two codings", "PUT /k HTTP/1.1", "Transfer-Encoding: identity", "Transfer-Encoding: chunked"),
                framing("gzip, chunked", "PUT /k HTTP/1.1", "Transfer-Encoding: gzip, chunked"),
                framing("empty list member first", "PUT /k HTTP/1.1", "Transfer-Encoding: ,chunked"),
                framing("empty list member last", "PUT /k HTTP/1.1", "Transfer-Encoding: chunked,"),
                framing("unknown coding", "PUT /k HTTP/1.1", "Transfer-Encoding: xchunked"),
                framing("coding in HTTP/1.0", "PUT /k HTTP/1.0", "Transfer-Encoding: chunked"),
                framing("underscored coding", "PUT /k HTTP/1.1", "Transfer_Encoding: chunked"),
                framing("underscored length", "PUT /k HTTP/1.1", "Content_Length: 3"),
                framing("underscored type", "PUT /k HTTP/1.1", "Content-Length: 0", "Content_Type: text/html"),
                framing("folded coding", "PUT /k HTTP/1.1", "Transfer-Encoding:\r\n chunked"),
                framing("GET with length", "GET /k HTTP/1.1", "Content-Length: 3"),
                framing("GET with chunks", "GET /k HTTP/1.1", "Transfer-Encoding: chunked"),
                framing("HEAD with length", "HEAD /k HTTP/1.1", "Content-Length: 3"),
                framing("DELETE with chunks", "DELETE /k HTTP/1.1", "Transfer-Encoding: chunked"),
                framing(
                        "hixie handshake",
                        "GET /k HTTP/1.1",
                        "Upgrade: WebSocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key1: 1",
                        "Sec-WebSocket-Key2: 2"),
                framing(
                        "length nominated",
                        "PUT /k HTTP/1.1",
                        "Connection: close, Content-Length",
                        "Content-Length: 3"),
                framing("host nominated", "GET /k HTTP/1.1", "Connection: host"),
                framing("signature nominated", "GET /k HTTP/1.1", "Connection: authorization"),
                framing("COS header nominated", "GET /k HTTP/1.1", "Connection: x-cos-acl"),
                framing("version 2.0", "GET /k HTTP/2.0"),
                framing("version 1.2", "GET /k HTTP/1.2"),
                framing("version 3.9", "GET /k HTTP/3.9"),
                framing("space before colon", "PUT /k HTTP/1.1", "Content-Length : 3"),
                framing("NUL in a value", "GET /k HTTP/1.1", "X-A: a\0b"),
                framing("CONNECT", "CONNECT /k HTTP/1.1"),
                framing("TRACE", "TRACE /k HTTP/1.1"));
    }

    private static Arguments framing(String what, String line, String... headers) {
        String[] all = Stream.concat(Stream.of(HOST), Stream.of(headers)).toArray(String[]::new);
        return Arguments.of(what, raw(line, all));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclearFraming")
    void unclearFramingIsRefusedAndTheConnectionCloses(String what, String head) {
        ParsedHead parsed = Heads.parse(head);

        assertThat(parsed).as(what).isInstanceOf(ParsedHead.Malformed.class);
        assertThat(((ParsedHead.Malformed) parsed).error().closesConnection()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host:",
                "Host: ",
                "Host: a b",
                "Host: a/b",
                "Host: user@a",
                "Host: a:",
                "Host: a:x",
                "Host: a:1:2",
                "Host: a..b",
                "Host: .a",
                "Host: a.",
                "Host: a:123456",
                "Host: [::1",
                "Host: []",
                "Host: a,b",
                "Host: \u00e4.de",
                "X-No: host",
                "Host: a\r\nHost: a",
                "Host: a\r\nHost: b"
            })
    void hostThatIsNotExactlyOneNameIsRefused(String header) {
        ParsedHead parsed = Heads.parse(raw("GET /k HTTP/1.1", header));

        assertThat(parsed).isInstanceOf(ParsedHead.Malformed.class);
        assertThat(((ParsedHead.Malformed) parsed).error().closesConnection()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a",
                "Host: a:8443",
                "Host: 127.0.0.1:18080",
                "Host: [::1]:443",
                "Host: [::1]",
                "Host: A.b-c.d"
            })
    void hostWithOrWithoutPortIsAccepted(String header) {
        assertThat(Heads.good(raw("GET /k HTTP/1.1", header)).authority())
                .isEqualTo(header.substring("Host: ".length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a/k",
                "a:443",
                "*",
                "k",
                "/k#f",
                "/k\0",
                "/k\u0001",
                "/k\u007f",
                "/k\u00e4",
                "/k\"",
                "/k<",
                "/k>",
                "/k\\",
                "/k^",
                "/k{",
                "/k}",
                "/k|",
                "/k`",
                "/k%",
                "/k%2",
                "/k%zz",
                "/k?a=%g0",
                "//a%"
            })
    void targetThatIsNoOriginFormIsRefused(String target) {
        ParsedHead parsed = Heads.parse(raw("GET " + target + " HTTP/1.1", HOST));

        assertThat(parsed).isInstanceOf(ParsedHead.Malformed.class);
        assertThat(((ParsedHead.Malformed) parsed).error().code()).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(((ParsedHead.Malformed) parsed).target()).matches("[ -~…]*");
    }

    @Test
    void whatSdksLeaveRawIsAccepted() {
        String target = "/a//b/%2Fd%20e%252F*~'()!&=+@:,;$.txt?q-sign-time=1;2&a=(b)";

        assertThat(Heads.good(raw("GET " + target + " HTTP/1.1", HOST)).target())
                .isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "PUTT", "PROPFIND", "G$T"})
    void unknownMethodIsNotImplemented(String method) {
        ParsedHead parsed = Heads.parse(raw(method + " /k HTTP/1.1", HOST));

        assertThat(((ParsedHead.Malformed) parsed).error().code()).isEqualTo(CosErrorCode.NOT_IMPLEMENTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Forwarded_For: 1",
                "X_Real_IP: 1",
                "x_cos_acl: public-read",
                "x-cos_acl: a",
                "X_Amz_Copy_Source: a",
                "Client_Cert: a",
                "pic_operations: a",
                "Content_MD5: a",
                "Authorization_x: a\r\nx_client_cn: a"
            })
    void underscoresThatPassForHyphensAreRefused(String header) {
        assertThat(Heads.parse(raw("GET /k HTTP/1.1", HOST, header))).isInstanceOf(ParsedHead.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-cos-meta-my_name: a", "my_header: a", "X-A: a\tb", "X-A: \u00e4"})
    void harmlessOdditiesAreAccepted(String header) {
        assertThat(Heads.parse(raw("GET /k HTTP/1.1", HOST, header))).isInstanceOf(ParsedHead.Good.class);
    }

    @Test
    void foldedValueIsOneLineByTheTimeItIsPassedOn() {
        var head = Heads.good(raw("GET /k HTTP/1.1", HOST, "X-A: a\r\n b"));

        assertThat(head.headers().get("X-A")).isEqualTo("a b");
    }

    @Test
    void framingIsDecidedFromTheHead() {
        assertThat(Heads.good(raw("PUT /k HTTP/1.1", HOST)).framing()).isEqualTo(new BodyFraming.None());
        assertThat(Heads.good(raw("PUT /k HTTP/1.1", HOST, "Content-Length: 9223372036854775807"))
                        .framing())
                .isEqualTo(new BodyFraming.Fixed(Long.MAX_VALUE));
        assertThat(Heads.good(raw("HEAD /k HTTP/1.1", HOST, "Content-Length: 0"))
                        .framing())
                .isEqualTo(new BodyFraming.Fixed(0));
        assertThat(Heads.good(raw("PUT /k HTTP/1.1", HOST, "Transfer-Encoding: CHUNKED"))
                        .framing())
                .isEqualTo(new BodyFraming.Streamed());
    }

    @Test
    void expectationOtherThanContinueFails() {
        ParsedHead parsed = Heads.parse(raw("PUT /k HTTP/1.1", HOST, "Content-Length: 1", "Expect: a-pony"));

        assertThat(((ParsedHead.Malformed) parsed).error().code()).isEqualTo(CosErrorCode.EXPECTATION_FAILED);
    }

    @Test
    void continueIsExpectedInHttp11Only() {
        String[] headers = {HOST, "Expect: 100-Continue"};

        assertThat(Heads.good(raw("PUT /k HTTP/1.1", headers)).expectContinue()).isTrue();
        assertThat(Heads.good(raw("PUT /k HTTP/1.0", headers)).expectContinue()).isFalse();
    }

    @Test
    void tooManyHeadersAreRefused() {
        String[] headers = Stream.concat(
                        Stream.of(HOST), Stream.generate(() -> "a: b").limit(128))
                .toArray(String[]::new);

        ParsedHead parsed = Heads.parse(raw("GET /k HTTP/1.1", headers));

        assertThat(((ParsedHead.Malformed) parsed).error().code()).isEqualTo(CosErrorCode.HEADER_TOO_LARGE);
    }

    @Test
    void tooLargeHeaderSectionIsSaidToBeThat() {
        ParsedHead parsed = Heads.parse(raw("GET /k HTTP/1.1", HOST, "X-A: " + "a".repeat(33 << 10)));

        assertThat(((ParsedHead.Malformed) parsed).error().code()).isEqualTo(CosErrorCode.HEADER_TOO_LARGE);
    }

    @Test
    void separatorsThatOnlyTheCodecTakesDoNotReachTheTarget() {
        assertThat(Heads.good(raw("GET\t/k\tHTTP/1.1", HOST)).target()).isEqualTo("/k");
        assertThat(Heads.good(raw("\r\n  GET   /k  HTTP/1.1", HOST)).target()).isEqualTo("/k");
    }
}
