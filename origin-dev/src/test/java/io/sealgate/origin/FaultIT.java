package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault.EarlyAnswer.Then;
import io.sealgate.origin.RawClient.Ending;
import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultIT {
    private static final byte[] OBJECT = OriginFixture.noise(300_000);

    @TempDir
    Path directory;

    private OriginFixture cos;

    @BeforeEach
    void start() throws IOException {
        cos = new OriginFixture(directory);
        cos.origin.store().put(OriginFixture.BUCKET, "a", OBJECT, Headers.none());
    }

    @AfterEach
    void stop() throws IOException {
        cos.close();
    }

    private Reply getWith(Fault fault) throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), fault);
        return cos.get("/a");
    }

    @Test
    void delayPostponesTheHead() throws IOException {
        long start = System.nanoTime();

        Reply reply = getWith(new Fault.Delay(Duration.ofMillis(200)));

        assertThat(reply.bytes()).isEqualTo(OBJECT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void stallNeverAnswers() throws IOException {
        cos.client.patience(200);

        Reply reply = getWith(new Fault.Stall());

        assertThat(reply.status()).isZero();
        assertThat(reply.ending()).isEqualTo(Ending.SILENCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 200_000})
    void bodiesStopWhereTheyAreTold(int bytes) throws IOException {
        Reply truncated = getWith(new Fault.Truncate(bytes));

        assertThat(truncated.header("Content-Length")).isEqualTo("300000");
        assertThat(truncated.ending()).isEqualTo(Ending.CLOSED);
        assertThat(truncated.bytes()).isEqualTo(Arrays.copyOf(OBJECT, bytes));
    }

    @Test
    void stallAfterLeavesTheConnectionOpen() throws IOException {
        cos.client.patience(300);

        Reply reply = getWith(new Fault.StallAfter(1000));

        assertThat(reply.ending()).isEqualTo(Ending.SILENCE);
        assertThat(reply.bytes()).isEqualTo(Arrays.copyOf(OBJECT, 1000));
    }

    @Test
    void resetAfterIsAReset() throws IOException {
        Reply reply = getWith(new Fault.ResetAfter(1000));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.ending()).isEqualTo(Ending.RESET);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_535, 65_536, 299_999})
    void flipByteChangesOneByteAndNoHeader(int offset) throws IOException {
        Reply reply = getWith(new Fault.FlipByte(offset));

        byte[] expected = OBJECT.clone();
        expected[offset] = (byte) ~expected[offset];
        assertThat(reply.bytes()).isEqualTo(expected);
        assertThat(reply.header("x-cos-hash-crc64ecma")).isEqualTo(Long.toUnsignedString(Crc64.of(OBJECT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void aByteCanBeStoredOtherwiseThanItWasVerified(int offset) throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.FlipStoredByte(offset));

        Reply reply = cos.put("/b", "hello", "Content-MD5: XUFAKrxLKna5cZ2REBfFkg==");

        byte[] stored = "hello".getBytes(UTF_8);
        stored[offset] = (byte) ~stored[offset];
        assertThat(reply.status()).isEqualTo(200);
        assertThat(cos.stored("b").bytes()).isEqualTo(stored);
        assertThat(reply.header("x-cos-hash-crc64ecma")).isEqualTo(Long.toUnsignedString(Crc64.of(stored)));
    }

    @Test
    void bodiesCanBeChunked() throws IOException {
        Reply reply = getWith(new Fault.ChunkedBody());

        assertThat(reply.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(reply.bytes()).isEqualTo(OBJECT);
    }

    @Test
    void chunkedBodiesCanStopShort() throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.ChunkedBody());

        Reply reply = getWith(new Fault.Truncate(70_000));

        assertThat(reply.ending()).isEqualTo(Ending.CLOSED);
        assertThat(reply.bytes()).isEqualTo(Arrays.copyOf(OBJECT, 70_000));
    }

    @Test
    void headersCanBeWrongOrMissing() throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.Header("ETag", null));

        Reply reply = getWith(new Fault.WrongCrcHeader());

        assertThat(reply.header("x-cos-hash-crc64ecma")).isNotEqualTo(Long.toUnsignedString(Crc64.of(OBJECT)));
        assertThat(reply.headers().contains("ETag")).isFalse();
    }

    @Test
    void interimAnswersComeFirst() throws IOException {
        Reply reply = getWith(new Fault.Interim(103));

        assertThat(reply.interims()).containsExactly(103);
        assertThat(reply.bytes()).isEqualTo(OBJECT);
    }

    @Test
    void resetOnRequestBodyCommitsNothing() throws IOException {
        cos.origin.faults().next(RequestMatcher.method("PUT"), new Fault.ResetOnRequestBody(3));

        cos.client.send("PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");

        assertThat(cos.client.receive("PUT").ending()).isEqualTo(Ending.RESET);
        cos.origin.log().awaitFinished(1, OriginFixture.PATIENCE);
        assertThat(cos.exists("new")).isFalse();
        assertThat(directory.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void resetOnTheHeadSeesNoBody() throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.ResetOnRequestBody(0));

        assertThat(cos.get("/a").ending()).isEqualTo(Ending.RESET);
    }

    @Test
    void anEarlyAnswerComesBeforeTheBodyAndTheConnectionLivesOn() throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.EarlyAnswer(503, "SlowDown", Then.KEEP_READING));
        cos.client.send("PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");

        Reply early = cos.client.receive("PUT");
        cos.client.send("hello");

        assertThat(early.status()).isEqualTo(503);
        assertThat(early.text()).contains("<Code>SlowDown</Code>");
        assertThat(cos.get("/a").bytes()).isEqualTo(OBJECT);
        assertThat(cos.exists("new")).isFalse();
    }

    @Test
    void anEarlyAnswerMayClose() throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.EarlyAnswer(403, "AccessDenied", Then.CLOSE));
        cos.client.send("PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");

        assertThat(cos.client.receive("PUT").status()).isEqualTo(403);
        assertThat(cos.client.closedByPeer()).isTrue();
    }

    @Test
    void anEarlyAnswerMayStopReading() throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.EarlyAnswer(403, "AccessDenied", Then.STOP_READING));
        cos.client.send("PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
        assertThat(cos.client.receive("PUT").status()).isEqualTo(403);

        cos.client.patience(200).send("hello");

        assertThat(cos.client.receive("PUT").ending()).isEqualTo(Ending.SILENCE);
        assertThat(cos.origin.log().requests().get(0).bodyBytes()).isZero();
    }

    @Test
    void closeReusedSparesTheFirstRequest() throws IOException {
        cos.origin.faults().always(RequestMatcher.any(), new Fault.CloseReused());

        assertThat(cos.get("/a").status()).isEqualTo(200);
        assertThat(cos.get("/a")).satisfies(reply -> {
            assertThat(reply.status()).isZero();
            assertThat(reply.ending()).isEqualTo(Ending.CLOSED);
        });
    }

    @Test
    void dropBeforeResponseCommitsAndSaysNothing() throws IOException {
        cos.origin.faults().next(RequestMatcher.any(), new Fault.DropBeforeResponse());

        Reply reply = cos.put("/new", "hello");

        assertThat(reply.status()).isZero();
        assertThat(reply.ending()).isEqualTo(Ending.CLOSED);
        assertThat(cos.stored("new").bytes()).asString().isEqualTo("hello");
    }

    @Test
    void anErrorMayHideBehind200() throws IOException {
        Reply reply = getWith(new Fault.ErrorInBody("InternalError"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).startsWith(" ").contains("<Error><Code>InternalError</Code>");
        assertThat(XmlElement.parse(reply.bytes(), "Error").need("Code")).isEqualTo("InternalError");
    }
}
