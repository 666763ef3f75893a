package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.HOST;
import static io.sealgate.core.planning.PlanFixture.pathStyle;
import static io.sealgate.core.planning.PlanFixture.route;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.request.Heads;
import io.sealgate.core.request.ParsedHead;
import java.net.URLDecoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Throws heaps of nearly good requests at the planner. The seed is fixed: a failure is reproducible. */
class PlannerFuzzTest {

    private static final int ROUNDS = 4_000;

    private static final List<String> LINES = List.of("GET", "HEAD", "PUT", "POST", "DELETE");

    private static final List<String> PIECES = List.of(
            "own",
            "/",
            "/",
            "own/",
            "other",
            "..",
            ".",
            "%2e",
            "%2E%2e",
            "%2F",
            "%2f",
            "//",
            "+",
            "%2B",
            "%20",
            "%00",
            "%",
            "%4",
            "%C0%AF",
            "%E4%B8%AD",
            "\\",
            "%5C",
            ";",
            "*",
            "own%2F",
            "%6Fwn/",
            "a",
            "~",
            "#",
            "@",
            "\u00e4",
            "");

    private static final List<String> QUERIES = List.of(
            "",
            "",
            "",
            "?uploads",
            "?prefix=own/",
            "?prefix=",
            "?acl",
            "?tagging",
            "?delete",
            "?uploadId=u",
            "?partNumber=1&uploadId=u",
            "?append&position=0",
            "?versionId=v",
            "?q-ak=a;b",
            "?%75ploads",
            "?a=%zz",
            "?x=1",
            "?prefix=own/&prefix=",
            "?&&=",
            "?policy",
            "?x-id=PutObject",
            "?list-type=2");

    private static final List<String> HEADERS = List.of(
            "Content-Length: 0",
            "Content-Length: 3",
            "Transfer-Encoding: chunked",
            "x-cos-acl: private",
            "x-cos-copy-source: " + HOST + "/own/a",
            "x-cos-copy-source: " + HOST + "/own/../other",
            "x-cos-copy-source: " + HOST + "/%6Fther/",
            "x-cos-meta-a: b",
            "Expect: 100-continue",
            "Content-Type: multipart/form-data",
            "x-cos-copy-source: ?",
            "Connection: close, x",
            "Range: bytes=0-",
            "x-cos-server-side-encryption: A",
            "x-amz-copy-source: " + PlanFixture.BUCKET + "/own/a",
            "x-amz-copy-source: /" + PlanFixture.BUCKET + "/own/%2e%2e/other",
            "x-amz-copy-source: " + PlanFixture.BUCKET + "/other",
            "x-amz-copy-source: own/a",
            "x-amz-acl: private",
            "x-amz-meta-a: b",
            "x-amz-date: a",
            "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "x-amz-content-sha256: STREAMING-A\r\nx-amz-decoded-content-length: 3\r\nContent-Length: 9",
            "Content-Encoding: aws-chunked");

    private static final List<String> HOSTS = List.of(
            HOST, HOST, HOST, "gw.example", "127.0.0.1:1", "cos.ap-guangzhou.myqcloud.com", "b-1.cos.r.myqcloud.com");

    private final Random random = new Random(20261123);

    @Test
    void nothingThrownAtThePlannerBreaksItOrLeavesTheRoutesPath() {
        throwAt(PlanFixture.signing(route("/own/**", "all")));
    }

    @Test
    void norDoesWhatIsAddressedInPathStyle() {
        throwAt(PlanFixture.signing(pathStyle("/own/**", List.of("gw.example", "127.0.0.1"), "all")));
    }

    private void throwAt(PlanFixture signing) {
        int forwarded = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String raw = request();
            if (Heads.parse(raw) instanceof ParsedHead.Good good) {
                forwarded += check(raw, signing.plan(PlanFixture.CERTIFIED, good.head()));
            }
        }
        assertThat(forwarded)
                .as("enough requests were good for this to mean something")
                .isGreaterThan(100);
    }

    private int check(String raw, Plan plan) {
        if (plan instanceof Plan.Reply reply) {
            assertThat(reply.error()).as(raw).isNotInstanceOf(GatewayError.Internal.class);
            return 0;
        }
        if (plan instanceof Plan.Examine examine) {
            return check(raw, examine.then().apply(document()));
        }
        var sent = PlanFixture.forwarded(plan).toHttp();
        String path = URLDecoder.decode(sent.uri().split("\\?", 2)[0], UTF_8);
        boolean isListing = path.equals("/") && sent.uri().contains("prefix=own%2F");
        boolean isBatch = path.equals("/") && sent.uri().equals("/?delete");
        assertThat(isListing || isBatch || path.startsWith("/own/"))
                .as(raw + " became " + sent.uri())
                .isTrue();
        assertThat(List.of(path.split("/", -1))).as(raw).doesNotContain("..", ".");
        assertThat(sent.headers().getAll("host")).containsExactly(HOST);
        String source = sent.headers().get("x-cos-copy-source");
        assertThat(source == null || source.startsWith(HOST + "/own/")).as(raw).isTrue();
        return 1;
    }

    private byte[] document() {
        String key = pick(List.of("own/a", "own/b", "other", "own/../x"));
        String document =
                pick(List.of("<Delete><Object><Key>" + key + "</Key></Object></Delete>", "<Tagging/>", "<", ""));
        return (key.startsWith("own/") ? document : document.replace("own", "x")).getBytes(UTF_8);
    }

    private String request() {
        StringBuilder path = new StringBuilder("/");
        if (random.nextInt(4) != 0) {
            path.append(random.nextInt(5) != 0 ? "own/" : PlanFixture.BUCKET + "/own/");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append(pick(PIECES));
        }
        String[] headers = new String[1 + random.nextInt(2)];
        headers[0] = "Host: " + pick(HOSTS);
        for (int i = 1; i < headers.length; i++) {
            headers[i] = pick(HEADERS);
        }
        return Heads.raw(pick(LINES) + " " + path + pick(QUERIES) + " HTTP/1.1", headers);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
