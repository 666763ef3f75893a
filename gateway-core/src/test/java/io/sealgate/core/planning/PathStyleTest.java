package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.BUCKET;
import static io.sealgate.core.planning.PlanFixture.pathStyle;
import static io.sealgate.core.planning.PlanFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.error.CosErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts of the gateway's own that are addressed in path style, beside hosts that are not. */
class PathStyleTest {

    private static final String HOST = "Host: ps.example";

    private final PlanFixture planner = PlanFixture.signing(
            route("/virtual/**", "read"), pathStyle("/telemetry/**", List.of("ps.example", "*.ps.example"), "all"));

    @ParameterizedTest
    @CsvSource({
        "PUT /B/telemetry/a,                  ps.example,      /telemetry/a",
        "PUT /B/telemetry/a,                  PS.example:8443, /telemetry/a",
        "PUT /B/telemetry/a,                  x.ps.example,    /telemetry/a",
        "PUT /B%2Ftelemetry%2Fa,              ps.example,      /telemetry/a",
        "GET /B/telemetry//a%2Bb+c,           ps.example,      /telemetry//a%2Bb%2Bc",
        "GET /B/telemetry/B/a,                ps.example,      /telemetry/B/a",
        "GET /B?prefix=telemetry/,            ps.example,      /?prefix=telemetry%2F",
        "GET /B/?prefix=telemetry/,           ps.example,      /?prefix=telemetry%2F",
        "GET /B/telemetry/a?acl,              ps.example,      /telemetry/a?acl",
        "POST /B/telemetry/a?uploads,         ps.example,      /telemetry/a?uploads",
        "GET /telemetry/a,                    BUCKET,          /telemetry/a",
        "GET /virtual/a,                      gw.example,      /virtual/a",
    })
    void bucketIsTakenOutOfThePathAndTheRestIsSigned(String line, String host, String target) {
        String header = "Host: " + host.replace("BUCKET", PlanFixture.HOST);
        HttpRequest sent = planner.sent(line.replace("/B", "/" + BUCKET), header, "Content-Length: 0");

        assertThat(sent.uri()).isEqualTo(target.replace("/B", "/" + BUCKET));
        assertThat(sent.headers().get("host")).isEqualTo(PlanFixture.HOST);
        assertThat(sent.headers().get("authorization")).startsWith("signed /").doesNotStartWith("signed /" + BUCKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /other-1250000000/telemetry/a",
                "GET /examplebucket/telemetry/a",
                "GET /telemetry/a",
                "GET /virtual/a",
                "GET /",
                "GET //examplebucket-1250000000/telemetry/a",
                "HEAD /other-1250000000",
                "POST /other-1250000000/?delete"
            })
    void otherBucketsAreNotThere(String line) {
        assertThat(planner.refusal(line, HOST, "Content-Length: 0")).isEqualTo(CosErrorCode.NO_SUCH_BUCKET);
        assertThat(planner.signatures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other/a", "/virtual/a", "/telemetry", "/", "/?prefix=virtual/"})
    void pathOfTheRouteIsComparedWithTheKeyAlone(String rest) {
        assertThat(planner.refusal("GET /" + BUCKET + rest, HOST)).isEqualTo(CosErrorCode.NO_SUCH_ROUTE);
    }

    @Test
    void hostThatIsNotAddressedSoHasNoBucketInItsPath() {
        assertThat(planner.refusal("GET /" + BUCKET + "/telemetry/a", "Host: gw.example"))
                .isEqualTo(CosErrorCode.NO_SUCH_ROUTE);
        assertThat(planner.refusal("GET /" + BUCKET + "/telemetry/a"))
                .as("on the bucket's own host")
                .isEqualTo(CosErrorCode.NO_SUCH_ROUTE);
    }

    @Test
    void copySourceIsNamedAsEverywhere() {
        HttpRequest sent = planner.sent(
                "PUT /" + BUCKET + "/telemetry/b",
                HOST,
                "Content-Length: 0",
                "x-cos-copy-source: " + PlanFixture.HOST + "/telemetry/a");

        assertThat(sent.uri()).isEqualTo("/telemetry/b");
        assertThat(sent.headers().get("x-cos-copy-source")).isEqualTo(PlanFixture.HOST + "/telemetry/a");
    }
}
