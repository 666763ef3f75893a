package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.planning.RouteCompiler;
import io.sealgate.core.request.Route;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.upstream.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyConfigTest {

    private static final String STATEMENT = "{effect: allow, action: '*', resource: '${bucket}/*'}";

    @TempDir
    private Path directory;

    private ConfigFixture fixture;

    @BeforeEach
    void make() throws Exception {
        fixture = ConfigFixture.in(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[own, other]      | {name: own, statements: [S]} | routes[0].policies[1]: policy: other (expected: the name of a policy, once)",
                "[own, own]        | {name: own, statements: [S]} | routes[0].policies[1]: policy: own (expected: the name of a policy, once)",
                "[]                | {name: own, statements: [S]} | routes[0].policies: policies: none (expected: at least one name, or the key left out)",
                "[own]             | {name: own} | policies[0]: policy: own (expected: document or statements, one of them)",
                "[own]             | {name: own, document: a.json, statements: [S]} | policies[0]: policy: own (expected: document or statements, one of them)",
                "[own]             | {name: own, document: absent.json} | policies[0].document: file: ",
                "[own]             | {name: own, document: cos-key} | policies[0].document: ",
                "[own]             | {name: own, statements: []} | policies[0].statements: statements: none (expected: a list of at least one)",
                "[own]             | {name: own, statements: [{effect: allow, action: x, resource: '*'}]} | policies[0].statements[0].action: action: x (expected: ",
                "[own]             | {name: own, statements: [{effect: allow, action: '*', resource: '*', condition: {ip_equal: {'qcs:ip': x}}}]} | policies[0].statements[0].condition.ip_equal.qcs:ip: address: x (expected: ",
                "[own]             | {name: 'o w n', statements: [S]} | policies[0].name: name: o w n (expected: up to 63",
                "[own]             | {statements: [S]} | policies[0].name: missing (expected: a name)"
            })
    void aMistakeIsReportedWithItsPlace(String names, String policy, String problem) {
        assertThat(fixture.problems(config(names, policy.replace("S", STATEMENT))))
                .anySatisfy(line ->
                        assertThat(line.replaceFirst("^c\\.yaml:\\d+: ", "")).startsWith(problem));
    }

    @Test
    void aBadPolicyIsNotReportedAsAMissingOne() {
        assertThat(fixture.problems(config("[own]", "{name: own, document: absent.json}")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"none,true", "request,false", "require,false"})
    void clientsVariablesNeedAListenerThatAsksForCertificates(String clientAuth, boolean isRefused) {
        String config = config(
                        "[own]", "{name: own, statements: [" + STATEMENT.replace("*'}", "${client.cn}/*'}") + "]}")
                .replace("trust: {bundle: [ca.pem]}", "trust: {bundle: [ca.pem]}\n      client-auth: " + clientAuth)
                .replace("operations:", "clients: {anonymous: allow}\n    operations:");

        assertThat(fixture.problems(config))
                .isEqualTo(
                        isRefused
                                ? List.of(
                                        "c.yaml:24: policies[0].statements: variables: client.cn (expected: none of the"
                                                + " client's, because listener edge asks for no client certificates)")
                                : List.of());
    }

    @Test
    void aDocumentThatChangesIsInForceAndABadOneIsNot() throws Exception {
        Path document = directory.resolve("own.json");
        write(document, "own");
        Events events = new Events();
        GatewayConfig config =
                fixture.load(config("[own]", "{name: own, document: own.json}")).config();
        PolicyLibrary library = PolicyLibrary.load(config, new Problems(), events);
        Route route = route(config, library);
        List<Boolean> allowed = new ArrayList<>();

        allowed.add(mayRead(route, "/new/a"));
        write(document, "new");
        assertThat(library.refresh()).isFalse();
        assertThat(library.refresh()).isTrue();
        route.refreshPolicies();
        library.tell();
        allowed.add(mayRead(route, "/new/a"));
        write(document, "${client.nobody}");
        assertThat(library.refresh()).isFalse();
        assertThat(library.refresh()).isFalse();
        route.refreshPolicies();
        allowed.add(mayRead(route, "/new/a"));

        assertThat(allowed).containsExactly(false, true, true);
        assertThat(events.lines).hasSize(2);
        assertThat(events.lines.get(0)).isEqualTo("policy own");
        assertThat(events.lines.get(1))
                .startsWith("policy own policies[0].document: ")
                .contains("variable: client.nobody");
    }

    private static boolean mayRead(Route route, String path) {
        PolicyRow request = PolicyRow.parse(new ClientIdentity.Anonymous(), "GET " + path);
        return route.policies()
                .current()
                .decide(request.operation(), request.key(), request)
                .isAllowed();
    }

    private static Route route(GatewayConfig config, PolicyLibrary library) {
        Problems problems = new Problems();
        Map<String, Origin> origins = Map.of("cos", config.origins().get(0).toOrigin((m, p, q, h) -> {}, null));
        Route route = RouteCompiler.compile(config.routes(), origins, new FingerprintLists(), library, problems)
                .routes()
                .get(0);
        assertThat(problems.lines()).isEmpty();
        return route;
    }

    private static void write(Path document, String prefix) throws Exception {
        Files.writeString(
                document,
                "{\"version\": \"2.0\", \"statement\": [{\"effect\": \"allow\", \"action\": \"*\", \"resource\": \"${bucket}/"
                        + prefix + "/*\"}]}");
        Files.setLastModifiedTime(document, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static String config(String names, String policy) {
        return ConfigFixture.with("operations: [read, write]", "operations: [read, write]\n    policies: " + names)
                + "policies:\n  - " + policy + "\n";
    }

    private static final class Events implements ReloadListener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void reloaded(Material what, String owner) {
            lines.add(what.label() + " " + owner);
        }

        @Override
        public void reloadFailed(Material what, String owner, String problem) {
            lines.add(what.label() + " " + owner + " " + problem);
        }
    }
}
