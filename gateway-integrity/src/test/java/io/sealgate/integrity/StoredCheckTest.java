package io.sealgate.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.IntegrityConfig.ContentMd5;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.spi.BodyTapFactory.Head;
import io.sealgate.core.spi.BodyTapFactory.Stored;
import io.sealgate.core.spi.BodyTapFactory.Storing;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.spi.TapResult.Matched;
import io.sealgate.core.spi.TapResult.Mismatched;
import io.sealgate.core.spi.TapResult.NotChecked;
import io.sealgate.integrity.crc64.Crc64Ecma;
import io.sealgate.integrity.crc64.KernelSelection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredCheckTest {

    private static final IntegrityConfig ON = IntegrityConfig.defaults();
    private static final IntegrityConfig OFF = new IntegrityConfig(
            new IntegrityConfig.Upload(ContentMd5.VERIFY, Crc64.NONE, null), ON.download(), ON.verifyBuffer());
    private static final TapResult MD5 = new Matched("md5", "x");

    private static final ClientKey CLIENT = ClientKey.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    private final StoredCheck check = new StoredCheck(
            PartLedger.inMemory(100),
            new AppendCheck(
                    AppendLedger.inMemory(100, Duration.ofMinutes(1)),
                    KernelSelection.of(KernelSelection.Choice.JAVA).kernel()));

    @ParameterizedTest
    @EnumSource(names = {"PUT_OBJECT", "UPLOAD_PART"})
    void whatWasStoredAsItWasSentMatches(CosOperation operation) {
        assertThat(judge(operation, "", "hello", crc("hello")))
                .containsExactly(MD5, new Matched("crc64", crc("hello")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "", "x", "-1"})
    void anythingElseIsNoSuccess(String said) {
        assertThat(judge(CosOperation.PUT_OBJECT, "", "hello", said).get(1)).isInstanceOf(Mismatched.class);
    }

    @Test
    void originsThatSayNothingAreNotChecked() {
        assertThat(judge(CosOperation.PUT_OBJECT, "", "hello", null))
                .containsExactly(MD5, new NotChecked("crc64", crc("hello"), "absent"));
    }

    @Test
    void appendedPiecesAreComparedWithWhatTheyAreAppendedTo() {
        assertThat(judge(CosOperation.APPEND_OBJECT, "position=0", "hello", crc("hello")))
                .containsExactly(MD5, new Matched("crc64", crc("hello")));
        assertThat(judge(CosOperation.APPEND_OBJECT, "position=5", "world", crc("helloworld")))
                .containsExactly(MD5, new Matched("crc64", crc("helloworld")));
        assertThat(judge(CosOperation.APPEND_OBJECT, "position=10", "!", crc("helloworld?"))
                        .get(1))
                .isInstanceOf(Mismatched.class);
    }

    @Test
    void aRefusedUploadAndARouteThatDoesNotWantItHaveNoVerdict() {
        NotChecked unanswered = new NotChecked("crc64", crc("hello"), "unanswered");
        assertThat(judge(ON, CosOperation.PUT_OBJECT, "", "hello", 403, headers("1"), ""))
                .containsExactly(MD5, unanswered);
        assertThat(judge(OFF, CosOperation.PUT_OBJECT, "", "hello", 200, headers("1"), ""))
                .containsExactly(MD5, unanswered);
    }

    @Test
    void theWholeOfAMultipartUploadIsComparedWithItsParts() {
        part(1, "one", "e1");
        part(2, "two", "e2");

        assertThat(complete(crc("onetwo"), 1, "\"e1\"", 2, "e2")).containsExactly(new Matched("crc64", crc("onetwo")));
        assertThat(complete(crc("onetwo"), 1, "e1", 2, "e2"))
                .as("it is over")
                .containsExactly(new NotChecked("crc64", "", "unseen-parts"));
    }

    @Test
    void aWholeOfOtherBytesIsNoSuccess() {
        part(1, "one", "e1");
        part(2, "two", "e2");

        assertThat(complete(crc("twoone"), 1, "e1", 2, "e2").get(0)).isInstanceOf(Mismatched.class);
        assertThat(complete(crc("twoone"), 1, "e1", 2, "e2").get(0))
                .as("asking again does not help")
                .isInstanceOf(Mismatched.class);
    }

    @Test
    void whatHasNoReasonableNameIsNotRemembered() {
        String endless = "e".repeat(129);
        part(1, "one", endless);

        assertThat(complete(crc("one"), 1, endless)).containsExactly(new NotChecked("crc64", "", "unseen-parts"));
    }

    @Test
    void partsThatAreNotKnownAsTheClientNamesThemAreNoAlarm() {
        NotChecked unseen = new NotChecked("crc64", "", "unseen-parts");
        part(1, "one", "e1");

        assertThat(complete("1", 1, "sent again elsewhere")).containsExactly(unseen);
        part(1, "one", "e1");
        assertThat(complete("1", 1, "e1", 2, "e2")).containsExactly(unseen);
        assertThat(complete("1")).containsExactly(unseen);
    }

    private static final CosResource OBJECT = new CosResource("bucket", "r", "key");
    private static final NamedPart FIRST = new NamedPart(1, "\"E1\"");

    private boolean reserve(int number, int bytes) {
        return check.reserve(new Storing(CosOperation.UPLOAD_PART, ON, OBJECT, partQuery(number), CLIENT), bytes, 10);
    }

    private static List<QueryParameter> partQuery(int number) {
        return parameters("partNumber=" + number + "&uploadId=7");
    }

    private void answered(IntegrityConfig config, int status, @Nullable String crc64) {
        HttpHeaders headers = headers(crc64).set("etag", "\"E1\"");
        judge(config, CosOperation.UPLOAD_PART, "partNumber=1&uploadId=7", "hello", status, headers, "");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 411, 499})
    void aPartThatTheOriginHasRefusedDoesNotCount(int status) {
        assertThat(reserve(1, 5)).isTrue();
        answered(ON, status, null);

        assertThat(reserve(2, 10)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 500, 502, 503, 504})
    void aPartThatMayBeStoredCounts(int status) {
        assertThat(reserve(1, 5)).isTrue();
        answered(ON, status, "1");

        assertThat(reserve(2, 6)).isFalse();
        assertThat(reserve(2, 5)).isTrue();
    }

    @Test
    void thePartThatIsNamedIsTheOneThatWasAnswered() {
        reserve(1, 5);
        assertThat(check.partSizes(OBJECT, "7").apply(FIRST)).isEmpty();
        answered(ON, 200, crc("hello"));

        assertThat(check.partSizes(OBJECT, "7").apply(FIRST)).hasValue(5);
        assertThat(check.partSizes(OBJECT, "7").apply(new NamedPart(1, "e2"))).isEmpty();
        assertThat(check.partSizes(OBJECT, "7").apply(new NamedPart(2, "E1"))).isEmpty();
        assertThat(check.partSizes(OBJECT, "8").apply(FIRST)).isEmpty();
        assertThat(check.partSizes(new CosResource("bucket", "r", "other"), "7").apply(FIRST))
                .isEmpty();
    }

    @Test
    void aPartThatWasStoredOtherwiseThanItWasSentIsNotKnown() {
        reserve(1, 5);
        answered(ON, 200, "1");

        assertThat(check.partSizes(OBJECT, "7").apply(FIRST)).isEmpty();
    }

    @Test
    void whatIsNotVerifiedCountsAllTheSameAndIsNoChecksumOfTheWhole() {
        reserve(1, 5);
        answered(OFF, 200, null);

        assertThat(check.partSizes(OBJECT, "7").apply(FIRST)).hasValue(5);
        assertThat(complete("1", 1, "E1")).containsExactly(new NotChecked("crc64", "", "unseen-parts"));
    }

    @ParameterizedTest
    @CsvSource({"204, true", "200, true", "304, false", "403, false", "404, false", "500, false", "503, false"})
    void anAbortThatWasSeenEndsTheUpload(int status, boolean isOver) {
        reserve(1, 10);
        judge(OFF, CosOperation.ABORT_MULTIPART, "uploadId=7", "", status, headers(null), "");

        assertThat(reserve(2, 1)).isEqualTo(isOver);
    }

    @Test
    void aCompletionThatMayHaveFailedInItsBodyForgetsNothing() {
        reserve(1, 5);
        answered(OFF, 200, null);
        judge(OFF, CosOperation.COMPLETE_MULTIPART, "uploadId=7", "", 200, headers(null), "");
        assertThat(check.partSizes(OBJECT, "7").apply(FIRST)).hasValue(5);

        judge(OFF, CosOperation.COMPLETE_MULTIPART, "uploadId=7", "", 200, headers("1"), "");
        assertThat(check.partSizes(OBJECT, "7").apply(FIRST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "01", "\u0661", "\uff11", " 1", "10001", "2147483647"})
    void aPartWhoseNumberIsNotPlainIsNotRememberedAsAnother(String number) {
        HttpHeaders headers = headers(crc("hello")).set("etag", "\"E1\"");
        String query = "partNumber=" + number + "&uploadId=7";
        judge(ON, CosOperation.UPLOAD_PART, query, "hello", 200, headers, "");

        assertThat(check.partSizes(OBJECT, "7").apply(FIRST)).isEmpty();
        part(1, "hello", "e1");
        assertThat(complete(crc("hello"), number.strip().equals("1") ? "0" : number, "e1"))
                .containsExactly(new NotChecked("crc64", "", "unseen-parts"));
    }

    private void part(int number, String body, String etag) {
        HttpHeaders headers = headers(crc(body)).set("etag", '"' + etag + '"');
        judge(ON, CosOperation.UPLOAD_PART, "partNumber=" + number + "&uploadId=7", body, 200, headers, "");
    }

    private List<TapResult> complete(String said, Object... numbersAndTags) {
        StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < numbersAndTags.length; i += 2) {
            document.append("<Part><PartNumber>")
                    .append(numbersAndTags[i])
                    .append("</PartNumber><ETag>")
                    .append(numbersAndTags[i + 1])
                    .append("</ETag></Part>");
        }
        String xml = document.append("</CompleteMultipartUpload>").toString();
        return judge(ON, CosOperation.COMPLETE_MULTIPART, "uploadId=7", "", 200, headers(said), xml);
    }

    private List<TapResult> judge(CosOperation operation, String query, String body, @Nullable String said) {
        return judge(ON, operation, query, body, 200, headers(said), "");
    }

    private List<TapResult> judge(
            IntegrityConfig config,
            CosOperation operation,
            String query,
            String body,
            int status,
            HttpHeaders headers,
            String document) {
        List<TapResult> results = operation == CosOperation.COMPLETE_MULTIPART
                ? List.of()
                : List.of(MD5, new NotChecked("crc64", crc(body), "unanswered"));
        return check.judge(new Stored(
                        new Storing(operation, config, OBJECT, parameters(query), CLIENT),
                        null,
                        body.length(),
                        results,
                        ByteBuffer.wrap(document.getBytes(UTF_8)),
                        new Head(status, headers)))
                .results();
    }

    private static List<QueryParameter> parameters(String query) {
        if (query.isEmpty()) {
            return List.of();
        }
        return List.of(query.split("&")).stream()
                .map(parameter -> parameter.split("=", 2))
                .map(pair -> new QueryParameter(pair[0], pair[1]))
                .toList();
    }

    private static HttpHeaders headers(@Nullable String crc64) {
        HttpHeaders headers = new DefaultHttpHeaders();
        return crc64 == null ? headers : headers.set("x-cos-hash-crc64ecma", crc64);
    }

    private static String crc(String text) {
        Crc64Ecma crc64 = new Crc64Ecma();
        crc64.update(Unpooled.copiedBuffer(text, UTF_8));
        return crc64.text();
    }
}
