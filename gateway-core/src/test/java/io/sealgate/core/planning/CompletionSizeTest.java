package io.sealgate.core.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.ForbidOverwrite;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.NamedPart;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a multipart upload may be completed to where objects have a limit: here of 1024 bytes, with parts 1 to 3
 * remembered.
 */
class CompletionSizeTest {

    private static final UploadsConfig KIBIBYTE = new UploadsConfig(
            ByteSize.parse("1KiB"), null, List.of(), null, List.of(), ForbidOverwrite.FALSE, null, null, null, null);
    private static final String COMPLETE = "POST /a?uploadId=u";
    private static final String DIGEST = "0123456789abcdef0123456789abcdef";

    private final PlanFixture signing = PlanFixture.signing(PlanFixture.limited(KIBIBYTE, "/**", "all"));
    private final PlanFixture forwarding = PlanFixture.forwarding(PlanFixture.limited(KIBIBYTE, "/**", "all"));
    private final PlanFixture unlimited = PlanFixture.signing(PlanFixture.route("/**", "all"));

    @BeforeEach
    void remember() {
        for (PlanFixture fixture : List.of(signing, forwarding, unlimited)) {
            fixture.partSizes.put(new NamedPart(1, DIGEST), 600L);
            fixture.partSizes.put(new NamedPart(2, "two"), 424L);
            fixture.partSizes.put(new NamedPart(3, "three"), 1L);
        }
    }

    private static Plan plan(PlanFixture fixture, String parts) {
        byte[] body = ("<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>").getBytes(UTF_8);
        Plan plan = fixture.plan(COMPLETE, "Content-Length: " + body.length);
        return plan instanceof Plan.Examine examine ? examine.then().apply(body) : plan;
    }

    private static String part(Object number, String etag) {
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + etag + "</ETag></Part>";
    }

    private static String code(Plan plan) {
        return PlanFixture.error(plan).code().code();
    }

    @ParameterizedTest
    @ValueSource(strings = {DIGEST, "\"" + DIGEST + "\"", " &quot;0123456789ABCDEF0123456789ABCDEF&quot; "})
    void partsThatAreRememberedAsTheyAreNamedNeedNotBeAskedFor(String etag) {
        for (PlanFixture fixture : List.of(signing, forwarding)) {
            Plan plan = plan(fixture, part(1, etag) + part(2, "two"));

            assertThat(plan).isInstanceOfSatisfying(Plan.Forward.class, sent -> assertThat(sent.question())
                    .isNull());
        }
    }

    @Test
    void partsThatAreTooLargeTogetherAreRefused() {
        assertThat(code(plan(signing, part(1, DIGEST) + part(2, "two") + part(3, "three"))))
                .isEqualTo("EntityTooLarge");
    }

    @Test
    void knownPartsThatAreTooLargeAreRefusedWhateverTheOthersAre() {
        String all = part(1, DIGEST) + part(2, "two") + part(3, "three") + part(4, "unknown");

        assertThat(code(plan(signing, all))).isEqualTo("EntityTooLarge");
        assertThat(code(plan(forwarding, all))).isEqualTo("EntityTooLarge");
    }

    @Test
    void whatIsNotRememberedIsAskedForWithTheRoomThatIsLeft() {
        Plan plan = plan(signing, part(1, DIGEST) + part(2, "another") + part(7, "unknown"));

        assertThat(plan).isInstanceOfSatisfying(Plan.Forward.class, sent -> {
            assertThat(sent.question())
                    .isEqualTo(new PartsQuestion(
                            "u", List.of(new NamedPart(2, "another"), new NamedPart(7, "unknown")), 424, 1024));
            assertThat(sent.madeBytes(sent.request().body())).isPositive();
        });
    }

    @Test
    void withoutAKeyToAskWithWhatIsNotRememberedIsNotCompleted() {
        assertThat(code(plan(forwarding, part(1, "another")))).isEqualTo("ServiceUnavailable");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "7, 7"})
    void eachPartIsNamedOnceInAscendingOrder(int first, int second) {
        assertThat(code(plan(signing, part(first, "a") + part(second, "b")))).isEqualTo("InvalidPartOrder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Part><PartNumber>1</PartNumber></Part>",
                "<Part><ETag>a</ETag></Part>",
                "<Part><PartNumber>1</PartNumber><ETag> </ETag></Part>",
                "<Part><PartNumber>1</PartNumber><PartNumber>2</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>1</PartNumber><ETag>a</ETag><ETag>b</ETag></Part>",
                "<Part><PartNumber>1<X/></PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>1<![CDATA[0]]></PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>1</PartNumber><ETag>a<![CDATA[b]]></ETag></Part>",
                "<Part><PartNumber>0</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>01</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>\u20031</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>1\u3000</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>+1</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>\u0661</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>10001</PartNumber><ETag>a</ETag></Part>",
                "<Part><PartNumber>4294967297</PartNumber><ETag>a</ETag></Part>",
                "<x:Part xmlns:x='y'><PartNumber>1</PartNumber><ETag>a</ETag></x:Part>",
                "<part><PartNumber>1</PartNumber><ETag>a</ETag></part>"
            })
    void aDocumentThatMayNameOtherPartsThanItSeemsToIsRefused(String parts) {
        assertThat(code(plan(signing, parts))).isEqualTo("MalformedXML");
    }

    @Test
    void whereObjectsHaveNoLimitNothingIsAddedUp() {
        assertThat(plan(unlimited, part(2, "b") + part(1, "a")))
                .isInstanceOfSatisfying(
                        Plan.Forward.class, sent -> assertThat(sent.question()).isNull());
    }

    @Test
    void partsThatAreCopiedAreRefused() {
        String source = "x-cos-copy-source: " + PlanFixture.HOST + "/b";

        assertThat(PlanFixture.error(signing.plan("PUT /a?partNumber=1&uploadId=u", source))
                        .code()
                        .code())
                .isEqualTo("AccessDenied");
        assertThat(signing.plan("PUT /a?partNumber=1&uploadId=u", "x-amz-copy-source: " + PlanFixture.BUCKET + "/b"))
                .isInstanceOf(Plan.Reply.class);
    }
}
