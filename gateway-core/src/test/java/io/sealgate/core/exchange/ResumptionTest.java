package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.exchange.Resumption.Verdict;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.planning.Plans;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest {

    private static final String ETAG = "\"abc\"";

    @Test
    void whatIsMissingIsAskedForOfTheSameVersion() {
        UpstreamRequest rest = resumption("GET /a?versionId=7", whole(1000)).next(300);

        assertThat(header(rest, "range")).isEqualTo("bytes=300-999");
        assertThat(header(rest, "if-match")).isEqualTo(ETAG);
        assertThat(rest).isNotNull();
        assertThat(rest.toHttp().uri()).isEqualTo("/a?versionId=7");
    }

    @Test
    void theRestOfARangeIsCountedFromItsBeginning() {
        UpstreamRequest rest =
                resumption("GET /a", part("bytes 100-199/1000", 100)).next(30);

        assertThat(header(rest, "range")).isEqualTo("bytes=130-199");
    }

    @Test
    void conditionsThatWereAnsweredAreNotAskedAgain() {
        UpstreamRequest rest =
                resumption("GET /a", whole(1000), "If-None-Match: \"x\"").next(1);

        assertThat(header(rest, "if-none-match")).isNull();
    }

    @Test
    void threeAttemptsWithoutProgressAreEnough() {
        Resumption resumption = resumption("GET /a", whole(1000));
        for (int i = 0; i < 3; i++) {
            assertThat(resumption.next(300)).isNotNull();
        }
        assertThat(resumption.next(300)).isNull();
    }

    @Test
    void sixteenAreEnoughWhateverTheProgress() {
        Resumption resumption = resumption("GET /a", whole(1000));
        for (int i = 0; i < 16; i++) {
            assertThat(resumption.next(i)).isNotNull();
            assertThat(resumption.pause()).isLessThanOrEqualTo(Duration.ofMillis(100));
        }
        assertThat(resumption.next(500)).isNull();
    }

    @Test
    void pausesGrowWhileThereIsNoProgress() {
        Resumption resumption = resumption("GET /a", whole(1000));
        resumption.next(0);
        resumption.next(0);
        resumption.next(0);
        assertThat(resumption.pause()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD /a", "GET /?prefix=a"})
    void whatIsNotTheObjectItselfIsNotResumed(String line) {
        assertThat(Resumption.of(plan(line), whole(1000), ResponseFraming.of(HttpMethod.GET, whole(1000))))
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("hopelessAnswers")
    void anAnswerThatDoesNotSayEnoughIsNotResumed(HttpResponse head) {
        assertThat(Resumption.of(plan("GET /a"), head, ResponseFraming.of(HttpMethod.GET, head)))
                .isNull();
    }

    static Stream<HttpResponse> hopelessAnswers() {
        return Stream.of(
                answer(200, 1000, null, null),
                answer(200, 1000, "W/" + ETAG, null),
                answer(200, -1, ETAG, null),
                answer(200, 0, ETAG, null),
                answer(206, 100, ETAG, null),
                answer(206, 100, ETAG, "bytes 0-98/1000"),
                answer(404, 100, ETAG, null),
                encoded(answer(200, 1000, ETAG, null)));
    }

    @Test
    void whereThePlanForwardsTheClientsSignatureNothingIsAskedAgain() {
        assertThat(Resumption.of(
                        Plans.forwarding("GET /a"), whole(1000), ResponseFraming.of(HttpMethod.GET, whole(1000))))
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("continuations")
    void onlyExactlyTheRestGoesOn(HttpResponse head, Verdict verdict) {
        Resumption resumption = resumption("GET /a", whole(1000));
        resumption.next(300);

        assertThat(resumption.judge(head)).isEqualTo(verdict);
    }

    static Stream<Arguments> continuations() {
        return Stream.of(
                arguments(answer(206, 700, ETAG, "bytes 300-999/1000"), Verdict.GO_ON),
                arguments(answer(206, 700, "\"other\"", "bytes 300-999/1000"), Verdict.NEVER),
                arguments(answer(206, 700, null, "bytes 300-999/1000"), Verdict.NEVER),
                arguments(answer(206, 701, ETAG, "bytes 299-999/1000"), Verdict.NEVER),
                arguments(answer(206, 700, ETAG, "bytes 300-999/1001"), Verdict.NEVER),
                arguments(answer(206, 699, ETAG, "bytes 300-999/1000"), Verdict.NEVER),
                arguments(answer(206, -1, ETAG, "bytes 300-999/1000"), Verdict.NEVER),
                arguments(encoded(answer(206, 700, ETAG, "bytes 300-999/1000")), Verdict.NEVER),
                arguments(twice(answer(206, 700, ETAG, "bytes 300-999/1000"), "etag", ETAG), Verdict.NEVER),
                arguments(
                        twice(answer(206, 700, ETAG, "bytes 300-999/1000"), "content-range", "bytes 0-699/1000"),
                        Verdict.NEVER),
                arguments(twice(answer(206, 700, ETAG, "bytes 300-999/1000"), "x-cos-version-id", "7"), Verdict.NEVER),
                arguments(answer(200, 1000, ETAG, null), Verdict.NEVER),
                arguments(answer(404, 10, null, null), Verdict.NEVER),
                arguments(answer(412, 10, null, null), Verdict.CHANGED),
                arguments(answer(429, 10, null, null), Verdict.LATER),
                arguments(answer(503, 10, null, null), Verdict.LATER));
    }

    private static Plan.Forward plan(String line, String... headers) {
        return Plans.signing(line, headers);
    }

    private static Resumption resumption(String line, HttpResponse head, String... headers) {
        Resumption resumption = Resumption.of(plan(line, headers), head, ResponseFraming.of(HttpMethod.GET, head));
        assertThat(resumption).isNotNull();
        return resumption;
    }

    private static @Nullable String header(@Nullable UpstreamRequest request, String name) {
        assertThat(request).isNotNull();
        return request.toHttp().headers().get(name);
    }

    private static HttpResponse whole(long length) {
        return answer(200, length, ETAG, null);
    }

    private static HttpResponse part(String range, long length) {
        return answer(206, length, ETAG, range);
    }

    private static HttpResponse twice(HttpResponse head, String name, String value) {
        head.headers().add(name, value);
        return head;
    }

    private static HttpResponse encoded(HttpResponse head) {
        head.headers().set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        return head;
    }

    private static HttpResponse answer(int status, long length, @Nullable String etag, @Nullable String range) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        if (length >= 0) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        if (etag != null) {
            head.headers().set(HttpHeaderNames.ETAG, etag);
        }
        if (range != null) {
            head.headers().set(HttpHeaderNames.CONTENT_RANGE, range);
        }
        return head;
    }
}
