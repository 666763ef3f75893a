package io.sealgate.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.BodyFraming;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What S3 clients say is judged, and sent on, as if they had said it in COS's words. */
class S3DialectTest {

    private static final String STREAMING = "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    private final PlanFixture all = PlanFixture.signing(PlanFixture.route("/**", "all"));

    @ParameterizedTest
    @CsvSource({
        "x-amz-meta-Who, x-cos-meta-who, me",
        "X-Amz-Meta-under_score, x-cos-meta-under_score, me",
        "x-amz-storage-class, x-cos-storage-class, STANDARD_IA",
        "x-amz-acl, x-cos-acl, public-read",
        "x-amz-grant-read, x-cos-grant-read, 'id=\"100000000001\"'",
        "x-amz-tagging, x-cos-tagging, a=b"
    })
    void twinsAreRenamed(String s3, String cos, String value) {
        HttpRequest sent = all.sent("PUT /k", s3 + ": " + value, "Content-Length: 3");

        assertThat(sent.headers().get(cos)).isEqualTo(value);
        assertThat(sent.headers().names()).noneMatch(name -> name.startsWith("x-amz-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-acl: public-read", "x-amz-tagging: a=b", "x-amz-grant-write-acp: id=\"1\""})
    void aTwinNeedsWhatItsTwinNeeds(String header) {
        PlanFixture writes = PlanFixture.signing(PlanFixture.route("/**", "write"));

        assertThat(writes.refusal("PUT /k", header, "Content-Length: 3")).isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @Test
    void sayingBothTwinsIsSayingItTwice() {
        assertThat(all.refusal("PUT /k", "x-amz-acl: private", "x-cos-acl: public-read", "Content-Length: 3"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void whatIsOfTheSdkOrOfChecksumsEndsHere() {
        HttpRequest sent = all.sent(
                "PUT /k?x-id=PutObject",
                "Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host, Signature=f",
                "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                "x-amz-date: 20261124T203652Z",
                "x-amz-checksum-crc32: DUoRhQ==",
                "x-amz-user-agent: aws-sdk-js/3",
                "Content-Length: 11");

        assertThat(sent.uri()).isEqualTo("/k");
        assertThat(sent.headers().names())
                .extracting(name -> name.toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrder("host", "content-length", "authorization");
        assertThat(sent.headers().get("authorization")).isEqualTo("signed /k");
    }

    @ParameterizedTest
    @CsvSource({
        "examplebucket-1250000000/src/a%20b",
        "/examplebucket-1250000000/src/a%20b",
        "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/src/a%20b"
    })
    void copySourcesAreOfTheBucketsRegion(String source) {
        HttpRequest sent = all.sent(
                "PUT /k",
                "x-amz-copy-source: " + source,
                "x-amz-metadata-directive: REPLACE",
                "x-amz-tagging-directive: COPY",
                "Content-Length: 0");

        assertThat(sent.headers().get("x-cos-copy-source")).isEqualTo(PlanFixture.HOST + "/src/a%20b");
        assertThat(sent.headers().get("x-cos-metadata-directive")).isEqualTo("Replaced");
        assertThat(sent.headers().get("x-cos-tagging-directive")).isEqualTo("Copy");
    }

    @Test
    void copiesNeedWhatCopiesNeed() {
        PlanFixture own = PlanFixture.signing(PlanFixture.route("/own/**", "read", "write", "copy"));
        PlanFixture writes = PlanFixture.signing(PlanFixture.route("/**", "write"));
        String inside = "x-amz-copy-source: examplebucket-1250000000/own/a";

        assertThat(own.sent("PUT /own/b", inside, "Content-Length: 0").headers().contains("x-cos-copy-source"))
                .isTrue();
        assertThat(writes.refusal("PUT /own/b", inside, "Content-Length: 0")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        for (String source : List.of("otherbucket-1250000000/own/a", "examplebucket-1250000000/others/a")) {
            assertThat(own.refusal("PUT /own/b", "x-amz-copy-source: " + source, "Content-Length: 0"))
                    .isEqualTo(CosErrorCode.ACCESS_DENIED);
        }
        assertThat(own.refusal("PUT /own/b", "x-amz-copy-source: arn:aws:s3:a/b", "Content-Length: 0"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
        assertThat(own.refusal("PUT /own/b", inside, "x-cos-copy-source: " + PlanFixture.HOST + "/own/a"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
        assertThat(own.refusal("PUT /own/b", inside, "Content-Length: 3")).isEqualTo(CosErrorCode.INVALID_REQUEST);
    }

    @Test
    void encryptionIsTheRoutesToJudge() {
        assertThat(all.refusal("PUT /k", "x-amz-server-side-encryption: aws:kms", "Content-Length: 3"))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @CsvSource({
        "aws-chunked, ''",
        "'aws-chunked,gzip', gzip",
        "'gzip, AWS-Chunked', gzip",
        "'aws-chunked,gzip,br', 'gzip,br'"
    })
    void aChunkedBodyIsFramedAsTheObjectIs(String coding, String left) {
        var request = PlanFixture.forwarded(all.plan(
                "PUT /k",
                STREAMING,
                "Content-Encoding: " + coding,
                "x-amz-decoded-content-length: 11",
                "Content-Length: 52"));

        assertThat(request.framing()).isEqualTo(new BodyFraming.Fixed(11));
        assertThat(request.toHttp().headers().getAll("content-length")).containsExactly("11");
        assertThat(request.toHttp().headers().get("content-encoding", "")).isEqualTo(left);
    }

    /** As AWS SDK for Java 2.57.8 says it. */
    @Test
    void codingsMayComeInTwoLines() {
        var sent = all.sent(
                "PUT /k",
                STREAMING,
                "Content-Encoding: gzip",
                "Content-Encoding: aws-chunked",
                "x-amz-decoded-content-length: 11",
                "Content-Length: 52");

        assertThat(sent.headers().getAll("content-encoding")).containsExactly("gzip");
    }

