package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.keys.UploadId;
import io.sealgate.core.request.Heads;
import io.sealgate.core.upstream.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the gateway names the objects. */
class KeyPlanningTest {

    private static final String OWN = "im ages/device-1/00000000000000000000000000.jpg";
    private static final String ENCODED = "im%20ages/device-1/00000000000000000000000000.jpg";

    private static final KeysConfig KEYS = new KeysConfig("im ages/${client.cn}/${random}${ext}", List.of("jpg"));

    private final PlanFixture fixture = PlanFixture.signing(PlanFixture.keyed(KEYS, "/in/**", "all"));

    @Test
    void anUploadIsSentToAKeyOfItsOwnThatMustNotExist() {
        UpstreamRequest first = forwarded("PUT /in/photo.JPG", "Content-Length: 3", "x-cos-forbid-overwrite: false");
        UpstreamRequest second = forwarded("PUT /in/photo.JPG", "Content-Length: 3");

        assertThat(first.object().key()).matches("im ages/device-1/[0-9A-Z]{26}\\.jpg");
        assertThat(first.toHttp().uri()).isEqualTo("/" + first.object().key().replace(" ", "%20"));
        assertThat(first.toHttp().headers().getAll("x-cos-forbid-overwrite")).containsExactly("true");
        assertThat(first.toHttp().headers().get("authorization"))
                .isEqualTo("signed /" + first.object().key());
        assertThat(first.isIdempotent()).isFalse();
        assertThat(second.object().key()).isNotEqualTo(first.object().key());
    }

    @Test
    void theClientIsToldTheKeyAndWhereItIs() {
        Plan.Forward put = (Plan.Forward) fixture.plan("PUT /in/photo.jpg", "Content-Length: 3");
        String key = put.request().object().key().replace(" ", "%20");

        assertThat(edited(put).get("x-sealgate-key")).isEqualTo(key);
        assertThat(edited(put).get("location")).isEqualTo("/" + key);
        assertThat(edit(put).longestBody()).isZero();
    }

    @Test
    void onAHostInPathStyleTheObjectIsBelowItsBucket() {
        String host = "Host: cos.ap-guangzhou.myqcloud.com";
        Plan.Forward put =
                (Plan.Forward) fixture.plan("PUT /" + PlanFixture.BUCKET + "/in/photo.jpg", host, "Content-Length: 3");

        assertThat(edited(put).get("location")).startsWith("/" + PlanFixture.BUCKET + "/im%20ages/device-1/");
        assertThat(edited(put).get("x-sealgate-key")).startsWith("im%20ages/device-1/");
    }

