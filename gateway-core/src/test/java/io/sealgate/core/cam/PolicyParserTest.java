package io.sealgate.core.cam;

import static io.sealgate.core.cam.Documents.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {

    @Test
    void documentSaysItsVersion() {
        assertThat(problems(Map.of("statement", List.of(good()))))
                .containsExactly("version: version: none (expected: 2.0)");
        assertThat(problems(Map.of("version", "1.0", "statement", List.of(good()))))
                .containsExactly("version: version: 1.0 (expected: 2.0)");
    }

    @Test
    void documentNeedsStatements() {
        assertThat(problems(Map.of("version", "2.0", "statement", List.of())))
                .containsExactly("statement: statements: none (expected: a list of at least one)");
        assertThat(problems(Map.of("version", "2.0")))
                .containsExactly("statement: statements: none (expected: a list of at least one)");
    }

    @Test
    void unknownElementsAreRefused() {
        assertThat(problems(Map.of("version", "2.0", "statement", List.of(good()), "Id", "x")))
                .containsExactly("Id: unknown element (expected: statement, version)");
        assertThat(with("Effect", "allow"))
                .containsExactly(
                        "statement[0].Effect: unknown element (expected: action, condition, effect, resource)");
    }

    @Test
    void principalsAreRefusedBecauseRoutesHaveThem() {
        assertThat(with("principal", Map.of("qcs", List.of("qcs::cam::anyone:anyone"))))
                .containsExactly(
                        "statement[0].principal: principal: not taken (expected: none, a policy is for the clients of"
                                + " the routes that name it)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Allow", "ALLOW", "", "permit"})
    void effectIsAllowOrDeny(String effect) {
        assertThat(with("effect", effect))
                .containsExactly("statement[0].effect: effect: " + effect + " (expected: allow or deny)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name/cos:GetObjct",
                "name/cos:getobject",
                "name/ci:GetObject",
                "cvm:RunInstances",
                "",
                "cos:",
                "name/cos:Gett*",
                "name/cos:${client.cn}",
                "name/name/cos:GetObject"
            })
    void actionsThatCosDoesNotHaveAreRefused(String action) {
        assertThat(with("action", List.of("name/cos:PutObject", action)))
                .containsExactly("statement[0].action[1]: action: " + action
                        + " (expected: an action of COS such as name/cos:GetObject or name/cos:*)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name/cos:GetObject",
                "cos:GetObject",
                "GetObject",
                "*",
                "cos:*",
                "name/cos:Put*ACL",
                "name/*",
                "name/cos:PutBucketLifecycle",
                "name/cos:PutObjectCopy",
                "name/cos:UploadPartCopy",
                "name/cos:PostObject"
            })
    void actionsAreSpelledAsTencentDoes(String action) {
        assertThat(with("action", action)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qcs::cvm:ap-guangzhou:uid/1250000000:examplebucket-1250000000/*",
                "qcs::cos:ap-guangzhou:uin/100000000001:examplebucket-1250000000/*",
                "qcs::cos:ap-guangzhou:examplebucket-1250000000/*",
                "qcs:x:cos:ap-guangzhou:uid/1250000000:examplebucket-1250000000/*",
                "qcs::cos:${client.cn}:uid/1250000000:examplebucket-1250000000/*",
                "qcs::cos:ap-guangzhou:uid/1250000000:prefix//1250000000",
                "qcs::cos:ap-guangzhou:uid/1250000000:prefix//1250000000/examplebucket",
                "qcs::cos:ap-guangzhou:uid/1250000000:prefix///examplebucket/a",
                "qcs::cos:ap-guangzhou:uid/1250000000:prefix//1250000000//a",
                "qcs::cos:ap-guangzhou:uid/1250000000:prefix//",
                "qcs::cos:ap-guangzhou:uid/1250000000:",
                "/examplebucket-1250000000/a",
                " ",
                " examplebucket-1250000000/a",
                "examplebucket-1250000000 /a",
                "Examplebucket-1250000000/a",
                "${bucket}.cos/a",
                "examplebuc\u212Aet-1250000000/a",
                "example?ucket-1250000000/a",
                "arn:aws:s3:::examplebucket-1250000000/a",
                "QCS::cos:ap-guangzhou:uid/1250000000:examplebucket-1250000000/a",
                "qcs::cos:AP-guangzhou:uid/1250000000:examplebucket-1250000000/a",
                "qcs::cos:ap-guangzhou:uid/\uFF11250000000:examplebucket-1250000000/a",
                "qcs::cos:ap-guangzhou:uid/1250000000:prefix//1250000000/Examplebucket/a",
                ""
            })
    void resourcesOfOtherKindsAreRefused(String resource) {
        assertThat(with("resource", resource))
                .containsExactly(
                        "statement[0].resource: resource: " + resource + " (expected: " + ResourceName.EXPECTED + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${client.cn}/a",
                "a${client.cn}/a",
                "*${client.cn}/a",
                "${bucket}${client.cn}/a",
                "${route}/a",
                "qcs::cos:::prefix//1250000000/${bucket}/a",
                "qcs::cos:::prefix//${client.cn}/examplebucket/a"
            })
    void bucketsHaveNoVariablesButTheRoutes(String resource) {
        assertThat(with("resource", resource))
                .singleElement()
                .asString()
                .contains("a bucket, a slash, and only then ${");
    }

    @ParameterizedTest
    @CsvSource({"${client.name},client.name", "${client.CN},client.CN", "${},''", "${ client.cn},' client.cn'"})
    void unknownVariablesAreRefused(String variable, String name) {
        assertThat(with("resource", "${bucket}/" + variable + "/*"))
                .containsExactly(
                        "statement[0].resource: variable: " + name + " (expected: one of client.cn, client.san.uri,"
                                + " client.san.dns, client.spiffe.path, client.serial, client.issuer.cn, client.fingerprint,"
                                + " bucket, route)");
    }

    @Test
    void variablesAreClosed() {
        assertThat(with("resource", "${bucket}/${client.cn/*"))
                .singleElement()
                .asString()
                .contains("closing brace");
    }

    @Test
    void emptyListsAreRefused() {
        assertThat(with("action", List.of()))
                .containsExactly("statement[0].action: action: none (expected: a text or a list of at least one)");
        assertThat(with("resource", List.of()))
                .containsExactly("statement[0].resource: resource: none (expected: a text or a list of at least one)");
        assertThat(with("condition", Map.of()))
                .containsExactly(
                        "statement[0].condition: conditions: none (expected: a section with at least one entry)");
        assertThat(with("condition", Map.of("string_equal", Map.of())))
                .containsExactly(
                        "statement[0].condition.string_equal: conditions: none (expected: a section with at least one entry)");
        assertThat(condition("string_equal", "cos:x-cos-acl", List.of()))
                .containsExactly(
                        "statement[0].condition.string_equal.cos:x-cos-acl: values: none (expected: at least one)");
    }

    @Test
    void everyProblemIsReported() {
        Map<String, Object> bad = Map.of("effect", "x", "action", "x", "resource", "", "condition", "x");

        assertThat(problems(Map.of("version", "2.0", "statement", List.of(bad, "x"))))
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "string_equals",
                "StringEqual",
                "string_equal_if_exists",
                "if_exist",
                "for_any_value:",
                "for_each_value:string_equal",
                "string_equal_if_exist_ignore_case",
                "binary_equal",
                "_if_exist",
                "for_any_value:for_all_value:string_equal"
            })
    void unknownOperatorsAreRefused(String operator) {
        assertThat(condition(operator, "cos:x-cos-acl", "private"))
                .singleElement()
                .asString()
                .startsWith("statement[0].condition." + operator + ": operator: " + operator + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos:x-cos-alc",
                "qcs:vpc",
                "vpc:requester_vpc",
                "qcs:resource_tag",
                "cos:Content-Type",
                "content-type",
                "cos:x-cos-grant-*",
                "qcs:uin"
            })
    void unknownKeysAreRefused(String key) {
        assertThat(condition("string_equal", key, "a"))
                .singleElement()
                .asString()
                .startsWith(
                        "statement[0].condition.string_equal." + key + ": key: " + key + " (expected: one of qcs:ip, ");
    }

    @ParameterizedTest
    @CsvSource({
        "string_equal,qcs:ip,10.0.0.1",
        "ip_equal,cos:host,10.0.0.1",
        "string_like,cos:content-length,5",
        "numeric_equal,cos:content-type,5",
        "bool_equal,cos:x-cos-acl,true",
        "date_equal,cos:content-length,5",
        "string_equal,cos:secure-transport,true",
        "numeric_less_than,qcs:current_time,5"
    })
    void operatorsAreForTheirOwnKindOfValues(String operator, String key, String value) {
        assertThat(condition(operator, key, value))
                .containsExactly("statement[0].condition." + operator + "." + key + ": operator: " + operator
                        + " (expected: one for the values of " + key + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "ip_equal,qcs:ip,10.0.0",
        "date_equal,qcs:current_time,2026-01-01T24:00:00Z",
        "date_equal,qcs:current_time,2026-01-01T00:60:00Z",
        "ip_equal,qcs:ip,10.0.0.0/33",
        "ip_equal,qcs:ip,::ffff:10.0.0.1/24",
        "ip_equal,qcs:ip,::ffff:0:0/95",
        "ip_equal,qcs:ip,::ffff:10.0.0.1/129",
        "ip_equal,qcs:ip,2001:db8::/129",
        "ip_equal,qcs:ip,localhost",
        "ip_equal,qcs:ip,010.0.0.1",
        "ip_equal,qcs:ip,${client.cn}",
        "numeric_equal,cos:content-length,5MB",
        "numeric_equal,cos:content-length,1e6",
        "numeric_equal,cos:content-length,''",
        "numeric_equal,cos:content-length,-1",
        "numeric_equal,cos:content-length,+5",
        "numeric_equal,cos:content-length,.5",
        "numeric_equal,cos:content-length,5.0",
        "numeric_equal,cos:content-length,\u0661",
        "numeric_equal,cos:content-length,\uff11",
        "numeric_equal,cos:content-length,1000000000000000000",
        "numeric_less_than,cos:object-lock-remaining-retention-days,-1",
        "numeric_less_than,cos:tls-version,1.1",
        "numeric_equal,cos:tls-version,13",
        "numeric_equal,cos:tls-version,1.20",
        "numeric_equal,cos:tls-version,1.4",
        "ip_equal,qcs:ip,::10.0.0.01",
        "ip_equal,qcs:ip,::10.0.0.1/129",
        "string_equal,cos:prefix,a%ff",
        "string_equal,cos:prefix,%ED%A0%80",
        "string_like,cos:versionid,%C0%AF*",
        "string_equal,cos:prefix,a+b",
        "bool_equal,cos:secure-transport,True",
        "bool_equal,cos:secure-transport,1",
        "null_equal,cos:x-cos-acl,yes",
        "date_less_than,qcs:current_time,2026-01-01",
        "date_less_than,qcs:current_time,2026-01-01T00:00:00",
        "date_less_than,qcs:current_time,2026-01-01T00:00:00+01:00",
        "date_less_than,qcs:current_time,2026-01-01t00:00:00z",
        "date_less_than,qcs:current_time,+12026-01-01T00:00:00Z",
        "string_like,cos:content-type,im*ge",
        "string_equal,cos:prefix,users/",
        "string_like,cos:prefix,users/*",
        "string_like,cos:prefix,'a b*'",
        "string_equal,cos:response-content-type,image/jpeg",
        "string_equal,cos:prefix,users%2",
        "string_equal,cos:x-cos-acl,${client.nobody}"
    })
    void valuesThatCannotBeMeantAreRefused(String operator, String key, String value) {
        assertThat(condition(operator, key, value))
                .singleElement()
                .asString()
                .startsWith("statement[0].condition." + operator + "." + key + ": ")
                .contains(" (expected: ");
    }

    @Test
    void placesInListsAreNamed() {
        assertThat(condition("ip_equal", "qcs:ip", List.of("10.0.0.1", "x")))
                .containsExactly(
                        "statement[0].condition.ip_equal.qcs:ip[1]: address: x (expected: " + Network.EXPECTED + ")");
    }

    private static List<String> condition(String operator, String key, Object values) {
        return with("condition", Map.of(operator, Map.of(key, values)));
    }

    private static List<String> with(String name, Object value) {
        Map<String, Object> statement = new HashMap<>(good());
        statement.put(name, value);
        return problems(Map.of("version", "2.0", "statement", List.of(statement)));
    }

    private static Map<String, Object> good() {
        return Map.of("effect", "allow", "action", "name/cos:GetObject", "resource", "${bucket}/*");
    }

    private static List<String> problems(Map<String, ?> document) {
        Problems problems = new Problems();
        PolicyParser.document("p", node(document), problems);
        return new ArrayList<>(problems.lines());
    }
}
