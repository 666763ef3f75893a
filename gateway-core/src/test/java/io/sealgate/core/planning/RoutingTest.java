package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.request.Heads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private final PlanFixture planner = PlanFixture.signing(
            route("/telemetry/**", "read", "write", "list", "delete"),
            route("/exact.txt", "read"),
            route("/logs/**", "all"));

    @ParameterizedTest
    @CsvSource({
        "GET /telemetry/a,                       /telemetry/**",
        "GET /telemetry/,                        /telemetry/**",
        "GET /telemetry%2Fa,                     /telemetry/**",
        "GET /exact.txt,                         /exact.txt",
        "PUT /logs/x,                            /logs/**",
        "GET /?prefix=telemetry/,                /telemetry/**",
        "GET /?prefix=telemetry%2Fa&delimiter=/, /telemetry/**",
        "GET /?uploads&prefix=telemetry/a,       /telemetry/**",
        "GET /?prefix=logs/,                     /logs/**",
        "DELETE /logs/x?uploadId=u,              /logs/**",
    })
    void firstRouteThatCoversTheKeyTakesTheRequest(String line, String path) {
        assertThat(planner.plan(line).route()).isNotNull().satisfies(route -> assertThat(route.path())
                .hasToString(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /other",
                "GET /telemetry",
                "GET /exact.txt/a",
                "GET /exact",
                "GET /",
                "GET /?prefix=telemetry",
                "GET /?prefix=",
                "GET /?prefix=other/",
                "GET /?prefix=exact.txt",
                "GET /?uploads",
                "HEAD /"
            })
    void whatNoRouteCoversIsNotFound(String line) {
        assertThat(planner.refusal(line)).isEqualTo(CosErrorCode.NO_SUCH_ROUTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /exact.txt", "DELETE /exact.txt", "GET /telemetry/a?acl", "PUT /telemetry/a?tagging"})
    void operationThatTheRouteDoesNotServeIsDenied(String line) {
        Plan plan = planner.plan(line);

        assertThat(PlanFixture.error(plan)).isEqualTo(new GatewayError.Denied("Access Denied.", "operation"));
        assertThat(plan.route()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other-1.cos.ap-guangzhou.myqcloud.com",
                "examplebucket-1250000000.cos.ap-other.myqcloud.com",
                "service.cos.myqcloud.com",
                "examplebucket-1250000000.ci.ap-guangzhou.myqcloud.com"
            })
    void hostOfAnotherBucketIsMisdirected(String host) {
        assertThat(planner.refusal("GET /telemetry/a", "Host: " + host)).isEqualTo(CosErrorCode.MISDIRECTED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:18080",
                "gw.example",
                "EXAMPLEBUCKET-1250000000.cos.ap-guangzhou.myqcloud.com:443",
                "examplebucket-1250000000.cos.accelerate.myqcloud.com"
            })
    void bucketAndHostTowardsTheOriginComeFromConfiguration(String host) {
        assertThat(planner.sent("GET /telemetry/a", "Host: " + host).headers().getAll("host"))
                .containsExactly(PlanFixture.HOST);
    }

    @Test
    void pathStyleIsRewrittenToTheBucketsHost() {
        var sent = planner.sent("GET /examplebucket-1250000000/telemetry/a", "Host: cos.ap-guangzhou.myqcloud.com");

        assertThat(sent.uri()).isEqualTo("/telemetry/a");
        assertThat(sent.headers().get("host")).isEqualTo(PlanFixture.HOST);
        assertThat(planner.refusal("GET /other-1/telemetry/a", "Host: cos.ap-guangzhou.myqcloud.com"))
                .isEqualTo(CosErrorCode.MISDIRECTED_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "gw.example, true",
        "GW.EXAMPLE:443, true",
        "a.dev.example, true",
        "b.a.dev.example, false",
        "dev.example, false",
        "other.example, false",
        "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com, true"
    })
    void hostsNarrowARoute(String host, boolean isTaken) {
        PlanFixture narrowed = PlanFixture.signing(
                route("r", "/**", List.of("gw.example", "*.dev.example"), EncryptionConfig.none(), "read"));

        Plan plan = narrowed.plan("GET /k", "Host: " + host);

        assertThat(plan instanceof Plan.Forward).isEqualTo(isTaken);
    }

    @Test
    void forwardedHostMustBeOneThatTheRouteVouchesFor() {
        PlanFixture open = PlanFixture.forwarding(route("/**", "read"));
        PlanFixture named =
                PlanFixture.forwarding(route("r", "/**", List.of("files.example"), EncryptionConfig.none(), "read"));

        assertThat(open.refusal("GET /k", "Host: somebody-elses.example")).isEqualTo(CosErrorCode.MISDIRECTED_REQUEST);
        assertThat(named.sent("GET /k", "Host: files.example:8443").headers().get("host"))
                .isEqualTo("files.example:8443");
    }

    @Test
    void clientWithoutACertificateIsDenied() {
        Plan plan = planner.plan(PlanFixture.ANONYMOUS, Heads.raw("GET /telemetry/a HTTP/1.1", "Host: gw"));

        assertThat(PlanFixture.error(plan)).isEqualTo(new GatewayError.Denied("Access Denied.", "anonymous"));
    }

    @ParameterizedTest
    @CsvSource({
        "/telemetry/a%20b+c%2Bd,    /telemetry/a%20b%2Bc%2Bd",
        "/telemetry//x,             /telemetry//x",
        "/telemetry/%2Fx,           /telemetry//x",
        "/telemetry/'()!&=@:;$*~,   /telemetry/%27%28%29%21%26%3D%40%3A%3B%24%2A~",
        "/telemetry/%E4%B8%AD,      /telemetry/%E4%B8%AD",
        "/telemetry/%41,            /telemetry/A",
        "/telemetry/e%252F,         /telemetry/e%252F",
    })
    void keyIsWrittenAgainInOneSpelling(String path, String sent) {
        assertThat(planner.sent("GET " + path).uri()).isEqualTo(sent);
    }

    @Test
    void queryIsWrittenAgainInOneSpelling() {
        assertThat(planner.sent("GET /?uploads=&prefix=telemetry/a+b&delimiter=%2f")
                        .uri())
                .isEqualTo("/?uploads&prefix=telemetry%2Fa%20b&delimiter=%2F");
    }
}
