package io.sealgate.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.CosOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the gateway signs, nothing that COS would act on passes unless the operation's list has it. */
class ClosedListTest {

    private static final List<String> FOREIGN_HEADERS = List.of(
            "x-cos-unheard-of",
            "x-cos-callback",
            "x-cos-object-lock-mode",
            "x-cos-return-body",
            "x-cos-meta-",
            "x-cos-acl",
            "x-cos-grant-full-control",
            "x-cos-grant-read",
            "x-cos-grant-write",
            "x-cos-grant-read-acp",
            "x-cos-grant-write-acp",
            "x-cos-server-side-encryption",
            "x-cos-server-side-encryption-customer-key",
            "x-cos-copy-source-server-side-encryption-customer-key",
            "x-cosx",
            "x-ci-process",
            "x-ci-anything",
            "x-amz-acl",
            "x-amz-grant-full-control",
            "x-amz-meta-",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-bucket-key-enabled",
            "x-amz-object-lock-mode",
            "x-amz-website-redirect-location",
            "x-amz-expected-bucket-owner",
            "x-amz-request-payer",
            "x-amz-bypass-governance-retention",
            "x-amz-unheard-of",
            "Pic-Operations");

    private static final List<String> SOMETIMES_LISTED = List.of(
            "x-cos-copy-source-if-match",
            "x-cos-copy-source-range",
            "x-cos-metadata-directive",
            "x-cos-tagging",
            "x-cos-content-sha1",
            "x-cos-storage-class",
            "x-amz-storage-class",
            "x-cos-meta-a",
            "x-amz-meta-a",
            "x-cos-forbid-overwrite",
            "x-cos-traffic-limit");

    private static final List<String> FOREIGN_PARAMETERS = List.of(
            "unheard-of",
            "imageMogr2/thumbnail/1x1",
            "imageView2",
            "watermark",
            "ci-process=doc",
            "x-cos-acl=public-read",
            "list-type=2",
            "policy",
            "versions",
            "select",
            "Prefix=a",
            "PREFIX",
            "UploadId=1",
            "x-amz-acl=public-read",
            "X-Amz-Tagging=a",
            "sign=abc");

