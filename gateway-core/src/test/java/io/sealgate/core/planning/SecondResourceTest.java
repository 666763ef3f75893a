package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static io.sealgate.core.planning.PlanFixture.BUCKET;
import static io.sealgate.core.planning.PlanFixture.CERTIFIED;
import static io.sealgate.core.planning.PlanFixture.HOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.clients.Fingerprints;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.spi.DecisionListener.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may not do to a key by a request of its own, it may not do by a request for another one. */
class SecondResourceTest {

    private static final String[] EVERYTHING = {"read", "write", "copy", "delete", "list"};

    /** A batch delete goes to the first route that serves batch deletes: this is one that does not. */
    private static final String[] BUT_BATCHES = {"read", "write", "copy", "DeleteObject", "list"};

    private static final PolicySource POLICIES = name -> Optional.of(() -> switch (name) {
        case "nothing" -> policy(name, statement("deny", "*", "${bucket}/*"));
        case "versions-kept" ->
            policy(
                    name,
                    statement("allow", "*", "${bucket}/*"),
                    statement(
                            "deny",
                            "DeleteObject",
                            "${bucket}/*",
                            Map.of("null_equal", Map.of("cos:versionid", "false"))));
        case "no-versions-in-batches" ->
            policy(
                    name,
                    statement("allow", "*", "${bucket}/*"),
                    statement(
                            "deny",
                            "DeleteMultipleObjects",
                            "${bucket}/",
                            Map.of("null_equal", Map.of("cos:versionid", "false"))));
        case "own-list" ->
            policy(
                    name,
                    statement(
                            "allow",
                            "GetBucket",
                            "${bucket}/",
                            Map.of("string_equal", Map.of("cos:prefix", "admin%2F"))));
        case "tags-kept" -> policy(name, statement("deny", "GetObjectTagging", "${bucket}/secret/*"), everything());
        case "xml-only" ->
            policy(
                    name,
                    statement(
                            "allow",
                            "*",
                            "${bucket}/*",
                            Map.of("string_equal", Map.of("cos:content-type", "application/xml"))));
        case "no-xml" ->
            policy(
                    name,
                    everything(),
                    statement(
                            "deny",
                            "DeleteMultipleObjects",
                            "${bucket}/kept/*",
                            Map.of("string_equal", Map.of("cos:content-type", "application/xml"))));
        case "batches-only" -> policy(name, statement("allow", "DeleteMultipleObjects", "${bucket}/*"));
        case "everything" -> policy(name, everything());
        default -> throw new IllegalArgumentException(name);
    });

    /** Why the route before the catch-all does not let a device read, delete or list. */
    private enum Bar {
        CLIENTS(at -> at.forAdmins().serving(BUT_BATCHES)),
        OPERATIONS(at -> at.serving("write")),
        POLICIES(at -> at.policies("nothing").serving(BUT_BATCHES)),
        ORIGIN(at -> at.forAdmins().origin(PlanFixture.TWIN).serving(BUT_BATCHES));

        private final Function<RouteDraft, RouteConfig> maker;

        Bar(Function<RouteDraft, RouteConfig> maker) {
            this.maker = maker;
        }
    }

    static Stream<Arguments> bars() {
        return Arrays.stream(Bar.values()).flatMap(bar -> Stream.of("/admin/**", "/admin/secret")
                .flatMap(path -> Stream.of(true, false).map(signs -> Arguments.of(bar, path, signs))));
    }

    @ParameterizedTest
    @MethodSource("bars")
    void noCopyReadsWhatTheSourcesOwnRouteKeepsFromTheClient(Bar bar, String path, boolean signs) {
        PlanFixture fixture = behind(bar, path, signs);

        assertThat(fixture.plan("GET /admin/secret")).isInstanceOf(Plan.Reply.class);
        for (String line : List.of("PUT /mine", "PUT /mine?partNumber=1&uploadId=u")) {
            for (String key : List.of("admin/secret", "admin%2Fsecret", "%61dmin/secret", "admin/secret?versionId=v")) {
                assertDenied(fixture.plan(line, "x-cos-copy-source: " + HOST + "/" + key));
            }
            assertDenied(fixture.plan(line, "x-amz-copy-source: " + BUCKET + "/admin/secret"));
            assertThat(fixture.plan(line, "x-cos-copy-source: " + HOST + "/open"))
                    .isInstanceOf(Plan.Forward.class);
        }
    }

