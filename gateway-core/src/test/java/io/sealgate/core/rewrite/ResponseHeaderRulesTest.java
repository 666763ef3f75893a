package io.sealgate.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class ResponseHeaderRulesTest {

    @Test
    void fixedAndNominatedHopByHopFieldsAreRemoved() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("Connection", "close, X-Own")
                .add("connection", "x-other")
                .add("X-Own", "1")
                .add("X-Other", "1")
                .add("Keep-Alive", "timeout=5")
                .add("Proxy-Connection", "close")
                .add("Transfer-Encoding", "chunked")
                .add("Trailer", "x")
                .add("Upgrade", "h2c")
                .add("Server", "tencent-cos");

        ResponseHeaderRules.apply(headers);

        assertThat(headers.names()).containsExactly("Server");
    }

    @Test
    void anOriginDoesNotSpeakInTheGatewaysName() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("X-Sealgate-Error", "request")
                .add("X-Sealgate-Key", "images/1")
                .add("X-Sealgate-Certificate-Expires", "Thu, 05 Nov 2026 08:09:07 GMT")
                .add("Alt-Svc", "h3=\":443\"")
                .add("Server", "tencent-cos");

        ResponseHeaderRules.apply(headers);

        assertThat(headers.names()).containsExactly("Server");
    }

    @Test
    void noPeerCanHaveAnEssentialFieldRemoved() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("Connection", "ETag, Content-Length, x-cos-hash-crc64ecma, X-COS-request-id, Content-Range, date")
                .add("ETag", "\"e\"")
                .add("Content-Length", "3")
                .add("Content-Range", "bytes 0-2/3")
                .add("Date", "now")
                .add("x-cos-request-id", "r")
                .add("x-cos-hash-crc64ecma", "1");

        ResponseHeaderRules.apply(headers);

        assertThat(headers.names())
                .containsExactlyInAnyOrder(
                        "ETag", "Content-Length", "Content-Range", "Date", "x-cos-request-id", "x-cos-hash-crc64ecma");
    }
}