    @Test
    void theCodingNeedNotBeSaid() {
        var request = PlanFixture.forwarded(
                all.plan("PUT /k", STREAMING, "x-amz-decoded-content-length: 11", "Content-Length: 52"));

        assertThat(request.framing()).isEqualTo(new BodyFraming.Fixed(11));
    }

    @Test
    void chunksOfHttpAroundThemDoNotMatter() {
        var request = PlanFixture.forwarded(all.plan(
                "PUT /k?partNumber=1&uploadId=u",
                STREAMING,
                "x-amz-decoded-content-length: 11",
                "Transfer-Encoding: chunked"));

        assertThat(request.framing()).isEqualTo(new BodyFraming.Fixed(11));
    }

    @Test
    void theLengthOfTheObjectMustBeSaid() {
        assertThat(all.refusal("PUT /k", STREAMING, "Content-Length: 52"))
                .isEqualTo(CosErrorCode.MISSING_CONTENT_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "011", "1e1", "9223372036854775808", "11\r\nx-amz-decoded-content-length: 11"})
    void theLengthOfTheObjectHasOneSpelling(String length) {
        assertThat(all.refusal("PUT /k", STREAMING, "x-amz-decoded-content-length: " + length, "Content-Length: 52"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void theLimitIsOnTheObject() {
        String tooMuch = "x-amz-decoded-content-length: " + (5L * 1024 * 1024 * 1024 + 1);

        assertThat(all.refusal("PUT /k", STREAMING, tooMuch, "Content-Length: 52"))
                .isEqualTo(CosErrorCode.ENTITY_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws-chunked", "gzip,aws-chunked", "Aws-Chunked"})
    void theCodingAloneMeansNothing(String coding) {
        assertThat(all.refusal("PUT /k", "Content-Encoding: " + coding, "Content-Length: 52"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void theCodingTwiceIsRefused() {
        assertThat(all.refusal(
                        "PUT /k",
                        STREAMING,
                        "Content-Encoding: aws-chunked, aws-chunked",
                        "x-amz-decoded-content-length: 11",
                        "Content-Length: 52"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /?delete", "PUT /k?tagging", "POST /k?uploadId=u", "GET /k"})
    void onlyObjectsAndPartsAreChunked(String line) {
        assertThat(all.refusal(line, STREAMING, "x-amz-decoded-content-length: 11"))
                .isEqualTo(CosErrorCode.NOT_IMPLEMENTED);
    }

    @Test
    void theSecondKindOfListingIsRefusedByName() {
        assertThat(PlanFixture.error(all.plan("GET /?list-type=2&prefix=a")).message())
                .contains("list-type", "ListObjects");
    }

    @Test
    void batchDeletesGetTheDigestThatCosWants() {
        String document =
                "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>k</Key></Object></Delete>";

        HttpRequest sent = examined(document, "x-amz-checksum-crc32: TMRnjw==");

        assertThat(sent.headers().get("content-md5")).isEqualTo("md5 of " + document.length() + " bytes");
    }

    @Test
    void aDigestOfTheClientsOwnStays() {
        HttpRequest sent = examined(
                "<Delete><Object><Key>k</Key></Object></Delete>",
                "Content-MD5: XrY7u+Ae7tCTyyK7j1rNww==",
                "x-amz-date: a");

        assertThat(sent.headers().getAll("content-md5")).containsExactly("XrY7u+Ae7tCTyyK7j1rNww==");
    }

    @Test
    void clientsThatSpeakCosGetADigestAddedToo() {
        HttpRequest sent = examined("<Delete><Object><Key>k</Key></Object></Delete>", "Accept: */*");

        assertThat(sent.headers().contains("content-md5")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-date: a", "X-Amz-Meta-A: b"})
    void answersAreWantedInTheSameDialect(String header) {
        assertThat(((Plan.Forward) all.plan("PUT /k", header, "Content-Length: 3")).isS3())
                .isTrue();
        assertThat(((Plan.Forward) all.plan("PUT /k", "Content-Length: 3")).isS3())
                .isFalse();
        assertThat(((Plan.Forward) all.plan("GET /k?X-Amz-Algorithm=a&X-Amz-Signature=f")).isS3())
                .isTrue();
    }

    @Test
    void whereTheClientSignsNothingIsTranslated() {
        PlanFixture forwarding = PlanFixture.forwarding(PlanFixture.route("/**", "all"));

        assertThat(forwarding.refusal("PUT /k", "x-amz-meta-a: b")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(forwarding.refusal("PUT /k?x-id=PutObject")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(forwarding.refusal("PUT /k", "Content-Encoding: aws-chunked"))
                .isEqualTo(CosErrorCode.NOT_IMPLEMENTED);
    }

    private HttpRequest examined(String document, String... headers) {
        Plan plan = all.plan(
                "POST /?delete", headers[0], headers[headers.length - 1], "Content-Length: " + document.length());
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        return PlanFixture.forwarded(((Plan.Examine) plan).then().apply(body)).toHttp();
    }
}
