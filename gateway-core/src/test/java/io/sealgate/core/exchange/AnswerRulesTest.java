package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerRulesTest {

    @ParameterizedTest
    @CsvSource({
        "GET,  200, content-length: 2",
        "GET,  200, content-length: 0",
        "GET,  200, transfer-encoding: chunked",
        "GET,  200, Transfer-Encoding: Chunked",
        "PUT,  200, content-length: 0",
        "GET,  404, content-length: 300",
        "DELETE, 204, etag: a",
        "GET,  304, etag: a",
        "HEAD, 200, etag: a",
        "HEAD, 404, etag: a"
    })
    void anAnswerThatSaysWhereItEndsIsPassedOn(String method, int status, String field) {
        assertThat(AnswerRules.judge(HttpMethod.valueOf(method), () -> null, answer(status, field)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 203, 206, 301, 403, 404, 503})
    void anAnswerThatEndsWithTheConnectionIsNot(int status) {
        assertThat(AnswerRules.judge(HttpMethod.GET, () -> "bytes=0-1", answer(status)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transfer-encoding: gzip, chunked",
                "transfer-encoding: gzip",
                "transfer-encoding: chunked, chunked",
                "transfer-encoding: identity",
                "transfer-encoding: ,chunked",
                "transfer-encoding: "
            })
    void bytesInACodingThatNobodyAskedForAreNotTheObject(String field) {
        assertThat(AnswerRules.judge(HttpMethod.GET, () -> null, answer(200, field)))
                .isNotNull();
        assertThat(AnswerRules.judge(HttpMethod.GET, () -> null, answer(200, field, "content-length: 4")))
                .isNotNull();
    }

    @Test
    void twoCodingsAreNotOne() {
        HttpResponse twice = answer(200, "transfer-encoding: gzip", "transfer-encoding: chunked");

        assertThat(AnswerRules.judge(HttpMethod.GET, () -> null, twice)).isNotNull();
    }

    @Test
    void nothingIsNoAnswerToAGet() {
        assertThat(AnswerRules.judge(HttpMethod.GET, () -> null, answer(204))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, bytes 1-4/100, 4",
        "bytes=0-3, bytes 0-2/100, 3",
        "bytes=0-3, bytes 0-3/100, 5",
        "bytes=0-3, bytes */100, 4",
        "bytes=0-3, , 4",
        "bytes=5-, bytes 5-9/100, 5",
        "bytes=-5, bytes 0-4/100, 5"
    })
    void anotherPartThanTheOneAskedForIsNoAnswer(String range, String sent, int length) {
        HttpResponse part = answer(206, "content-length: " + length);
        if (sent != null) {
            part.headers().set("content-range", sent);
        }
        assertThat(AnswerRules.judge(HttpMethod.GET, () -> range, part)).isNotNull();
    }

    @Test
    void aPartIsNoAnswerToAQuestionForTheWhole() {
        HttpResponse part = answer(206, "content-length: 4", "content-range: bytes 0-3/100");

        assertThat(AnswerRules.judge(HttpMethod.GET, () -> "bytes=0-3", part)).isNull();
        assertThat(AnswerRules.judge(HttpMethod.GET, () -> "bytes=0-3,9-10", part))
                .isNull();
        assertThat(AnswerRules.judge(HttpMethod.GET, () -> null, part)).isNotNull();
    }

    private static HttpResponse answer(int status, String... fields) {
        HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        for (String field : fields) {
            int colon = field.indexOf(':');
            answer.headers()
                    .add(field.substring(0, colon), field.substring(colon + 1).trim());
        }
        return answer;
    }
}