    private final PlanFixture planner = PlanFixture.signing(
            PlanFixture.route("/**", "read", "write", "copy", "delete", "list", "tagging", "GetObjectACL"));

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void eachForeignHeaderIsRefusedAndNothingIsSigned(CosOperation operation) {
        for (String header : FOREIGN_HEADERS) {
            CosErrorCode code = planner.refusal(Samples.line(operation), Samples.headers(operation, header + ": x"));

            assertThat(code).as(operation + " with " + header).isEqualTo(CosErrorCode.ACCESS_DENIED);
        }
        assertThat(planner.signatures()).isZero();
    }

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void eachForeignParameterIsRefusedAndNothingIsSigned(CosOperation operation) {
        for (String parameter : FOREIGN_PARAMETERS) {
            CosErrorCode code = planner.refusal(Samples.line(operation, parameter), Samples.headers(operation));

            assertThat(code)
                    .as(operation + " with " + parameter)
                    .isIn(CosErrorCode.ACCESS_DENIED, CosErrorCode.NOT_IMPLEMENTED);
        }
        assertThat(planner.signatures()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = CosOperation.class,
            names = {
                "PUT_OBJECT",
                "APPEND_OBJECT",
                "INITIATE_MULTIPART",
                "COPY_OBJECT",
                "UPLOAD_PART",
                "UPLOAD_PART_COPY",
                "COMPLETE_MULTIPART",
                "GET_OBJECT"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void whatOneOperationTakesIsForeignToAnother(CosOperation operation) {
        for (String header : SOMETIMES_LISTED) {
            CosErrorCode code = planner.refusal(Samples.line(operation), Samples.headers(operation, header + ": x"));

            assertThat(code).as(operation + " with " + header).isEqualTo(CosErrorCode.ACCESS_DENIED);
        }
    }

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void selfDescriptionsAndHeadersWithoutMeaningAreLeftOut(CosOperation operation) {
        PlanFixture all = PlanFixture.signing(PlanFixture.route("/**", "all"));
        String[] noise = {
            "x-cos-security-token: t",
            "x-cos-sdk-log-debug: off",
            "x-cos-sdk-retry: true",
            "amz-sdk-request: a",
            "amz-sdk-invocation-id: a",
            "x-amz-date: a",
            "x-amz-security-token: a",
            "x-amz-sdk-checksum-algorithm: CRC32",
            "x-amz-checksum-algorithm: CRC32",
            "x-amz-te: append-md5",
            "User-Agent: a",
            "Authorization: q-sign-algorithm=sha1",
            "Date: now",
            "Origin: http://a",
            "Cookie: a=b",
            "Referer: \u00e4",
            "Accept: */*",
            "Accept-Encoding: gzip",
            "Accept-Language: *",
            "sec-fetch-mode: cors",
            "X-Forwarded-For: 1",
            "Forwarded: for=1",
            "X-Real-IP: 1",
            "X-Client-Cn: admin",
            "Client-Cert: :a:",
            "X-SSL-Client-Verify: SUCCESS",
            "X-Amzn-Mtls-Clientcert: a",
            "Via: 1.1 a",
            "X-Forwarded-Client-Cert: a",
            "Connection: keep-alive, X-Own",
            "X-Own: 1",
            "Keep-Alive: 1",
            "TE: trailers",
            "Upgrade: h2c",
            "Expect: 100-continue",
            "Cache-Control:"
        };

        var plan = all.plan(Samples.line(operation), Samples.headers(operation, noise));
        var request = PlanFixture.forwarded(Samples.finish(operation, plan)).toHttp();

        Set<String> admitted =
                // the digest is the gateway's own: see S3DialectTest
                Set.of(
                        "host",
                        "authorization",
                        "content-length",
                        "content-md5",
                        "transfer-encoding",
                        "x-cos-copy-source");
        assertThat(request.headers().names())
                .allSatisfy(name -> assertThat(admitted).contains(name.toLowerCase(java.util.Locale.ROOT)));
        assertThat(request.headers().get("authorization")).startsWith("signed /");
        assertThat(request.headers().getAll("host")).containsExactly(PlanFixture.HOST);
    }

    @Test
    void listedHeadersPass() {
        String[] headers = {
            "Content-Type: image/png",
            "Cache-Control: no-cache",
            "Content-Disposition: inline",
            "Content-Encoding: gzip",
            "Expires: 0",
            "Content-MD5: XrY7u+Ae7tCTyyK7j1rNww==",
            "x-cos-content-sha1: 2aae6c35c94fcfb415dbe95f408b9ce91ee846ed",
            "x-cos-meta-k: v",
            "x-cos-meta-under_score: v",
            "x-cos-storage-class: Standard_IA",
            "x-cos-forbid-overwrite: true",
            "x-cos-traffic-limit: 819200",
            "x-cos-tagging: a=b",
            "If-Match: \"e\"",
            "Content-Length: 11"
        };

        var sent = planner.sent("PUT /k", headers);

        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            assertThat(sent.headers().get(parts[0])).isEqualTo(parts[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: \u00e4",
                "x-cos-meta-a: \u00ff",
                "Content-Type: a\r\ncontent-type: b",
                "x-cos-meta-a: 1\r\nX-COS-META-A: 2"
            })
    void listedHeaderWithoutOneMeaningIsRefused(String header) {
        assertThat(planner.refusal("PUT /k", header)).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = CosOperation.class,
            names = {"PUT_OBJECT", "COPY_OBJECT", "INITIATE_MULTIPART", "APPEND_OBJECT"})
    void uploadsMaySetAnAclOnlyWhereTheRouteServesAcls(CosOperation operation) {
        PlanFixture all = PlanFixture.signing(PlanFixture.route("/**", "all"));

        var sent = all.sent(Samples.line(operation), Samples.headers(operation, "x-cos-acl: public-read"));

        assertThat(sent.headers().get("x-cos-acl")).isEqualTo("public-read");
        assertThat(planner.refusal(Samples.line(operation), Samples.headers(operation, "x-cos-acl: public-read")))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @EnumSource(
            value = CosOperation.class,
            names = {"PUT_OBJECT", "COPY_OBJECT", "INITIATE_MULTIPART", "APPEND_OBJECT"})
    void uploadsMaySetTagsOnlyWhereTheRouteServesTagging(CosOperation operation) {
        PlanFixture untagged =
                PlanFixture.signing(PlanFixture.route("/**", "read", "write", "copy", "GetObjectTagging"));

        var sent = planner.sent(Samples.line(operation), Samples.headers(operation, "x-cos-tagging: a=b"));

        assertThat(sent.headers().get("x-cos-tagging")).isEqualTo("a=b");
        for (String header : List.of("x-cos-tagging: a=b", "x-cos-tagging-directive: Replaced")) {
            assertThat(untagged.refusal(Samples.line(operation), Samples.headers(operation, header)))
                    .isEqualTo(CosErrorCode.ACCESS_DENIED);
        }
        assertThat(untagged.signatures()).isZero();
    }

    @Test
    void presignedParametersAreStripped() {
        var sent = planner.sent(
                "GET /k?q-sign-algorithm=sha1&q-ak=a&q-sign-time=1;2&q-key-time=1%3B2&q-header-list=host"
                        + "&q-url-param-list=&q-signature=f&x-cos-security-token=t&response-content-type=image%2Fjpeg&X-Amz-Signature=1");

        assertThat(sent.uri()).isEqualTo("/k?response-content-type=image%2Fjpeg");
    }

    /** One good request for each operation. */
    static final class Samples {

        static String line(CosOperation operation, String... parameters) {
            List<String> query = new ArrayList<>(List.of(parameters));
            String method =
                    switch (operation) {
                        case HEAD_OBJECT, HEAD_BUCKET -> "HEAD";
                        case GET_OBJECT,
                                LIST_PARTS,
                                LIST_MULTIPART_UPLOADS,
                                LIST_OBJECTS,
                                GET_OBJECT_TAGGING,
                                GET_OBJECT_ACL -> "GET";
                        case PUT_OBJECT,
                                UPLOAD_PART,
                                COPY_OBJECT,
                                UPLOAD_PART_COPY,
                                PUT_OBJECT_TAGGING,
                                PUT_OBJECT_ACL -> "PUT";
                        case APPEND_OBJECT, INITIATE_MULTIPART, COMPLETE_MULTIPART, DELETE_MULTIPLE_OBJECTS -> "POST";
                        case ABORT_MULTIPART, DELETE_OBJECT, DELETE_OBJECT_TAGGING -> "DELETE";
                    };
            query.addAll(
                    switch (operation) {
                        case APPEND_OBJECT -> List.of("append", "position=0");
                        case INITIATE_MULTIPART, LIST_MULTIPART_UPLOADS -> List.of("uploads");
                        case UPLOAD_PART, UPLOAD_PART_COPY -> List.of("partNumber=1", "uploadId=u");
                        case LIST_PARTS, COMPLETE_MULTIPART, ABORT_MULTIPART -> List.of("uploadId=u");
                        case DELETE_MULTIPLE_OBJECTS -> List.of("delete");
                        case GET_OBJECT_TAGGING, PUT_OBJECT_TAGGING, DELETE_OBJECT_TAGGING -> List.of("tagging");
                        case GET_OBJECT_ACL, PUT_OBJECT_ACL -> List.of("acl");
                        default -> List.<String>of();
                    });
            String path = operation.is(CosOperation.Trait.ON_BUCKET) ? "/" : "/dir/k";
            return method + " " + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }

        static String[] headers(CosOperation operation, String... more) {
            Stream<String> own =
                    switch (operation) {
                        case COPY_OBJECT, UPLOAD_PART_COPY ->
                            Stream.of("x-cos-copy-source: " + PlanFixture.HOST + "/src", "Content-Length: 0");
                        case PUT_OBJECT, UPLOAD_PART, APPEND_OBJECT -> Stream.of("Content-Length: 3");
                        case COMPLETE_MULTIPART, DELETE_MULTIPLE_OBJECTS, PUT_OBJECT_TAGGING, PUT_OBJECT_ACL ->
                            Stream.of("Content-Length: 50");
                        default -> Stream.of();
                    };
            return Stream.concat(own, Stream.of(more)).toArray(String[]::new);
        }

        /** Answers an {@code Examine} with a good document. */
        static Plan finish(CosOperation operation, Plan plan) {
            String document =
                    switch (operation) {
                        case COMPLETE_MULTIPART -> "<CompleteMultipartUpload/>";
                        case DELETE_MULTIPLE_OBJECTS -> "<Delete><Object><Key>k</Key></Object></Delete>";
                        case PUT_OBJECT_TAGGING -> "<Tagging><TagSet/></Tagging>";
                        default -> "<AccessControlPolicy/>";
                    };
            return plan instanceof Plan.Examine examine
                    ? examine.then().apply(document.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    : plan;
        }
    }
}