    @Test
    void theIdOfAnUploadCarriesTheKeyAndNothingElseOfTheAnswerChanges() {
        Plan.Forward begin = (Plan.Forward) fixture.plan("POST /in/a.jpg?uploads", "Content-Length: 0");
        String prefix = UploadId.prefix(begin.request().object().key());

        assertThat(edit("<R><Key>k</Key><UploadId>1&amp;x</UploadId></R>\n", begin))
                .isEqualTo("<R><Key>k</Key><UploadId>" + prefix + "1&amp;x</UploadId></R>\n");
        assertThat(edited(begin).names()).containsExactlyInAnyOrder("x-sealgate-key", "x-other");
        assertThat(begin.request().toHttp().headers().get("x-cos-forbid-overwrite"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<R/>",
                "<UploadId>",
                "</UploadId><UploadId>",
                "<UploadId>1</UploadId><UploadId>2</UploadId>",
                "<UploadId>1<UploadId>2</UploadId></UploadId>"
            })
    void anAnswerWithoutOneIdIsNotChanged(String body) {
        Plan.Forward begin = (Plan.Forward) fixture.plan("POST /in/a.jpg?uploads", "Content-Length: 0");

        assertThat(edit(begin).editBody(body.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT /in/other?partNumber=1&uploadId=, /?partNumber=1&uploadId=cos-id, Content-Length: 3",
        "GET /in/a.jpg?uploadId=, /?uploadId=cos-id, Accept: */*",
        "DELETE /in/a.jpg?uploadId=, /?uploadId=cos-id, Accept: */*"
    })
    void whatFollowsIsAboutTheKeyInTheId(String line, String uri, String header) {
        Plan.Forward plan = (Plan.Forward) fixture.plan(line + new UploadId(OWN, "cos-id").text(), header);

        assertThat(plan.request().object().key()).isEqualTo(OWN);
        assertThat(plan.request().toHttp().uri()).isEqualTo("/" + ENCODED + uri.substring(1));
        assertThat(plan.request().toHttp().headers().contains("x-cos-forbid-overwrite"))
                .isFalse();
        assertThat(edited(plan).get("x-sealgate-key")).isEqualTo(ENCODED);
    }

    @Test
    void anUploadIsCompletedUnderItsKey() {
        String body = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>"
                + "</CompleteMultipartUpload>";
        Plan.Examine examine = (Plan.Examine) fixture.plan(
                "POST /in/a.jpg?uploadId=" + new UploadId(OWN, "cos-id").text(), "Content-Length: " + body.length());

        Plan.Forward plan = (Plan.Forward) examine.then().apply(body.getBytes(StandardCharsets.UTF_8));

        assertThat(plan.request().toHttp().uri()).isEqualTo("/" + ENCODED + "?uploadId=cos-id");
        assertThat(plan.request().toHttp().headers().get("x-cos-forbid-overwrite"))
                .isEqualTo("true");
        assertThat(edited(plan).get("location")).isEqualTo("/" + ENCODED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "im ages/device-2/00000000000000000000000000.jpg",
                "im ages/device-1/00000000000000000000000000.exe",
                "im ages/device-1/0000000000000000000000000.jpg",
                "im ages/device-1/../device-2/00000000000000000000000000.jpg",
                "in/a.jpg",
                ""
            })
    void anIdWithAKeyThatIsNotTheClientsIsUnknown(String key) {
        assertUnknown(new UploadId(key, "cos-id").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cos-id", "", ".", ".cos-id", "aW4vYS5qcGc.", "a==.x", "!!!!.x", "a%20b.x"})
    void anIdThatCarriesNoKeyIsUnknown(String id) {
        assertUnknown(id);
    }

    @Test
    void aKeyHasOneSpelling() {
        String id = new UploadId(OWN, "cos-id").text();
        assertThat(fixture.plan("GET /in/a.jpg?uploadId=" + id)).isInstanceOf(Plan.Forward.class);

        assertUnknown(id.replace(".", "==."));
        assertUnknown(id.replace(".", "%3D."));
    }

    private void assertUnknown(String id) {
        Plan plan = fixture.plan("GET /in/a.jpg?uploadId=" + id);
        assertThat(PlanFixture.error(plan).code()).as(id).isEqualTo(CosErrorCode.NO_SUCH_UPLOAD);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT /in/a.exe, Content-Length: 0, key-extension",
        "POST /in/a.exe?uploads, Content-Length: 0, key-extension",
        "POST /in/a.jpg?append&position=0, Content-Length: 3, key-operation",
        "PUT /in/a.jpg, x-cos-copy-source: examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/in/b, key-operation",
        "PUT /in/a.jpg?partNumber=1&uploadId=1, x-cos-copy-source: examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/in/b, key-operation"
    })
    void whatTheRouteDoesNotNameIsDenied(String line, String header, String reason) {
        assertThat(PlanFixture.error(fixture.plan(line, header)))
                .isEqualTo(new GatewayError.Denied("Access Denied.", reason));
    }

    @Test
    void aClientWhoMayNotUseTheRouteIsToldThat() {
        Plan plan = fixture.plan(
                PlanFixture.ANONYMOUS,
                Heads.raw("PUT /in/a.exe HTTP/1.1", "Host: " + PlanFixture.HOST, "Content-Length: 0"));

        assertThat(PlanFixture.error(plan)).isEqualTo(new GatewayError.Denied("Access Denied.", "anonymous"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /in/a.exe", "HEAD /in/a", "DELETE /in/a", "GET /in/a?acl", "GET /in/a?tagging"})
    void everythingElseIsAboutTheKeyThatTheClientNames(String line) {
        Plan.Forward plan = (Plan.Forward) fixture.plan(line);

        assertThat(plan.request().object().key()).startsWith("in/a");
        assertThat(plan.edit()).isNull();
    }

    @Test
    void policiesAreAskedAboutTheKeyThatIsStored() {
        PlanFixture stored = PlanFixture.ruled(
                KEYS, policy("stored", statement("allow", "PutObject", "${bucket}/im ages/${client.cn}/*")));
        PlanFixture asked = PlanFixture.ruled(KEYS, policy("asked", statement("allow", "PutObject", "${bucket}/in/*")));

        assertThat(stored.plan("PUT /in/a.jpg", "Content-Length: 0")).isInstanceOf(Plan.Forward.class);
        assertThat(PlanFixture.error(asked.plan("PUT /in/a.jpg", "Content-Length: 0")))
                .isEqualTo(new GatewayError.Denied("Access Denied.", "policy-default"));
    }

    private UpstreamRequest forwarded(String line, String... headers) {
        return PlanFixture.forwarded(fixture.plan(line, headers));
    }

    private static AnswerEdit edit(Plan.Forward plan) {
        return Objects.requireNonNull(plan.edit());
    }

    private static HttpHeaders edited(Plan.Forward plan) {
        HttpHeaders headers = new DefaultHttpHeaders().set("x-other", "1").set("content-md5", "x");
        edit(plan).editHead(headers);
        return headers;
    }

    private static String edit(String body, Plan.Forward plan) {
        byte[] edited = Objects.requireNonNull(edit(plan).editBody(body.getBytes(StandardCharsets.UTF_8)));
        return new String(edited, StandardCharsets.UTF_8);
    }
}