    @ParameterizedTest
    @MethodSource("bars")
    void noBatchDeletesWhatTheKeysOwnRouteKeepsFromTheClient(Bar bar, String path, boolean signs) {
        PlanFixture fixture = behind(bar, path, signs);

        assertThat(fixture.plan("DELETE /admin/secret")).isInstanceOf(Plan.Reply.class);
        assertThat(refusedKeys(delete(fixture, item("admin/secret"), item("admin/secret", "v"))))
                .isEqualTo(2);
        assertThat(refusedKeys(delete(fixture, item("open"), item("open", "v"))))
                .isZero();
        assertThat(refusedKeys(delete(fixture, item("open"), item("admin/secret"))))
                .isEqualTo(signs ? 1 : 2);
    }

    static Stream<Arguments> listings() {
        return bars().flatMap(bar -> Stream.of("", "versions&", "uploads&").map(kind -> {
            List<Object> all = new ArrayList<>(List.of(bar.get()));
            all.add(kind);
            return Arguments.of(all.toArray());
        }));
    }

    @ParameterizedTest
    @MethodSource("listings")
    void noListingNamesWhatAnotherRouteKeepsFromTheClient(Bar bar, String path, boolean signs, String kind) {
        if (bar == Bar.OPERATIONS && kind.equals("uploads&")) {
            return; // who may write there may list uploads there
        }
        PlanFixture fixture = behind(bar, path, signs);

        for (String prefix : List.of("", "a", "adm", "admin", "%61dmi", "adm&delimiter=/", "&delimiter=/")) {
            assertThat(denial(fixture.plan("GET /?" + kind + "prefix=" + prefix))
                            .reason())
                    .as(prefix)
                    .isEqualTo("prefix");
        }
        for (String prefix : List.of("b", "admin-", "adminx/", "Admin", "open")) {
            assertThat(fixture.plan("GET /?" + kind + "prefix=" + prefix)).isInstanceOf(Plan.Forward.class);
        }
    }

    @Test
    void aMarkerDoesNotMakeAListingNarrower() {
        PlanFixture fixture = behind(Bar.CLIENTS, "/admin/**", true);

        assertThat(denial(fixture.plan("GET /?marker=b")).reason()).isEqualTo("prefix");
    }

    /** A device is let in on both routes, but for what each serves. */
    @ParameterizedTest
    @CsvSource({
        "'read,DeleteObject,list',true,true",
        "'read,write',true,false",
        "'DeleteObject',false,true",
        "'write',false,false"
    })
    void aSecondResourceIsServedAsItsOwnRequestIs(String served, boolean isRead, boolean isDeleted) {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("kept", "/kept/**").serving(served.split(",")),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        assertThat(fixture.plan("PUT /mine", "x-cos-copy-source: " + HOST + "/kept/a") instanceof Plan.Forward)
                .isEqualTo(isRead);
        assertThat(refusedKeys(delete(fixture, item("kept/a")))).isEqualTo(isDeleted ? 0 : 1);
        assertThat(fixture.plan("GET /?prefix=ke") instanceof Plan.Forward).isEqualTo(served.contains("list"));
    }

