package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a request's head says and COS does not go by, or what it leaves to be said elsewhere, is not known to policies.
 */
class PolicyUnknownTest {

    private static final String ALL = "${bucket}/*";
    private static final Policy READ = policy("read", statement("allow", "GetObject", ALL));
    private static final String SOURCE = "x-cos-copy-source: " + PlanFixture.HOST + "/src/a";

    /** What COS takes from the source of a copy unless {@code Replaced} is said, a header does not say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: image/png| | false",
                "Content-Type: image/png| x-cos-metadata-directive: Copy| false",
                "Content-Type: image/png| x-cos-metadata-directive: replaced| false",
                "Content-Type: image/png| x-cos-metadata-directive: REPLACE| false",
                "Content-Type: image/png| x-cos-tagging-directive: Replaced| false",
                "Content-Type: image/png| x-cos-metadata-directive: Replaced| true",
                "Content-Type: image/png| x-amz-metadata-directive: REPLACE| true",
                "Content-Type: image/png| x-amz-metadata-directive: COPY| false",
                "Content-Type: text/html| x-cos-metadata-directive: Replaced| false",
                "x-cos-meta-a: b| | false"
            })
    void theTypeOfACopyIsItsSources(String type, @Nullable String directive, boolean isAllowed) {
        Policy images = policy(
                "images",
                statement("allow", "PutObject", ALL, Map.of("string_like", Map.of("cos:content-type", "image/*"))));
        Policy noHtml = policy(
                "no-html",
                statement("allow", List.of("PutObject", "PutObjectTagging"), ALL),
                statement(
                        "deny",
                        "PutObject",
                        ALL,
                        Map.of("string_like_ignore_case", Map.of("cos:content-type", "text/html*"))));

        assertThat(isAllowed(PlanFixture.ruled(true, READ, images, tagging()), type, directive))
                .isEqualTo(isAllowed);
        assertThat(isAllowed(PlanFixture.ruled(true, READ, noHtml), type, directive))
                .isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-cos-tagging: team=red| | false",
                "x-cos-tagging: team=red| x-cos-tagging-directive: Copy| false",
                "x-cos-tagging: team=red| x-cos-metadata-directive: Replaced| false",
                "x-cos-tagging: team=red| x-cos-tagging-directive: Replaced| true",
                "x-amz-tagging: team=red| x-amz-tagging-directive: REPLACE| true",
                "x-cos-tagging: team=blue| x-cos-tagging-directive: Replaced| false",
            })
    void theTagsOfACopyAreItsSources(String tags, @Nullable String directive, boolean isAllowed) {
        Policy red = policy(
                "red",
                statement(
                        "allow",
                        List.of("PutObject", "PutObjectTagging"),
                        ALL,
                        Map.of("for_all_value:string_equal", Map.of("qcs:request_tag", "team&red"))));
        Policy noBlue = policy(
                "no-blue",
                statement("allow", List.of("PutObject", "PutObjectTagging"), ALL),
                statement("deny", "PutObject", ALL, Map.of("string_equal", Map.of("qcs:request_tag", "team&blue"))));

        assertThat(isAllowed(PlanFixture.ruled(true, READ, red), tags, directive))
                .isEqualTo(isAllowed);
        assertThat(isAllowed(PlanFixture.ruled(true, READ, noBlue), tags, directive))
                .isEqualTo(isAllowed);
    }

    /** The body of a copy is empty; what is copied has any size. */
    @ParameterizedTest
    @CsvSource({
        "PUT /own/a, true, false",
        "PUT /own/a, false, false",
        "PUT /own/a?partNumber=1&uploadId=u, true, false",
        "PUT /own/a?partNumber=1&uploadId=u, false, false"
    })
    void theLengthOfACopyIsNotThatOfItsRequest(String line, boolean hasLength, boolean isAllowed) {
        List<String> actions = List.of("PutObject", "UploadPart");
        Policy small = policy(
                "small",
                statement("allow", actions, ALL, Map.of("numeric_less_than_equal", Map.of("cos:content-length", 3))));
        Policy notLarge = policy(
                "not-large",
                statement("allow", actions, ALL),
                statement("deny", actions, ALL, Map.of("numeric_greater_than", Map.of("cos:content-length", 3))));
        String[] headers = hasLength ? new String[] {SOURCE, "Content-Length: 0"} : new String[] {SOURCE};

        for (boolean signs : new boolean[] {true, false}) {
            assertThat(PlanFixture.ruled(signs, READ, small).plan(line, headers) instanceof Plan.Forward)
                    .isEqualTo(isAllowed);
            assertThat(PlanFixture.ruled(signs, READ, notLarge).plan(line, headers) instanceof Plan.Forward)
                    .isEqualTo(isAllowed);
        }
    }

    /** Mode and date stand in the document. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT /own/a?retention"})
    void aRetentionInABodyIsNotKnownToBeAShortOne(String line) {
        for (Map<String, Map<String, Object>> condition : List.<Map<String, Map<String, Object>>>of(
                Map.of("numeric_greater_than", Map.of("cos:object-lock-remaining-retention-days", 30)),
                Map.of("string_equal", Map.of("cos:object-lock-mode", "COMPLIANCE")))) {
            Policy policy = policy(
                    "lock", statement("allow", "*", ALL), statement("deny", "PutObjectRetention", ALL, condition));
            PlanFixture fixture = PlanFixture.ruledServing(List.of("PutObjectRetention"), policy);

            assertThat(fixture.plan(line, "Content-Length: 100")).isInstanceOf(Plan.Reply.class);
        }
    }

    /** A list is what a header sent twice is to a reader who joins the two (RFC 9110 section 5.3). */
    @ParameterizedTest
    @ValueSource(strings = {"image/png,text/html", "image/png, text/html", "image/png;x=\",text/html;y=\""})
    void aListOfMediaTypesIsNotOneOfThem(String type) {
        Policy images = policy(
                "images",
                statement("allow", "PutObject", ALL, Map.of("string_like", Map.of("cos:content-type", "image/*"))));
        Policy noHtml = policy(
                "no-html",
                statement("allow", "PutObject", ALL),
                statement("deny", "PutObject", ALL, Map.of("string_like", Map.of("cos:content-type", "text/html*"))));

        for (Policy policy : List.of(images, noHtml)) {
            assertThat(PlanFixture.ruled(true, policy).plan("PUT /own/a", "Content-Length: 0", "Content-Type: " + type))
                    .isInstanceOf(Plan.Reply.class);
        }
    }

    private static Policy tagging() {
        return policy("tagging", statement("allow", "PutObjectTagging", ALL));
    }

    private static boolean isAllowed(PlanFixture fixture, String one, @Nullable String other) {
        List<String> headers = new ArrayList<>(List.of("Content-Length: 0", SOURCE, one));
        if (other != null) {
            headers.add(other);
        }
        return fixture.plan("PUT /own/a", headers.toArray(String[]::new)) instanceof Plan.Forward;
    }
}
