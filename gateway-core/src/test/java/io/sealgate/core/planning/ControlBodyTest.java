package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.route;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlBodyTest {

    private final PlanFixture planner = PlanFixture.signing(route("/own/**", "all"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Delete><Object><Key>own/a</Key></Object><Object><Key>own/b</Key></Object></Delete>",
                "<?xml version='1.0' encoding='UTF-8'?>\n<Delete>\n <Quiet>true</Quiet>\n <Object><Key>own/a</Key><VersionId>v</VersionId></Object></Delete>",
                "<Delete xmlns='http://x'><Object><Key>own/&lt;&amp;中</Key></Object></Delete>",
                "<Delete><Object><Key><![CDATA[own/<a>]]></Key></Object></Delete>",
                "<Delete xmlns='x'><Object xmlns='x'><Key xmlns='x'>own/a</Key></Object></Delete>",
                "<Delete xmlns:a='b'>\n<Object xmlns:c='d'><Key>own/a&amp;b&lt;c&#x4E2D;</Key></Object></Delete>",
            })
    void batchDeleteUnderTheRouteGoesOnByteForByte(String document) {
        Plan plan = delete(document);

        var request = PlanFixture.forwarded(plan);
        assertThat(request.body()).isEqualTo(document.getBytes(UTF_8));
        assertThat(request.framing()).isEqualTo(new BodyFraming.Fixed(document.getBytes(UTF_8).length));
        assertThat(request.toHttp().headers().get("content-length")).isEqualTo("" + document.getBytes(UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Delete><Object><Key>other/a</Key></Object><Object><Key>other/b</Key></Object></Delete>",
                "<Delete><Object><Key>own</Key></Object></Delete>",
            })
    void batchThatIsAllOutsideTheRouteReachesNoOrigin(String document) {
        Plan.Reply reply = (Plan.Reply) delete(document);

        assertThat(reply.error().code()).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(reply.document()).contains("<Error><Key>", "<Code>AccessDenied</Code>");
        assertThat(planner.signatures()).isZero();
    }

    @Test
    void ofABatchOnlyWhatIsUnderTheRouteGoesOn() {
        Plan.Forward plan = (Plan.Forward) delete("<Delete><Quiet>TRUE</Quiet><Object><Key>own/&lt;a&gt;</Key>"
                + "<VersionId>v&amp;1</VersionId></Object><Object><Key>other/b</Key></Object></Delete>");

        String rest = "<Delete><Quiet>true</Quiet><Object><Key>own/&lt;a&gt;</Key><VersionId>v&amp;1</VersionId>"
                + "</Object></Delete>";
        assertThat(new String(plan.request().body(), UTF_8)).isEqualTo(rest);
        var headers = plan.request().toHttp().headers();
        assertThat(headers.get("content-length")).isEqualTo("" + rest.length());
        assertThat(headers.getAll("content-md5")).containsExactly("md5 of " + rest.length() + " bytes");
        assertThat(plan.edit().deniedKeys()).isOne();
    }

    /** The client has signed the document as it is. */
    @Test
    void batchThatTheClientSignedIsDeniedWhole() {
        Plan.Reply reply = (Plan.Reply) delete(
                PlanFixture.forwarding(route("/own/**", "all")),
                "<Delete><Object><Key>own/a</Key></Object><Object><Key>other/b</Key></Object></Delete>");

        assertThat(reply.error().code()).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(reply.document()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"own/../other", "own/\na", "own/&#10;a", "/", "//", "/own/a", "\\\\own", "own/&#xD;a"})
    void keyThatSomeReaderWouldReadOtherwiseIsRefused(String key) {
        assertThat(PlanFixture.error(delete("<Delete><Object><Key>" + key + "</Key></Object></Delete>"))
                        .code())
                .isEqualTo(CosErrorCode.INVALID_URI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "own/a",
                "<Delete/>",
                "<Delete><Object/></Delete>",
                "<Delete><Object><Key> own/a</Key></Object></Delete>",
                "<Delete><Object><Key>own/a </Key></Object></Delete>",
                "<Delete><Object><Key>own/a&#x3000;</Key></Object></Delete>",
                "<Delete><Object><Key>own/a</Key><VersionId> </VersionId></Object></Delete>",
                "<Delete><Object><Key>own/a</Key><Key>other/b</Key></Object></Delete>",
                "<Delete><Object><Key>own/a</Key><VersionId>1</VersionId><VersionId>2</VersionId></Object></Delete>",
                "<Delete><Object><Key>own/a<Key>other/b</Key></Key></Object></Delete>",
                "<Delete><Object><key>other/b</key><Key>own/a</Key></Object></Delete>",
                "<Delete><Key>other/b</Key><Object><Key>own/a</Key></Object></Delete>",
                "<Delete><Objects><Object><Key>own/a</Key></Object></Objects></Delete>",
                "<Delete>text<Object><Key>own/a</Key></Object></Delete>",
                "<Delete><Object a='b'><Key>own/a</Key></Object></Delete>",
                "<d:Delete xmlns:d='d'><d:Object><d:Key>own/a</d:Key></d:Object></d:Delete>",
                "<Delete><Object><Key>own/<!-- -->a</Key></Object></Delete>",
                "<Delete><Object><Key>own/a<![CDATA[.tmp]]></Key></Object></Delete>",
                "<Delete><Object><Key><![CDATA[own/a]]>.tmp</Key></Object></Delete>",
                "<Delete><Object><Key><![CDATA[own/a]]>&lt;</Key></Object></Delete>",
                "<Delete><Object><Key><![CDATA[own/a]]><![CDATA[.tmp]]></Key></Object></Delete>",
                "<Delete><Object><Key>own/a<![CDATA[]]></Key></Object></Delete>",
                "<Delete><Object><Key><![CDATA[]]>own/a</Key></Object></Delete>",
                "<Delete><?x y?><Object><Key>own/a</Key></Object></Delete>",
                "<Delete><Object><Key>own/a<![CDATA[b]]></Key></Object></Delete>",
                "<Delete><Object><Key><![CDATA[own/a]]>b</Key></Object></Delete>",
                "<Delete><Object><Key><![CDATA[own/a]]><![CDATA[b]]></Key></Object></Delete>",
                "<Delete><Object><Key>own/a<![CDATA[]]>b</Key></Object></Delete>",
                "<Delete><Object><Key>own/a</Key><VersionId>1<![CDATA[2]]></VersionId></Object></Delete>",
                "<Delete><Object><Key>own/a</Key><VersionId xmlns='other'>1</VersionId></Object></Delete>",
                "<Delete xmlns='http://x'><Object><Key>own/a</Key><VersionId xmlns=''>1</VersionId></Object></Delete>",
                "<Delete><Object xmlns='other'><Key>own/a</Key></Object></Delete>",
                "<!DOCTYPE Delete><Delete><Object><Key>own/a</Key></Object></Delete>",
                "<!DOCTYPE Delete [<!ENTITY e 'own/a'>]><Delete><Object><Key>&e;</Key></Object></Delete>",
                "<!DOCTYPE Delete [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Delete><Object><Key>own/&e;</Key></Object></Delete>",
                "<Delete><Object><Key>own/&unknown;</Key></Object></Delete>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><Delete><Object><Key>own/a</Key></Object></Delete>",
                "<?xml version='1.1'?><Delete><Object><Key>own/a</Key></Object></Delete>",
                "<Delete><Object><Key>own/a</Key></Object></Delete><Delete/>",
                "<Delete><Object><Key>own/a</Key></Object>",
                "\uFEFF<Delete><Object><Key>own/a</Key></Object></Delete>",
                "<CompleteMultipartUpload/>",
            })
    void batchDeleteThatTwoParsersCouldReadDifferentlyIsMalformed(String document) {
        assertThat(PlanFixture.error(delete(document)).code()).isEqualTo(CosErrorCode.MALFORMED_XML);
    }

    @Test
    void otherEncodingIsMalformed() {
        Plan plan = examine("POST /?delete")
                .then()
                .apply("<Delete><Object><Key>own/a</Key></Object></Delete>".getBytes(UTF_16));

        assertThat(PlanFixture.error(plan).code()).isEqualTo(CosErrorCode.MALFORMED_XML);
    }

    @Test
    void atMostThousandKeysAreDeletedAtOnce() {
        String object = "<Object><Key>own/a</Key></Object>";

        assertThat(delete("<Delete>" + object.repeat(1000) + "</Delete>")).isInstanceOf(Plan.Forward.class);
        assertThat(PlanFixture.error(delete("<Delete>" + object.repeat(1001) + "</Delete>"))
                        .code())
                .isEqualTo(CosErrorCode.MALFORMED_XML);
    }

    /** So long that texts cross the ends of the parser's buffers. */
    @ParameterizedTest
    @ValueSource(strings = {"<![CDATA[own/<&>%s]]>", "own/&lt;&amp;&gt;%s"})
    void longDocumentsAreReadAsTheyAre(String form) {
        StringBuilder document = new StringBuilder("<Delete>");
        for (int i = 0; i < 1000; i++) {
            String key = form.formatted("x".repeat(i % 800) + i);
            document.append("<Object><Key>").append(key).append("</Key></Object>");
        }

        assertThat(delete(document.append("</Delete>").toString())).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void largerDocumentIsRefusedBeforeItIsRead() {
        assertThat(planner.refusal("POST /?delete", "Content-Length: 2097153"))
                .isEqualTo(CosErrorCode.ENTITY_TOO_LARGE);
        assertThat(examine("POST /?delete").maxBytes()).isEqualTo(2 << 20);
    }

    @Test
    void batchDeleteNeedsARouteThatServesIt() {
        PlanFixture reading = PlanFixture.signing(route("/own/**", "read"));

        assertThat(reading.refusal("POST /?delete", "Content-Length: 10")).isEqualTo(CosErrorCode.NO_SUCH_ROUTE);
    }

    @Test
    void documentsOfOtherOperationsNeedTheirRoot() {
        byte[] complete = "<CompleteMultipartUpload><Part/></CompleteMultipartUpload>".getBytes(UTF_8);

        assertThat(examine("POST /own/a?uploadId=u").then().apply(complete)).isInstanceOf(Plan.Forward.class);
        assertThat(PlanFixture.error(examine("PUT /own/a?tagging").then().apply(complete))
                        .code())
                .isEqualTo(CosErrorCode.MALFORMED_XML);
        assertThat(PlanFixture.error(examine("POST /own/a?uploadId=u")
                                .then()
                                .apply("<a>".repeat(2000).getBytes(UTF_8)))
                        .code())
                .isEqualTo(CosErrorCode.MALFORMED_XML);
    }

    @Test
    void aclInTheHeadersNeedsNoDocument() {
        var sent = planner.sent("PUT /own/a?acl", "x-cos-acl: public-read", "Content-Length: 0");

        assertThat(sent.headers().get("x-cos-acl")).isEqualTo("public-read");
        assertThat(sent.headers().get("content-length")).isEqualTo("0");
    }

    @Test
    void chunkedDocumentIsSentWithItsLength() {
        Plan.Examine examine = (Plan.Examine) planner.plan("PUT /own/a?tagging", "Transfer-Encoding: chunked");

        var sent = PlanFixture.forwarded(examine.then().apply("<Tagging/>".getBytes(UTF_8)))
                .toHttp();

        assertThat(sent.headers().get("content-length")).isEqualTo("10");
        assertThat(sent.headers().contains("transfer-encoding")).isFalse();
    }

    @Test
    void documentThatIsNotWhatItsDigestSaysGoesNowhere() {
        GatewayError.Corrupted corrupted = new GatewayError.Corrupted(CosErrorCode.BAD_DIGEST, "digest");
        BodyTap refusing = new BodyTap() {
            private int seen;

            @Override
            public void update(ByteBuf chunk) {
                seen += chunk.readableBytes();
            }

            @Override
            public TapResult finish() {
                return new TapResult.Mismatched("md5", "" + seen, corrupted);
            }
        };
        PlanFixture checking = PlanFixture.signingWith(refusing, route("/own/**", "all"));
        Plan.Examine examine = (Plan.Examine) checking.plan("POST /?delete", "Content-Length: 10");

        Plan plan = examine.then().apply("<Delete><Object><Key>own/a</Key></Object></Delete>".getBytes(UTF_8));

        assertThat(PlanFixture.error(plan)).isEqualTo(corrupted);
        assertThat(checking.signatures()).isZero();
    }

    private Plan delete(String document) {
        return delete(planner, document);
    }

    private static Plan delete(PlanFixture planner, String document) {
        Plan.Examine examine = (Plan.Examine) planner.plan("POST /?delete", "Content-Length: 10");
        return examine.then().apply(document.getBytes(UTF_8));
    }

    private Plan.Examine examine(String line) {
        return (Plan.Examine) planner.plan(line, "Content-Length: 10");
    }

    /** Who reads these bytes in another encoding reads other keys: those of UTF-7 are hidden in plain letters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/xml; charset=utf-7",
                "Content-Type: application/xml;charset=\"UTF-16\"",
                "Content-Type: text/xml; CHARSET=iso-8859-1",
                "Content-Type: text/xml; charset=utf-8; charset=utf-7",
                "Content-Type: text/xml; charset=utf-7; x=\"; charset=utf-8\"",
                "Content-Type: text/xml; charset*=us-ascii''utf-7",
                "Content-Type: text/xml; charset",
                "Content-Type: text/xml; charset=utf-8-x",
                "Content-Type: text/xml; x=\"charset=utf-7",
                "Content-Encoding: deflate",
                "Content-Encoding: identity, gzip"
            })
    void documentThatAnotherReaderDecodesInAnotherWayIsRefused(String header) {
        for (String line : List.of("POST /?delete", "POST /own/k?uploadId=u", "PUT /own/k?acl", "PUT /own/k?tagging")) {
            for (PlanFixture each : List.of(planner, PlanFixture.forwarding(route("/**", "all")))) {
                assertThat(each.refusal(line, header, "Content-Length: 100"))
                        .as(line)
                        .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/xml",
                "Content-Type: application/xml; charset=utf-8",
                "Content-Type: application/xml;charset=\"UTF-8\" ; version=1",
                "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
                "Content-Type:",
                "Content-Encoding:",
                "Content-Encoding: identity"
            })
    void documentInUtf8IsRead(String header) {
        for (PlanFixture each : List.of(planner, PlanFixture.forwarding(route("/**", "all")))) {
            assertThat(each.plan("POST /?delete", header, "Content-Length: 100"))
                    .isInstanceOf(Plan.Examine.class);
        }
    }
}