    /** Also of its own route: who may not read there does not read there by a copy. */
    @Test
    void theOwnRouteServesTheSourceAndTheKeyToo() {
        PlanFixture fixture =
                fixture(true, RouteDraft.at("all", "/**").serving("write", "copy", "DeleteMultipleObjects", "list"));

        assertThat(denial(fixture.plan("PUT /mine", "x-cos-copy-source: " + HOST + "/a"))
                        .reason())
                .isEqualTo("operation");
        assertThat(refusedKeys(delete(fixture, item("a")))).isOne();
        assertThat(fixture.plan("GET /")).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void theOwnRouteHasASayAboutASourceOnAnotherOne() {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("kept", "/kept/**").serving(BUT_BATCHES),
                RouteDraft.at("all", "/**").policies("nothing").serving(EVERYTHING),
                RouteDraft.at("narrow", "/narrow/**").serving(EVERYTHING));
        PlanFixture narrow = fixture(
                true,
                RouteDraft.at("narrow", "/narrow/**").serving(EVERYTHING),
                RouteDraft.at("kept", "/kept/**").serving(BUT_BATCHES));

        assertThat(refusedKeys(delete(narrow, item("kept/a")))).isOne();
        assertThat(denial(narrow.plan("PUT /narrow/a", "x-cos-copy-source: " + HOST + "/kept/a"))
                        .reason())
                .isEqualTo("key");
        assertThat(denial(fixture.plan("GET /?prefix=narrow/")).reason()).isEqualTo("policy-deny");
    }

    @ParameterizedTest
    @CsvSource({"PUT", "POST"})
    void aRouteForOtherMethodsIsNotMet(String method) {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("uploads", "/admin/**")
                        .methods(method)
                        .forAdmins()
                        .serving("write"),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        assertThat(fixture.plan("GET /admin/a")).isInstanceOf(Plan.Forward.class);
        assertThat(fixture.plan("GET /?prefix=adm")).isInstanceOf(Plan.Forward.class);
        assertThat(fixture.plan("PUT /mine", "x-cos-copy-source: " + HOST + "/admin/a"))
                .isInstanceOf(Plan.Forward.class);
        assertThat(refusedKeys(delete(fixture, item("admin/a")))).isZero();
    }

    @Test
    void aKeyWhoseOwnRequestNoRouteTakesIsRefused() {
        PlanFixture fixture = fixture(
                true, RouteDraft.at("puts", "/**").methods("PUT", "POST").serving(EVERYTHING));

        assertThat(denial(fixture.plan("PUT /mine", "x-cos-copy-source: " + HOST + "/a"))
                        .reason())
                .isEqualTo("copy-source");
        Plan.Reply reply = (Plan.Reply) delete(fixture, item("a"));
        assertThat(((GatewayError.Denied) reply.error()).reason()).isEqualTo("key");
    }

    @ParameterizedTest
    @ValueSource(strings = {PlanFixture.TWIN, PlanFixture.OTHER})
    void aKeyThatLeadsToAnotherOriginIsRefused(String origin) {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("elsewhere", "/there/**").origin(origin).serving(EVERYTHING),
                RouteDraft.at("all", "/**").host("gw.example").serving(EVERYTHING));
        String host = "Host: gw.example";

