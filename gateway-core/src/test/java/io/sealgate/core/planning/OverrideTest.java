package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.limited;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has been verified as one media type is not served as another. */
class OverrideTest {

    private static final String PRESIGNED = "q-sign-algorithm=sha1&q-ak=a&q-sign-time=1;2&q-key-time=1%3B2"
            + "&q-header-list=host&q-url-param-list=response-content-type&q-signature=f&";

    private static UploadsConfig types(DetectContentType detection) {
        return new UploadsConfig(
                null,
                null,
                List.of("image/*", "text/csv", "markdown/x"),
                detection,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static RouteConfig route(
            String name,
            String origin,
            String path,
            List<String> methods,
            UploadsConfig uploads,
            @Nullable KeysConfig keys) {
        RouteConfig plain = limited(uploads, path, "all");
        return new RouteConfig(
                name,
                new MatchConfig(List.of(), List.of(), null, path, methods),
                plain.clients(),
                origin,
                null,
                plain.operations(),
                null,
                null,
                plain.integrity(),
                plain.encryption(),
                uploads,
                keys);
    }

    private static RouteConfig verifying(String path, String... methods) {
        return route("verifying", "cos", path, List.of(methods), types(DetectContentType.VERIFY), null);
    }

    private static RouteConfig open(String path, String... methods) {
        return route("open", "cos", path, List.of(methods), UploadsConfig.none(), null);
    }

    private static void assertDenied(Plan plan) {
        assertThat(PlanFixture.error(plan))
                .isInstanceOfSatisfying(GatewayError.Denied.class, denial -> assertThat(denial.reason())
                        .isEqualTo("content-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response-content-type=text/html",
                "response-content-type=text%2Fhtml",
                "response-content-type=text%2fHTML",
                "response-content-type=text/html;charset=utf-7",
                "response-content-type=text/html%3Bcharset=utf-7",
                "response-content-type=application/octet-stream",
                "response-content-type=application/xhtml%2Bxml",
                "response-content-type=image",
                "response-content-type=image/",
                "response-content-type=image/*",
                "response-content-type=*/*",
                "response-content-type=%20",
                "response-content-type=%20image/png",
                "response-content-type=image/png,text/html",
                "response-content-type=image/png%2Ctext/html",
                "response-content-type=image/png%3Ba=%22,text/html,%22",
                "response-content-type=image/png%20text/html",
                "response-content-type=text%252Fhtml",
                "response-content-type=mar%E2%84%AAdown/x",
                "response-content-encoding=%C4%B1dentity",
                "response-content-type=image/png&response-content-encoding=gzip",
                "response-content-encoding=br",
                "response-content-encoding=%20gzip",
                "response-content-encoding=identity,gzip",
                "versionId=v&response-content-type=text/html"
            })
    void anotherTypeIsDenied(String query) {
        for (PlanFixture fixture :
                List.of(PlanFixture.signing(verifying("/**")), PlanFixture.forwarding(verifying("/**")))) {
            assertDenied(fixture.plan("GET /k?" + query));
            assertDenied(fixture.plan("GET /k?" + PRESIGNED + query));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response-content-type=image/png",
                "response-content-type=IMAGE%2Fjpeg",
                "response-content-type=text/csv%3B%20charset=utf-8",
                "response-content-type=text/csv;charset=utf-8",
                "response-content-type=",
                "response-content-type",
                "response-content-encoding=",
                "response-content-encoding=identity",
                "response-content-disposition=attachment&response-cache-control=no-store&response-expires=0"
            })
    void aTypeThatTheRouteTakesPasses(String query) {
        for (PlanFixture fixture :
                List.of(PlanFixture.signing(verifying("/**")), PlanFixture.forwarding(verifying("/**")))) {
            assertThat(fixture.plan("GET /k?" + query)).isInstanceOf(Plan.Forward.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%72esponse-content-type=text/html", "response%2Dcontent%2Dtype=TEXT/html"})
    void anEscapedNameIsTheSameName(String query) {
        assertDenied(PlanFixture.signing(verifying("/**")).plan("GET /k?" + query));
        assertThat(PlanFixture.forwarding(verifying("/**")).refusal("GET /k?" + query))
                .isEqualTo(CosErrorCode.INVALID_URI);
    }

    /** In other letters, or twice, it means nothing certain. */
    @ParameterizedTest
    @CsvSource({
        "Response-Content-Type=text/html, ACCESS_DENIED",
        "response-content-type=image/png&response-content-type=text/html, INVALID_ARGUMENT",
        "response-content-type=image/png&response%2Dcontent-type=text/html, INVALID_ARGUMENT",
        "response-content-type=image/png%0d%0a%0d%0a<script>, INVALID_URI"
    })
    void anotherSpellingIsRefused(String query, CosErrorCode code) {
        assertThat(PlanFixture.signing(verifying("/**")).refusal("GET /k?" + query))
                .isEqualTo(code);
        assertThat(PlanFixture.forwarding(verifying("/**")).refusal("GET /k?" + query))
                .isEqualTo(code);
    }

    @Test
    void whereNothingIsVerifiedNothingIsDenied() {
        RouteConfig declaring = route("declaring", "cos", "/**", List.of(), types(DetectContentType.NONE), null);

        assertThat(PlanFixture.signing(declaring).plan("GET /k?response-content-type=text/html"))
                .isInstanceOf(Plan.Forward.class);
    }

    /** Readers may meet another route than those who upload. */
    @Test
    void aRouteThatOnlyReadsServesWhatAnotherHasVerified() {
        String html = "response-content-type=text/html";
        PlanFixture byMethod = PlanFixture.signing(verifying("/**", "PUT", "POST"), open("/**"));
        PlanFixture byPut = PlanFixture.signing(verifying("/**", "PUT"), open("/**"));
        PlanFixture byPost = PlanFixture.signing(verifying("/**", "POST"), open("/**"));
        PlanFixture byPath = PlanFixture.signing(verifying("/pictures/**"), open("/**"));

        for (PlanFixture fixture : List.of(byMethod, byPut, byPost)) {
            assertDenied(fixture.plan("GET /k?" + html));
            assertThat(fixture.plan("GET /k?response-content-type=image/png")).isInstanceOf(Plan.Forward.class);
        }
        assertDenied(byPath.plan("GET /pictures/k?" + html));
        assertThat(byPath.plan("GET /k?" + html)).isInstanceOf(Plan.Forward.class);
    }

    /** Those who upload and those who read often come by different ways. */
    @Test
    void anotherListenerOrHostMakesNoDifference() {
        String html = "GET /pictures/k?response-content-type=text/html";
        RouteConfig reading =
                matching("reading", List.of("edge"), List.of("read.example"), "/**", UploadsConfig.none());
        UploadsConfig types = types(DetectContentType.VERIFY);
        RouteConfig inside = matching("inside", List.of("inside"), List.of(), "/**", types);
        RouteConfig upload = matching("upload", List.of("edge"), List.of("*.upload.example"), "/pictures/**", types);
        RouteConfig taking = matching("taking", List.of(), List.of(), "/pictures/**", UploadsConfig.none());

        for (RouteConfig verifying : List.of(inside, upload)) {
            for (PlanFixture fixture :
                    List.of(PlanFixture.signing(verifying, reading), PlanFixture.signing(reading, verifying))) {
                assertDenied(fixture.plan(html, "Host: read.example"));
                assertThat(fixture.plan("GET /pictures/k?response-content-type=image/png", "Host: read.example"))
                        .isInstanceOf(Plan.Forward.class);
            }
            assertThat(PlanFixture.signing(taking, verifying, reading).plan(html, "Host: read.example"))
                    .as("no upload meets the route that verifies")
                    .isInstanceOf(Plan.Forward.class);
        }
        assertThat(PlanFixture.signing(upload, reading)
                        .plan("GET /k?response-content-type=text/html", "Host: read.example"))
                .isInstanceOf(Plan.Forward.class);
    }

    private static RouteConfig matching(
            String name, List<String> listeners, List<String> hosts, String path, UploadsConfig uploads) {
        RouteConfig plain = route(name, "cos", path, List.of(), uploads, null);
        return new RouteConfig(
                name,
                new MatchConfig(listeners, hosts, null, path, List.of()),
                plain.clients(),
                plain.origin(),
                null,
                plain.operations(),
                null,
                null,
                plain.integrity(),
                plain.encryption(),
                uploads,
                null);
    }

    @Test
    void anotherBucketsRouteHasNoSay() {
        RouteConfig other =
                route("other", PlanFixture.OTHER, "/**", List.of("PUT", "POST"), types(DetectContentType.VERIFY), null);
        PlanFixture fixture = PlanFixture.signing(other, open("/**"));

        assertThat(fixture.plan("GET /k?response-content-type=text/html", "Host: gateway.example"))
                .isInstanceOf(Plan.Forward.class);
    }

    @Test
    void aKeyThatAVerifyingRouteMayHaveChosenIsItsOwn() {
        RouteConfig inbox = route(
                "inbox",
                "cos",
                "/inbox/**",
                List.of(),
                types(DetectContentType.VERIFY),
                new KeysConfig("pictures/${ulid}", List.of()));
        PlanFixture fixture = PlanFixture.signing(inbox, open("/**"));

        assertDenied(
                fixture.plan("GET /pictures/01ARZ3NDEKTSV4RRFFQ69G5FAV0123456789?response-content-type=text/html"));
        assertThat(fixture.plan("GET /pictures/other?response-content-type=text/html"))
                .isInstanceOf(Plan.Forward.class);
    }
}
