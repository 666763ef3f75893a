package io.sealgate.app.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.clients.ClientRule;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.Mode;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.ForbidOverwrite;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.PathPattern;
import io.sealgate.core.request.Route;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketAdviceTest {

    private static final Route READING = route("reading", ForbidOverwrite.FALSE, Mode.NONE, CosOperation.GET_OBJECT);
    private static final Route STORING = route("storing", ForbidOverwrite.FALSE, Mode.NONE, CosOperation.PUT_OBJECT);
    private static final Route GUARDED = route("guarded", ForbidOverwrite.TRUE, Mode.SSE_COS, CosOperation.PUT_OBJECT);
    private static final Route ASKING =
            route("asking", ForbidOverwrite.HEAD_FIRST, Mode.SSE_COS, CosOperation.PUT_OBJECT);
    private static final Route DELETING =
            route("deleting", ForbidOverwrite.FALSE, Mode.NONE, CosOperation.DELETE_OBJECT);
    private static final List<Route> ALL = List.of(READING, STORING, GUARDED, ASKING, DELETING);

    private static final String OFF = "<VersioningConfiguration/>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "http://cam.qcloud.com/groups/global/AllUsers           | READ         | acl: everybody may read",
                "http://cam.qcloud.com/groups/global/AllUsers           | WRITE        | acl: everybody may write",
                "http://cam.qcloud.com/groups/global/AllUsers           | FULL_CONTROL | acl: everybody may write",
                "http://cam.qcloud.com/groups/global/AuthenticatedUsers | WRITE_ACP    | acl: everybody may write",
                "http://acs.amazonaws.com/groups/global/AllUsers        | READ_ACP     | acl: everybody may read",
                "http://cam.qcloud.com/groups/global/LogDelivery        | WRITE        | nothing"
            })
    void whomTheAclLetsPastTheGatewayIsTold(String group, String permission, String said) {
        String acl = "<AccessControlPolicy><Owner><ID>qcs::cam::uin/1:uin/1</ID></Owner><AccessControlList>"
                + grant("<ID>qcs::cam::uin/1:uin/1</ID>", "FULL_CONTROL")
                + grant("<URI>" + group + "</URI>", permission)
                + "</AccessControlList></AccessControlPolicy>";

        saysOnly(advice(BucketQuestion.ACL, 200, acl), said);
    }

    private static String grant(String grantee, String permission) {
        return "<Grant><Grantee>" + grantee + "</Grantee><Permission>" + permission + "</Permission></Grant>";
    }

    @Test
    void anybodyByIdIsEverybodyToo() {
        String acl =
                "<AccessControlPolicy>" + grant("<ID>qcs::cam::anyone:anyone</ID>", "WRITE") + "</AccessControlPolicy>";

        saysOnly(advice(BucketQuestion.ACL, 200, acl), "acl: everybody may write");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            nullValues = "nothing",
            value = {
                "{\"Statement\":[{\"Principal\":{\"qcs\":[\"qcs::cam::anyone:anyone\"]},\"Effect\":\"Allow\"}]} | policy: statement 0",
                "{\"statement\":[{\"principal\":{\"qcs\":[\"qcs::cam::uin/1:uin/2\"]},\"effect\":\"allow\"},{\"principal\":\"*\",\"effect\":\"allow\"}]} | policy: statement 1",
                "{\"Statement\":[{\"Principal\":{\"qcs\":[\"qcs::cam::anyone:anyone\"]},\"Effect\":\"Deny\"}]} | nothing",
                "{\"Statement\":[{\"Principal\":{\"qcs\":\"qcs::cam::uin/1:uin/1\"},\"Effect\":\"Allow\"}]} | nothing",
                "{} | nothing",
                "no policy | policy: cannot tell"
            })
    void whomThePolicyLetsPastTheGatewayIsTold(String policy, String said) {
        saysOnly(advice(BucketQuestion.POLICY, 200, policy), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Enabled", "Suspended"})
    void versionsMakeForbidOverwriteIneffectiveUnlessTheRouteAsksFirst(String status) {
        String versioning = "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>";

        saysOnly(
                advice(BucketQuestion.VERSIONING, 200, versioning),
                "versioning: " + status.toLowerCase(Locale.ROOT)
                        + ", so COS ignores uploads.forbid-overwrite of route guarded ");
    }

    @Test
    void withoutVersionsWhatIsOverwrittenOrDeletedIsGone() {
        saysOnly(
                advice(BucketQuestion.VERSIONING, 200, OFF),
                "versioning: off, so what is overwritten or deleted by way of storing, deleting is gone");
    }

    @Test
    void withoutVersionsNothingIsLostWhereNothingIsOverwritten() {
        BucketAnswer answer = new BucketAnswer(200, OFF);

        assertThat(new BucketAdvice(List.of(READING, GUARDED, ASKING)).about(BucketQuestion.VERSIONING, answer))
                .isEmpty();
    }

    @Test
    void withoutEncryptionTheRoutesThatStoreAndAddNoneAreTold() {
        String none = "<Error><Code>NoSuchEncryptionConfiguration</Code></Error>";

        saysOnly(
                advice(BucketQuestion.ENCRYPTION, 404, none),
                "encryption: none by default, and route storing adds none");
        saysOnly(advice(BucketQuestion.ENCRYPTION, 200, "<ServerSideEncryptionConfiguration/>"), null);
    }

    @ParameterizedTest
    @EnumSource
    void whatMayNotBeAskedIsTold(BucketQuestion question) {
        saysOnly(
                advice(question, 403, "<Error><Code>AccessDenied</Code></Error>"),
                question.label() + ": cannot tell, COS answers 403 AccessDenied");
        saysOnly(
                advice(question, 404, "<Error><Code>NoSuchElse</Code></Error>"),
                question.label() + ": cannot tell, COS answers 404 NoSuchElse");
        saysOnly(advice(question, 502, "not XML"), question.label() + ": cannot tell, COS answers 502");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not XML", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"})
    void whatMakesNoSenseIsTold(String body) {
        saysOnly(advice(BucketQuestion.ACL, 200, body), "acl: cannot tell");
        saysOnly(advice(BucketQuestion.VERSIONING, 200, body), "versioning: cannot tell");
    }

    private static Route route(String name, ForbidOverwrite forbids, Mode encryption, CosOperation serves) {
        RouteConfig config = new RouteConfig(
                name,
                null,
                null,
                "cos",
                null,
                List.of(),
                null,
                null,
                null,
                new EncryptionConfig(encryption, null, null, null),
                new UploadsConfig(null, null, null, null, null, forbids, null, null, null, null),
                null);
        return new Route(
                config,
                "b-1",
                "r",
                "b-1.cos.r.myqcloud.com",
                PathPattern.parse("/**"),
                ClientRule.certified(),
                Set.of(serves),
                null);
    }

    private static List<String> advice(BucketQuestion question, int status, String body) {
        return new BucketAdvice(ALL).about(question, new BucketAnswer(status, body));
    }

    private static void saysOnly(List<String> advice, @Nullable String beginning) {
        if (beginning == null) {
            assertThat(advice).isEmpty();
        } else {
            assertThat(advice).singleElement().asString().startsWith(beginning).contains("(expected: ");
        }
    }
}
