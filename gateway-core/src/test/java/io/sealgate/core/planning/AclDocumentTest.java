package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An ACL in a body is no way around what an ACL in a header needs. */
class AclDocumentTest {

    private static final String ALL_USERS = "<URI>http://cam.qcloud.com/groups/global/AllUsers</URI>";

    private final PlanFixture planner = PlanFixture.signing(PlanFixture.route("/**", "all"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALL_USERS,
                "<URI>http://cam.qcloud.com/groups/global/AuthenticatedUsers</URI>",
                "<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>",
                "<URI/>",
                "<ID>qcs::cam::anyone:anyone</ID><DisplayName>qcs::cam::anyone:anyone</DisplayName>",
                "<ID>qcs::cam::uin/1:uin/1</ID>" + ALL_USERS,
                "<ID>1</ID><ID>qcs::cam::anyone:anyone</ID>",
                "<ID>qcs::cam::anyone:anyone</ID><ID>1</ID>",
                "<uin>anyone</uin>",
                "<ID/>",
                "<EmailAddress>a@example.com</EmailAddress>",
                "<DisplayName>1</DisplayName>",
                "",
            })
    void everybodyMayWriteOnlyWhereAPolicySaysSo(String grantee) {
        for (String permission : List.of("WRITE", "WRITE_ACP", "FULL_CONTROL", "full_control", "read", "")) {
            String document = acl(grantee, permission);

            Plan plan = apply(planner, document);

            assertThat(((GatewayError.Denied) PlanFixture.error(plan)).reason())
                    .as(document)
                    .isEqualTo("public-write");
        }
        assertThat(planner.signatures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Group", "AmazonCustomerByEmail", "anonymous", ""})
    void whatIsCalledSomethingElseThanAnAccountIsNone(String type) {
        String document = acl("<ID>100000000001</ID>", "WRITE").replace("RootAccount", type);

        assertThat(((GatewayError.Denied) PlanFixture.error(apply(planner, document))).reason())
                .isEqualTo("public-write");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Grantee URI=\"http://cam.qcloud.com/groups/global/AllUsers\"><ID>1</ID></Grantee><Permission>WRITE</Permission>",
                "<Grantee><ID>1</ID></Grantee><Permission v=\"FULL_CONTROL\">READ</Permission>",
                "<Grantee><ID>1</ID></Grantee><Permission xmlns=\"q\">READ</Permission>",
                "<Grantee xmlns=\"q\"><ID>1</ID></Grantee><Permission>READ</Permission>",
            })
    void attributesAndOtherNamespacesAreMalformed(String grant) {
        String document = "<AccessControlPolicy><AccessControlList><Grant>" + grant
                + "</Grant></AccessControlList></AccessControlPolicy>";

        assertThat(PlanFixture.error(apply(planner, document)).code()).isEqualTo(CosErrorCode.MALFORMED_XML);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL_USERS, "<ID>qcs::cam::anyone:anyone</ID>"})
    void everybodyMayRead(String grantee) {
        assertThat(apply(planner, acl(grantee, "READ"))).isInstanceOf(Plan.Forward.class);
        assertThat(apply(planner, acl(grantee, " READ_ACP\n"))).isInstanceOf(Plan.Forward.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ID>qcs::cam::uin/100000000001:uin/100000000011</ID><DisplayName>a</DisplayName>",
                "<ID>\n100000000001\n</ID>",
                "<uin>100000000001</uin>",
                "<Subaccount>100000000001</Subaccount>",
            })
    void oneAccountMayWrite(String grantee) {
        String document = acl(grantee, "FULL_CONTROL");

        assertThat(PlanFixture.forwarded(apply(planner, document)).body()).isEqualTo(document.getBytes(UTF_8));
    }