        assertThat(denial(fixture.plan("PUT /mine", host, "x-cos-copy-source: " + HOST + "/there/a"))
                        .reason())
                .isEqualTo("copy-source");
        assertThat(fixture.plan("PUT /mine", host, "x-cos-copy-source: " + HOST + "/here/a"))
                .isInstanceOf(Plan.Forward.class);
        assertThat(fixture.plan("GET /?prefix=here/", host)).isInstanceOf(Plan.Forward.class);
    }

    /** Its objects are others: what their names are here is nobody's but the route's that lists. */
    @ParameterizedTest
    @CsvSource({PlanFixture.TWIN + ",false", PlanFixture.OTHER + ",true"})
    void aListingIsAboutOneBucket(String origin, boolean isListed) {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("elsewhere", "/there/**").origin(origin).serving(EVERYTHING),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        assertThat(fixture.plan("GET /", "Host: gw.example") instanceof Plan.Forward)
                .isEqualTo(isListed);
    }

    @ParameterizedTest
    @CsvSource({"gw.example,prefix", "other.example,", "a.wild.example,prefix", "a.b.wild.example,"})
    void routesOfOtherHostsAreNotMet(String host, String reason) {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("admin", "/admin/**")
                        .host("gw.example")
                        .forAdmins()
                        .serving(EVERYTHING),
                RouteDraft.at("wild", "/admin/**")
                        .host("*.wild.example")
                        .forAdmins()
                        .serving(EVERYTHING),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        Plan plan = fixture.plan("GET /?prefix=adm", "Host: " + host);

        assertThat(plan instanceof Plan.Reply ? denial(plan).reason() : null).isEqualTo(reason);
    }

    @Test
    void routesOfOtherListenersAreNotMet() {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("admin", "/admin/**")
                        .listener("inner")
                        .forAdmins()
                        .serving(BUT_BATCHES),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        assertThat(fixture.plan("GET /?prefix=adm")).isInstanceOf(Plan.Forward.class);
        assertThat(refusedKeys(delete(fixture, item("admin/a")))).isZero();
    }

    @Test
    void aRouteThatAnEarlierOneHidesIsNotMet() {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("public", "/admin/**").serving(EVERYTHING),
                RouteDraft.at("hidden", "/admin/deep/**").forAdmins().serving(EVERYTHING),
                RouteDraft.at("all", "/**").serving(EVERYTHING));
        PlanFixture hiddenElsewhere = fixture(
                true,
                RouteDraft.at("public", "/admin/**").host("gw.example").serving(EVERYTHING),
                RouteDraft.at("hidden", "/admin/deep/**").forAdmins().serving(EVERYTHING),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        assertThat(fixture.plan("GET /")).isInstanceOf(Plan.Forward.class);
        assertThat(hiddenElsewhere.plan("GET /", "Host: gw.example")).isInstanceOf(Plan.Forward.class);
        assertThat(denial(hiddenElsewhere.plan("GET /", "Host: other.example")).reason())
                .isEqualTo("prefix");
    }

    @Test
    void theOtherRoutesPoliciesAreAskedAboutItsPartOfTheListing() {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("admin", "/admin/**").policies("own-list").serving("list"),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        assertThat(fixture.plan("GET /?prefix=adm&max-keys=3")).isInstanceOf(Plan.Forward.class);
        assertThat(denial(fixture.plan("GET /?versions&prefix=adm")).reason()).isEqualTo("prefix");
    }

    @Test
    void everyKeyOfABatchIsJudgedWithItsVersion() {
        PlanFixture own = fixture(
                true, RouteDraft.at("all", "/**").policies("versions-kept").serving(EVERYTHING));
        PlanFixture other = fixture(
                true,
                RouteDraft.at("admin", "/admin/**").policies("versions-kept").serving(BUT_BATCHES),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        for (PlanFixture fixture : List.of(own, other)) {
            assertThat(refusedKeys(delete(fixture, item("admin/a")))).isZero();
            assertThat(refusedKeys(delete(fixture, item("admin/a", "")))).isZero();
            assertThat(refusedKeys(delete(fixture, item("admin/a"), item("admin/a", "v"))))
                    .isOne();
        }
    }

    /** What is about the bucket alone is asked of no key, and before the body nobody knows what versions it names. */
    @Test
    void aDenyOfVersionsOnTheBucketAloneDeniesEveryBatch() {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("all", "/**").policies("no-versions-in-batches").serving(EVERYTHING));

        assertThat(denial(delete(fixture, item("a"))).reason()).isEqualTo("policy-deny");
    }

    @Test
    void fingerprintListsAreAskedAsTheyAreNow() {
        AtomicReference<Fingerprints> list = new AtomicReference<>(Fingerprints.none());
        PlanFixture fixture = PlanFixture.of(
                true,
                POLICIES,
                (file, problems, path) -> Optional.of(list::get),
                List.of(
                        RouteDraft.at("listed", "/admin/**").forListed("list").serving(BUT_BATCHES),
                        RouteDraft.at("all", "/**").serving(EVERYTHING)));
        Plan.Examine batch = (Plan.Examine) fixture.plan("POST /?delete", "Content-Length: 100");

        assertThat(refusedKeys(batch.then().apply(document(item("admin/a"))))).isOne();
        list.set(new Fingerprints(Set.of(((Certified) CERTIFIED.identity()).fingerprintSha256())));
        assertThat(refusedKeys(batch.then().apply(document(item("admin/a"))))).isZero();
        assertThat(fixture.plan("GET /")).isInstanceOf(Plan.Forward.class);
    }

    /** They are about the document: a request of its own for a key has none of them. */
    @Test
    void noHeaderOfABatchAllowsWhatADeleteIsNot() {
        String type = "Content-Type: application/xml";
        for (String policy : List.of("xml-only", "no-xml")) {
            PlanFixture other = fixture(
                    true,
                    RouteDraft.at("kept", "/kept/**").policies(policy).serving(BUT_BATCHES),
                    RouteDraft.at("all", "/**").serving(EVERYTHING));
            PlanFixture own =
                    fixture(true, RouteDraft.at("all", "/**").policies(policy).serving(EVERYTHING));

            assertThat(other.plan("DELETE /kept/a") instanceof Plan.Forward).isEqualTo(policy.equals("no-xml"));
            assertThat(refusedKeys(deleteKept(other, type))).isEqualTo(policy.equals("no-xml") ? 0 : 1);
            assertThat(refusedKeys(deleteKept(own, type))).isOne();
        }
    }

    private static Plan deleteKept(PlanFixture fixture, String header) {
        Plan.Examine batch = (Plan.Examine) fixture.plan("POST /?delete", "Content-Length: 100", header);
        return batch.then().apply(document(item("kept/a")));
    }

    /** As in COS, where a batch delete has an action of its own; the route of another key is asked for its own one. */
    @Test
    void anAllowOfBatchesIsEnoughOnTheRouteOfTheBatchOnly() {
        PlanFixture own = fixture(
                true, RouteDraft.at("all", "/**").policies("batches-only").serving(EVERYTHING));
        PlanFixture other = fixture(
                true,
                RouteDraft.at("kept", "/kept/**").policies("batches-only").serving(BUT_BATCHES),
                RouteDraft.at("all", "/**").serving(EVERYTHING));

        assertThat(refusedKeys(delete(own, item("kept/a")))).isZero();
        assertThat(refusedKeys(delete(other, item("kept/a")))).isOne();
    }

    /** Tags travel with a copy. Whoever may read them of the target must be allowed to read them of the source. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read,copy,write,tagging | everything | true
            read,copy,write,tagging | tags-kept  | false
            read,copy,write         | everything | true
            read,copy,write         | tags-kept  | true
            """)
    void noCopyReadsTagsThatTheClientMayNotRead(String served, String policy, boolean isCopied) {
        for (boolean signs : List.of(true, false)) {
            PlanFixture fixture =
                    fixture(signs, RouteDraft.at("all", "/**").policies(policy).serving(served.split(",")));
            String source = "x-cos-copy-source: " + HOST + "/secret/a";

            assertThat(fixture.plan("PUT /mine", source) instanceof Plan.Forward)
                    .isEqualTo(isCopied);
            assertThat(fixture.plan("PUT /mine", "x-cos-tagging-directive: Copy", source) instanceof Plan.Forward)
                    .isEqualTo(isCopied && served.contains("tagging"));
            assertThat(fixture.plan("PUT /mine?partNumber=1&uploadId=u", source))
                    .isInstanceOf(Plan.Forward.class);
            assertThat(fixture.plan("PUT /secret/b", source) instanceof Plan.Forward)
                    .as("who reads no tags of the target learns none")
                    .isTrue();
            assertThat(
                            fixture.plan("PUT /mine", "x-cos-tagging-directive: Replaced", "x-cos-tagging: a=b", source)
                                    instanceof Plan.Forward)
                    .isEqualTo(served.contains("tagging"));
        }
    }

    @ParameterizedTest
    @CsvSource({"'read,DeleteObject,list',false", "'read,DeleteObject,list,GetObjectTagging',true"})
    void theSourcesOwnRouteSaysWhoReadsItsTags(String served, boolean isCopied) {
        PlanFixture fixture = fixture(
                true,
                RouteDraft.at("kept", "/kept/**").serving(served.split(",")),
                RouteDraft.at("all", "/**").serving("all"));

        Plan copy = fixture.plan("PUT /mine", "x-cos-copy-source: " + HOST + "/kept/a?versionId=v");

        assertThat(copy instanceof Plan.Forward).isEqualTo(isCopied);
        assertThat(fixture.plan("PUT /kept/b", "x-cos-copy-source: " + HOST + "/kept/a"))
                .isInstanceOf(Plan.Reply.class);
        assertThat(fixture.decisions())
                .filteredOn(decision -> decision.second() != null)
                .extracting(SecondResourceTest::text)
                .containsExactly(
                        "all kept GetObject /kept/a allowed",
                        "all kept GetObjectTagging /kept/a " + (isCopied ? "allowed" : "operation"));
    }

    @Test
    void decisionsNameBothRoutes() {
        PlanFixture fixture = behind(Bar.CLIENTS, "/admin/**", true);

        fixture.plan("PUT /mine", "x-cos-copy-source: " + HOST + "/admin/secret");
        delete(fixture, item("admin/a"), item("open"));
        fixture.plan("GET /");

        assertThat(fixture.decisions())
                .filteredOn(decision -> decision.second() != null)
                .extracting(SecondResourceTest::text)
                .containsExactly(
                        "all admin GetObject /admin/secret san-dns",
                        "all admin DeleteObject /admin/a san-dns",
                        "all all DeleteMultipleObjects /open allowed",
                        "all admin GetBucket / prefix");
    }

    private static String text(Decision decision) {
        return String.join(
                " ",
                decision.route(),
                decision.second(),
                decision.permission().label(),
                "/" + decision.resource().key(),
                decision.denial() == null ? "allowed" : decision.denial().reason());
    }

    private static DocumentNode everything() {
        return statement("allow", "*", "${bucket}/*");
    }

    private static PlanFixture behind(Bar bar, String path, boolean signs) {
        return fixture(
                signs,
                bar.maker.apply(RouteDraft.at("admin", path)),
                RouteDraft.at("all", "/**").serving(EVERYTHING));
    }

    private static PlanFixture fixture(boolean signs, RouteConfig... routes) {
        return PlanFixture.of(signs, POLICIES, PlanFixture.NO_LISTS, List.of(routes));
    }

    static String item(String key) {
        return "<Object><Key>" + key + "</Key></Object>";
    }

    static String item(String key, String version) {
        return "<Object><Key>" + key + "</Key><VersionId>" + version + "</VersionId></Object>";
    }

    static byte[] document(String... items) {
        return ("<Delete>" + String.join("", items) + "</Delete>").getBytes(UTF_8);
    }

    static Plan delete(PlanFixture fixture, String... items) {
        Plan plan = fixture.plan("POST /?delete", "Content-Length: 100");
        return plan instanceof Plan.Examine examine ? examine.then().apply(document(items)) : plan;
    }

    /** How many of the keys are not sent to the origin. */
    private static int refusedKeys(Plan plan) {
        if (plan instanceof Plan.Forward forward) {
            return forward.edit() == null ? 0 : forward.edit().deniedKeys();
        }
        Plan.Reply reply = (Plan.Reply) plan;
        assertDenied(reply);
        return reply.document() == null ? 2 : reply.document().split("<Error>", -1).length - 1;
    }

    private static void assertDenied(Plan plan) {
        assertThat(PlanFixture.error(plan).code().status()).isEqualTo(403);
    }

    private static GatewayError.Denied denial(Plan plan) {
        if (PlanFixture.error(plan) instanceof GatewayError.Denied denied) {
            return denied;
        }
        throw new AssertionError(plan);
    }
}
