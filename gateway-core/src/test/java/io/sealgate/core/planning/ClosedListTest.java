package io.sealgate.core.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.OperationGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the gateway signs, nothing that COS would act on passes unless the operation's list has it. */
class ClosedListTest {

    private static final Set<CosOperation> ACCESS_WRITES =
            Set.of(CosOperation.PUT_OBJECT_ACL, CosOperation.PUT_BUCKET_ACL, CosOperation.PUT_BUCKET_TAGGING);

    /** What a route has to say to serve everything. */
    static final String[] ALL = Stream.concat(
                    Stream.of(OperationGroup.values()).map(OperationGroup::configName), Stream.of("all"))
            .toArray(String[]::new);

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
            "publicAccessBlock",
            "ownershipControls",
            "rename",
            "Prefix=a",
            "PREFIX",
            "UploadId=1",
            "x-amz-acl=public-read",
            "X-Amz-Tagging=a",
            "sign=abc");

    /** Everything but the two that write ACLs, and bucket tags. */
    private final PlanFixture planner = PlanFixture.signing(PlanFixture.route(
            "/**",
            Arrays.stream(CosOperation.values())
                    .filter(operation -> !ACCESS_WRITES.contains(operation))
                    .map(CosOperation::label)
                    .toArray(String[]::new)));

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void eachForeignHeaderIsRefusedAndNothingIsSigned(CosOperation operation) {
        for (String header : FOREIGN_HEADERS) {
            CosErrorCode code = planner.refusal(Samples.line(operation), Samples.headers(operation, header + ": x"));

            assertThat(code).as(operation + " with " + header).isEqualTo(CosErrorCode.ACCESS_DENIED);
        }
        assertThat(planner.signatures()).isZero();
    }

    /** A client's own signature makes no difference: what is unknown may be another operation. */
    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void eachForeignParameterIsRefusedAndNothingIsSigned(CosOperation operation) {
        PlanFixture forwarding = PlanFixture.forwarding(PlanFixture.route("/**", ALL));
        for (String parameter : FOREIGN_PARAMETERS) {
            for (PlanFixture fixture : List.of(planner, forwarding)) {
                CosErrorCode code = fixture.refusal(Samples.line(operation, parameter), Samples.headers(operation));

                assertThat(code)
                        .as(operation + " with " + parameter)
                        .isIn(CosErrorCode.ACCESS_DENIED, CosErrorCode.NOT_IMPLEMENTED);
            }
        }
        assertThat(planner.signatures()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = CosOperation.class, names = "OPTIONS_OBJECT", mode = EnumSource.Mode.EXCLUDE)
    void withASubresourceOfAnotherItIsThatOneOrNone(CosOperation operation) {
        for (CosOperation other : CosOperation.values()) {
            for (String name : other.form().subresources()) {
                if (!operation.form().subresources().contains(name)) {
                    Plan plan = planner.plan(Samples.line(operation, name + "=1"), Samples.headers(operation));

                    assertThat(plan.operation()).as(operation + " with " + name).isNotEqualTo(operation);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void whatEveryOperationTakesPassesEitherWay(CosOperation operation) {
        PlanFixture forwarding = PlanFixture.forwarding(PlanFixture.route("/**", ALL));

        Plan plan = forwarding.plan(Samples.line(operation), Samples.headers(operation));

        assertThat(Samples.finish(operation, plan))
                .isInstanceOfSatisfying(Plan.Forward.class, forward -> assertThat(forward.operation())
                        .isEqualTo(operation));
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
                "LIST_PARTS",
                "COMPLETE_MULTIPART",
                "ABORT_MULTIPART",
                "GET_OBJECT"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void whatOneOperationTakesIsForeignToAnother(CosOperation operation) {
        for (String header : SOMETIMES_LISTED) {
            CosErrorCode code = planner.refusal(Samples.line(operation), Samples.headers(operation, header + ": x"));

            assertThat(code).as(operation + " with " + header).isEqualTo(CosErrorCode.ACCESS_DENIED);
        }
    }

    /** SDKs copy the headers of a Put to every request of its upload, and COS ignores them there. */
    @ParameterizedTest
    @EnumSource(
            value = CosOperation.class,
            names = {"UPLOAD_PART", "UPLOAD_PART_COPY", "LIST_PARTS", "COMPLETE_MULTIPART", "ABORT_MULTIPART"})
    void whatBeginsAnUploadMayBeSaidAgainOfItsOtherRequests(CosOperation operation) {
        PlanFixture all = PlanFixture.signing(PlanFixture.route("/**", "all"));
        PlanFixture forwarding = PlanFixture.forwarding(PlanFixture.route("/**", "all"));
        PlanFixture plain = PlanFixture.signing(PlanFixture.route("/**", "read", "write", "copy"));
        Map<String, String> ignored = Map.of(
                "x-cos-meta-a", "b",
                "x-cos-storage-class", "STANDARD_IA",
                "x-cos-acl", "public-read",
                "x-cos-grant-full-control", "id=1",
                "x-cos-tagging", "a=b");
        ignored.forEach((name, value) -> {
            String[] headers = Samples.headers(operation, name + ": " + value);

            Plan signed = Samples.finish(operation, all.plan(Samples.line(operation), headers));
            Plan forwarded = Samples.finish(operation, forwarding.plan(Samples.line(operation), headers));

            assertThat(PlanFixture.forwarded(signed).toHttp().headers().contains(name))
                    .as(name)
                    .isFalse();
            assertThat(PlanFixture.forwarded(forwarded).toHttp().headers().get(name))
                    .isEqualTo(value);
            if (name.contains("acl") || name.contains("grant") || name.contains("tagging")) {
                assertThat(plain.refusal(Samples.line(operation), headers))
                        .as(name)
                        .isEqualTo(CosErrorCode.ACCESS_DENIED);
            }
        });
    }

    @Test
    void aTrafficLimitIsForTheRequestsThatHaveABody() {
        for (CosOperation operation :
                List.of(CosOperation.INITIATE_MULTIPART, CosOperation.LIST_PARTS, CosOperation.COMPLETE_MULTIPART)) {
            Plan plan =
                    planner.plan(Samples.line(operation), Samples.headers(operation, "x-cos-traffic-limit: 819200"));
            HttpRequest sent =
                    PlanFixture.forwarded(Samples.finish(operation, plan)).toHttp();

            assertThat(sent.headers().contains("x-cos-traffic-limit")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void selfDescriptionsAndHeadersWithoutMeaningAreLeftOut(CosOperation operation) {
        PlanFixture all = PlanFixture.signing(PlanFixture.route("/**", ALL));
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
            Stream<String> own = operation.form().subresources().stream()
                    .map(name -> Set.of("partNumber", "select-type", "uploadId", "id")
                                    .contains(name)
                            ? name + "=1"
                            : name);
            Stream<String> more = operation == CosOperation.APPEND_OBJECT ? Stream.of("position=0") : Stream.of();
            String query = Stream.of(Stream.of(parameters), own, more)
                    .flatMap(names -> names)
                    .collect(Collectors.joining("&"));
            String path = operation.is(CosOperation.Trait.ON_BUCKET) ? "/" : "/dir/k";
            return operation.form().method() + " " + path + (query.isEmpty() ? "" : "?" + query);
        }

        static String[] headers(CosOperation operation, String... more) {
            Stream<String> own =
                    switch (operation) {
                        case COPY_OBJECT, UPLOAD_PART_COPY ->
                            Stream.of("x-cos-copy-source: " + PlanFixture.HOST + "/src", "Content-Length: 0");
                        case PUT_OBJECT, UPLOAD_PART, APPEND_OBJECT -> Stream.of("Content-Length: 3");
                        default -> hasDocument(operation) ? Stream.of("Content-Length: 50") : Stream.of();
                    };
            return Stream.concat(own, Stream.of(more)).toArray(String[]::new);
        }

        private static boolean hasDocument(CosOperation operation) {
            return operation.is(CosOperation.Trait.CHECKS_CONTROL_BODY);
        }

        /** Answers an {@code Examine} with a good document. */
        static Plan finish(CosOperation operation, Plan plan) {
            if (!(plan instanceof Plan.Examine examine)) {
                return plan;
            }
            return examine.then().apply(document(operation).getBytes(UTF_8));
        }

        private static String document(CosOperation operation) {
            DocumentForm form = DocumentForm.of(operation);
            if (operation == CosOperation.DELETE_MULTIPLE_OBJECTS) {
                return "<Delete><Object><Key>k</Key></Object></Delete>";
            }
            return form.isJson() ? "{}" : "<" + form.roots().iterator().next() + "/>";
        }
    }
}
