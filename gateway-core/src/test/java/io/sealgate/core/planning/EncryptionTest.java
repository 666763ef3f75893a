package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.HOST;
import static io.sealgate.core.planning.PlanFixture.encrypting;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.Mode;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.planning.ClosedListTest.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    private static final String SSE = "x-cos-server-side-encryption";
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String KEY_MD5 = "cLyL0MjFXi3n1fxWsqNAig==";

    /** Of the object; of a copy's source with another name in front. */
    private static final String[] CUSTOMER = {
        SSE + "-customer-algorithm: AES256", SSE + "-customer-key: " + KEY, SSE + "-customer-key-MD5: " + KEY_MD5
    };

    @ParameterizedTest
    @EnumSource(CosOperation.class)
    void encryptionIsAddedExactlyWhereCosTakesIt(CosOperation operation) {
        PlanFixture planner = PlanFixture.signing(encrypting(
                new EncryptionConfig(Mode.SSE_COS, null, Map.of(), WhenClientSends.REJECT), ClosedListTest.ALL));

        Plan plan = planner.plan(Samples.line(operation), Samples.headers(operation));
        HttpRequest sent =
                PlanFixture.forwarded(Samples.finish(operation, plan)).toHttp();

        assertThat(sent.headers().get(SSE)).isEqualTo(operation.is(CosOperation.Trait.BEGINS_OBJECT) ? "AES256" : null);
    }

    @Test
    void kmsKeyAndSortedContextAreAdded() {
        EncryptionConfig config = new EncryptionConfig(
                Mode.SSE_KMS, "key-1", Map.of("z", "1", "fleet", "e\"u\\"), WhenClientSends.REJECT);

        HttpRequest sent = PlanFixture.signing(encrypting(config, "all")).sent("PUT /k");

        String context =
                new String(Base64.getDecoder().decode(sent.headers().get(SSE + "-context")), StandardCharsets.UTF_8);
        assertThat(sent.headers().get(SSE)).isEqualTo("cos/kms");
        assertThat(sent.headers().get(SSE + "-cos-kms-key-id")).isEqualTo("key-1");
        assertThat(context).isEqualTo("{\"fleet\":\"e\\\"u\\\\\",\"z\":\"1\"}");
    }

    @Test
    void kmsWithoutKeyOrContextLeavesThemToCos() {
        HttpRequest sent = planner(Mode.SSE_KMS, WhenClientSends.REJECT).sent("PUT /k");

        assertThat(sent.headers().get(SSE)).isEqualTo("cos/kms");
        assertThat(sent.headers().names()).noneMatch(name -> name.startsWith(SSE + "-"));
    }

    /** Half a statement of the route's own would be as good as none. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "key 1", "key-1\n", "key\r\nx-cos-acl: public-read", "\u5bc6\u94a5"})
    void aKeyIdThatNobodyCanSendIsAMistake(String keyId) {
        Problems problems = new Problems();

        new EncryptionConfig(Mode.SSE_KMS, keyId, null, null).check(problems, "encryption");

        assertThat(problems.lines()).singleElement().asString().startsWith("encryption.key-id: key-id: malformed");
    }

    @Test
    void clientsOwnEncryptionIsRejectedUnlessSaidOtherwise() {
        PlanFixture planner = planner(Mode.SSE_COS, WhenClientSends.REJECT);

        assertThat(planner.refusal("PUT /k", SSE + ": AES256")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(planner.refusal("GET /k", SSE + "-customer-key: a")).isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @Test
    void keptEncryptionIsTheClientsAlone() {
        PlanFixture planner = planner(Mode.SSE_KMS, WhenClientSends.KEEP);

        HttpRequest sent = planner.sent("PUT /k", SSE + ": AES256");

        assertThat(sent.headers().getAll(SSE)).containsExactly("AES256");
        assertThat(planner.sent("PUT /k").headers().get(SSE)).isEqualTo("cos/kms");
    }

    @Test
    void keptCustomerKeyIsNotMixedWithTheRoutesEncryption() {
        HttpRequest sent = planner(Mode.SSE_COS, WhenClientSends.KEEP).sent("PUT /k", CUSTOMER);

        assertThat(sent.headers().contains(SSE)).isFalse();
        assertThat(sent.headers().get(SSE + "-customer-key-md5")).isEqualTo(KEY_MD5);
    }

    @Test
    void keptEncryptionMustBelongToTheOperation() {
        PlanFixture planner = planner(Mode.NONE, WhenClientSends.KEEP);

        assertThat(planner.sent("GET /k", CUSTOMER).headers().get(SSE + "-customer-key"))
                .isEqualTo(KEY);
        assertThat(planner.refusal("GET /k", SSE + ": AES256")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(planner.refusal("PUT /k", SSE + "-unheard-of: a")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(planner.refusal("DELETE /k", SSE + "-customer-key: a")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(planner.refusal("PUT /k", "x-cos-copy-source-server-side-encryption-customer-key: a"))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @Test
    void sourcesCustomerKeyDoesNotKeepTheTargetFromBeingEncrypted() {
        HttpRequest sent = planner(Mode.SSE_COS, WhenClientSends.KEEP)
                .sent(
                        "PUT /k",
                        "x-cos-copy-source: " + HOST + "/a",
                        "x-cos-copy-source-server-side-encryption-customer-algorithm: AES256",
                        "x-cos-copy-source-server-side-encryption-customer-key: " + KEY,
                        "x-cos-copy-source-server-side-encryption-customer-key-md5: " + KEY_MD5);

        assertThat(sent.headers().get(SSE)).isEqualTo("AES256");
        assertThat(sent.headers().get("x-cos-copy-source-server-side-encryption-customer-key"))
                .isEqualTo(KEY);
    }

    @Test
    void replacedEncryptionLeavesNothingOfTheClients() {
        HttpRequest sent = planner(Mode.SSE_COS, WhenClientSends.REPLACE)
                .sent("PUT /k", SSE + ": cos/kms", SSE + "-cos-kms-key-id: mine", SSE + "-customer-key: a");

        assertThat(sent.headers().getAll(SSE)).containsExactly("AES256");
        assertThat(sent.headers().names()).noneMatch(name -> name.startsWith(SSE + "-"));
    }

    /** A key that somebody on the way has read protects nothing any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCustomersKeyIsNotSentWhereOthersCanReadIt(boolean signs) {
        PlanFixture open = keeping(signs, PlanFixture.PLAIN);
        PlanFixture confidential = keeping(signs, "cos");
        String[] sourceKey = Stream.of(CUSTOMER)
                .map(header -> header.replace("x-cos-", "x-cos-copy-source-"))
                .toArray(String[]::new);
        Map<CosOperation, String[]> said = Map.of(
                CosOperation.PUT_OBJECT, CUSTOMER,
                CosOperation.APPEND_OBJECT, CUSTOMER,
                CosOperation.INITIATE_MULTIPART, CUSTOMER,
                CosOperation.UPLOAD_PART, CUSTOMER,
                CosOperation.UPLOAD_PART_COPY, sourceKey,
                CosOperation.COPY_OBJECT, sourceKey,
                CosOperation.GET_OBJECT, CUSTOMER,
                CosOperation.HEAD_OBJECT, CUSTOMER);
        said.forEach((operation, headers) -> {
            String[] all = Samples.headers(operation, headers);

            assertThat(open.refusal(Samples.line(operation), all))
                    .as("%s", operation)
                    .isEqualTo(CosErrorCode.INVALID_REQUEST);
            assertThat(confidential.plan(Samples.line(operation), all)).isInstanceOf(Plan.Forward.class);
            assertThat(open.plan(Samples.line(operation), Samples.headers(operation)))
                    .isInstanceOf(Plan.Forward.class);
        });
        assertThat(open.plan("PUT /k", "Content-Length: 1", SSE + ": AES256")).isInstanceOf(Plan.Forward.class);
    }

    private static PlanFixture keeping(boolean signs, String origin) {
        RouteConfig plain = encrypting(
                new EncryptionConfig(Mode.NONE, null, Map.of(), signs ? WhenClientSends.KEEP : WhenClientSends.REJECT),
                "all");
        RouteConfig route = new RouteConfig(
                plain.name(),
                plain.match(),
                plain.clients(),
                origin,
                null,
                plain.operations(),
                null,
                null,
                plain.integrity(),
                plain.encryption(),
                plain.uploads(),
                null);
        return signs ? PlanFixture.signing(route) : PlanFixture.forwarding(route);
    }

    private static PlanFixture planner(Mode mode, WhenClientSends whenClientSends) {
        return PlanFixture.signing(encrypting(new EncryptionConfig(mode, null, Map.of(), whenClientSends), "all"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " key", "key ", "k\u00e9y", "\u817e", "key\n", "a\r\nb", "k\0"})
    void aKeyIdThatIsNoHeaderValueIsAProblem(String keyId) {
        Problems problems = new Problems();

        new EncryptionConfig(EncryptionConfig.Mode.SSE_KMS, keyId, Map.of(), EncryptionConfig.WhenClientSends.REJECT)
                .check(problems, "encryption");

        assertThat(problems.lines()).singleElement().asString().startsWith("encryption.key-id: key-id: ");
    }
}
