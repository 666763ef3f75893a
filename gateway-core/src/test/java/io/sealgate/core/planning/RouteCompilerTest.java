package io.sealgate.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.config.ClientsConfig;
import io.sealgate.core.config.ClientsConfig.Anonymous;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.Mode;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.config.IntegrityConfig.OnCorruptStore;
import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.config.OriginTimeoutsConfig;
import io.sealgate.core.config.PoolConfig;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig.Addressing;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.upstream.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteCompilerTest {

    private final Map<String, Origin> origins = Map.of("sign", origin(true), "forward", origin(false));
    private final Problems problems = new Problems();

    @Test
    void groupsAndNamesAreOperations() {
        RouteTable table = compile(route("a", "sign", "/**", "list", "PutObject"));

        assertThat(problems.lines()).isEmpty();
        assertThat(table.routes().get(0).operations())
                .containsExactlyInAnyOrder(
                        CosOperation.LIST_OBJECTS,
                        CosOperation.LIST_OBJECT_VERSIONS,
                        CosOperation.HEAD_BUCKET,
                        CosOperation.GET_BUCKET_LOCATION,
                        CosOperation.PUT_OBJECT);
    }

    /** What the bucket is, what is archived and what is locked is for those who say so. */
    @Test
    void allIsTheWorkWithObjects() {
        assertThat(compile(route("a", "sign", "/**", "all")).routes().get(0).operations())
                .isEqualTo(operationsOf("read", "write", "copy", "delete", "list", "tagging", "acl"))
                .hasSize(25);
    }

    @Test
    void everyOperationIsServedByItsGroupAndByItsName() {
        Set<CosOperation> rest = operationsOf("configuration", "restore", "lock");

        assertThat(rest).hasSize(57);
        assertThat(operationsOf("all", "configuration", "restore", "lock"))
                .containsExactlyInAnyOrder(CosOperation.values());
        for (CosOperation operation : CosOperation.values()) {
            assertThat(operationsOf(operation.label())).containsExactly(operation);
        }
    }

    private Set<CosOperation> operationsOf(String... words) {
        return compile(route("a", "sign", "/**", words)).routes().get(0).operations();
    }

    @Test
    void everyProblemIsReportedWithItsPath() {
        RouteConfig odd = new RouteConfig(
                "a",
                new RouteConfig.MatchConfig(List.of(), List.of("a.*.b", "h:80"), null, "/x*", List.of("get")),
                null,
                "nowhere",
                null,
                List.of("fly", "READ"),
                null,
                null,
                null,
                null,
                null,
                null);

        RouteTable table = compile(route("a", "sign", "/**", "read"), odd, route("", "sign", "no-slash"));

        assertThat(problems.lines())
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "routes[1].name",
                        "routes[1].match.path",
                        "routes[1].match.methods",
                        "routes[1].match.hosts",
                        "routes[1].match.hosts",
                        "routes[1].operations",
                        "routes[1].operations",
                        "routes[1].origin",
                        "routes[2].name",
                        "routes[2].match.path",
                        "routes[2].operations");
        assertThat(table.routes()).hasSize(1);
    }

    @Test
    void nothingIsInjectedIntoWhatTheClientSigned() {
        RouteConfig route =
                PlanFixture.route("a", "/**", List.of(), new EncryptionConfig(Mode.SSE_COS, null, null, null), "write");
        RouteConfig forwarding = new RouteConfig(
                route.name(),
                route.match(),
                route.clients(),
                "forward",
                null,
                route.operations(),
                null,
                null,
                null,
                route.encryption(),
                null,
                null);

        compile(forwarding);

        assertThat(problems.lines()).singleElement().asString().startsWith("routes[0].encryption");
    }

    @Test
    void keysAreChosenOnlyWhereTheGatewaySignsAndOfClientsThatAreKnown() {
        compile(
                keyed("sign", Anonymous.DENY, "${client.cn}/${ulid}"),
                keyed("sign", Anonymous.ALLOW, "a/${ulid}"),
                keyed("sign", Anonymous.ALLOW, "${client.cn}/${ulid}"),
                keyed("forward", Anonymous.DENY, "a/${ulid}"),
                keyed("sign", Anonymous.DENY, "a"));

        assertThat(problems.lines())
                .containsExactly(
                        "routes[2].keys.template: template: ${client.cn}/${ulid}"
                                + " (expected: no variables of the client's, the route allows anonymous clients)",
                        "routes[3].keys: keys: chosen (expected: none, the origin's auth is forward)",
                        "routes[4].keys.template: template: a (expected: ${ulid} or ${random} in it)");
    }

    private static RouteConfig keyed(String origin, Anonymous anonymous, String template) {
        return new RouteConfig(
                origin + anonymous + template,
                null,
                ClientsConfig.of(anonymous),
                origin,
                null,
                List.of("write"),
                null,
                null,
                null,
                null,
                null,
                new KeysConfig(template, List.of()));
    }

    @Test
    void versionsAreDeletedOnlyWhereTheGatewaySignsAndComparesThem() {
        compile(deleting("sign", Crc64.VERIFY), deleting("sign", Crc64.NONE), deleting("forward", Crc64.VERIFY));

        assertThat(problems.lines())
                .containsExactly(
                        "routes[1].integrity.upload.on-corrupt-store: on-corrupt-store: delete-version"
                                + " (expected: report, or crc64: verify to find it out)",
                        "routes[2].integrity.upload.on-corrupt-store: on-corrupt-store: delete-version"
                                + " (expected: report, the origin's auth is forward)");
    }

    private static RouteConfig deleting(String origin, Crc64 crc64) {
        IntegrityConfig.Upload upload = new IntegrityConfig.Upload(null, crc64, OnCorruptStore.DELETE_VERSION);
        return new RouteConfig(
                origin + crc64,
                null,
                null,
                origin,
                null,
                List.of("write"),
                null,
                null,
                new IntegrityConfig(upload, null, null),
                null,
                null,
                null);
    }

    @Test
    void pathStyleNeedsHostsAndTheGatewaysOwnSignature() {
        compile(at("sign", null, Addressing.PATH), at("forward", null, Addressing.PATH, "gw"));

        assertThat(problems.lines())
                .containsExactly(
                        "routes[0].match.addressing: addressing: path (expected: host, or hosts that are addressed so)",
                        "routes[1].match.addressing: addressing: path (expected: host, the origin's auth is forward)");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gw.example,   -,    gw.example,   -,    true",
                "gw.example,   -,    GW.Example,   -,    true",
                "gw.example,   -,    *.example,    -,    true",
                "*.example,    -,    gw.example,   -,    true",
                "*.example,    -,    *.example,    -,    true",
                "gw.example,   edge, gw.example,   -,    true",
                "gw.example,   -,    gw.example,   edge, true",
                "gw.example,   edge, gw.example,   edge, true",
                "gw.example,   edge, gw.example,   two,  false",
                "gw.example,   -,    ps.example,   -,    false",
                "a.gw.example, -,    *.example,    -,    false",
                "*.a.example,  -,    *.b.example,  -,    false",
                "gw.example,   -,    -,            -,    false",
            })
    void hostIsAddressedInOneWay(
            String host,
            @Nullable String listener,
            @Nullable String otherHost,
            @Nullable String otherListener,
            boolean conflicts) {
        String[] others = otherHost == null ? new String[0] : new String[] {otherHost};
        compile(at("sign", otherListener, Addressing.HOST, others), at("sign", listener, Addressing.PATH, host));

        if (conflicts) {
            assertThat(problems.lines())
                    .containsExactly("routes[1].match.hosts: host: " + host
                            + " (expected: one that routes[0] does not address in another way)");
        } else {
            assertThat(problems.lines()).isEmpty();
        }
    }

    private static RouteConfig at(String origin, @Nullable String listener, Addressing addressing, String... hosts) {
        List<String> listeners = listener == null ? List.of() : List.of(listener);
        return new RouteConfig(
                origin + addressing + listener,
                new MatchConfig(listeners, List.of(hosts), addressing, "/**", List.of()),
                null,
                origin,
                null,
                List.of("read"),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private RouteTable compile(RouteConfig... routes) {
        return RouteCompiler.compile(List.of(routes), origins, PlanFixture.NO_LISTS, PolicySource.NONE, problems);
    }

    private static RouteConfig route(String name, String origin, String path, String... operations) {
        return new RouteConfig(
                name,
                new RouteConfig.MatchConfig(List.of(), List.of(), null, path, List.of()),
                null,
                origin,
                null,
                List.of(operations),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Origin origin(boolean signs) {
        return new Origin(
                signs ? "sign" : "forward",
                "b-1",
                "r",
                "b-1.cos.r.myqcloud.com",
                "localhost",
                1,
                signs ? (method, path, query, headers) -> {} : null,
                null,
                true,
                PoolConfig.defaults(),
                OriginTimeoutsConfig.defaults());
    }
}