    @Test
    void oneGrantToEverybodyAmongOthersIsFound() {
        String one = grant("<ID>100000000001</ID>", "WRITE");
        String document = "<AccessControlPolicy><AccessControlList>" + one + grant(ALL_USERS, "WRITE") + one
                + "</AccessControlList></AccessControlPolicy>";

        assertThat(apply(planner, document)).isInstanceOf(Plan.Reply.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AccessControlPolicy><Grant/></AccessControlPolicy>",
                "<AccessControlPolicy><AccessControlList><grant/></AccessControlList></AccessControlPolicy>",
                "<AccessControlPolicy><AccessControlList><Grants><Grant/></Grants></AccessControlList></AccessControlPolicy>",
                "<AccessControlPolicy><AccessControlList>a<Grant/></AccessControlList></AccessControlPolicy>",
                "<a:AccessControlPolicy xmlns:a='a'><a:AccessControlList/></a:AccessControlPolicy>",
                "<AccessControlPolicy><AccessControlList><Grant><Permission>READ</Permission>"
                        + "<Permission>WRITE</Permission></Grant></AccessControlList></AccessControlPolicy>",
                "<AccessControlPolicy><AccessControlList><Grant><Permission>READ<x/></Permission>"
                        + "</Grant></AccessControlList></AccessControlPolicy>",
                "<AccessControlList/>",
            })
    void anAclThatTwoParsersCouldReadDifferentlyIsMalformed(String document) {
        assertThat(PlanFixture.error(apply(planner, document)).code()).isEqualTo(CosErrorCode.MALFORMED_XML);
    }

    @Test
    void policiesThatDoNotNameItDoNotAllowIt() {
        Policy all = policy("all", statement("allow", "*", "${bucket}/*"));
        Policy named = naming("allow", "string_equal");
        Policy optional = naming("allow", "string_equal_if_exist");
        Policy elsewhere = policy(
                "elsewhere",
                statement(
                        "allow",
                        "PutObjectACL",
                        "${bucket}/other/*",
                        Map.of("string_equal", Map.of("cos:x-cos-acl", "public-read-write"))));
        String document = acl(ALL_USERS, "WRITE");

        for (boolean signs : List.of(true, false)) {
            assertThat(reason(apply(PlanFixture.ruled(signs, all), document))).isEqualTo("public-write");
            assertThat(reason(apply(PlanFixture.ruled(signs, all, elsewhere), document)))
                    .isEqualTo("public-write");
            assertThat(apply(PlanFixture.ruled(signs, all, named), document)).isInstanceOf(Plan.Forward.class);
            assertThat(apply(PlanFixture.ruled(signs, all, optional), document)).isInstanceOf(Plan.Forward.class);
        }
    }

    /** A policy names it under {@code cos:x-cos-acl}, which such a request may not have. */
    @Test
    void grantsInHeadersNeedTheSameName() {
        Policy all = policy("all", statement("allow", "*", "${bucket}/*"));
        String[] headers = {
            "Content-Length: 0", "x-cos-grant-write: uri=\"http://cam.qcloud.com/groups/global/AllUsers\""
        };

        for (String line : List.of("PUT /k", "PUT /k?acl", "POST /k?uploads")) {
            assertThat(reason(planner.plan(line, headers))).isEqualTo("public-write");
            assertThat(reason(PlanFixture.ruled(true, all).plan(line, headers))).isEqualTo("policy-default");
            assertThat(reason(PlanFixture.ruled(true, all, naming("allow", "string_equal"))
                            .plan(line, headers)))
                    .isEqualTo("policy-default");
            assertThat(PlanFixture.ruled(true, all, naming("allow", "string_equal_if_exist"))
                            .plan(line, headers))
                    .isInstanceOf(Plan.Forward.class);
        }
    }

    private static Policy naming(String effect, String operator) {
        return policy(
                "naming",
                statement(
                        effect,
                        "PutObjectACL",
                        "${bucket}/*",
                        Map.of(operator, Map.of("cos:x-cos-acl", List.of("private", "public-read-write")))));
    }

    private static String acl(String grantee, String permission) {
        return "<AccessControlPolicy><Owner><ID>qcs::cam::uin/1:uin/1</ID></Owner><AccessControlList>"
                + grant(grantee, permission) + "</AccessControlList></AccessControlPolicy>";
    }

    private static String grant(String grantee, String permission) {
        return "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"RootAccount\">"
                + grantee + "</Grantee><Permission>" + permission + "</Permission></Grant>";
    }

    private static Plan apply(PlanFixture planner, String document) {
        Plan.Examine examine = (Plan.Examine) planner.plan("PUT /k?acl", "Content-Length: 10");
        return examine.then().apply(document.getBytes(UTF_8));
    }

    private static String reason(Plan plan) {
        return ((GatewayError.Denied) PlanFixture.error(plan)).reason();
    }
}
