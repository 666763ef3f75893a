package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.CERTIFIED;
import static io.sealgate.core.planning.PlanFixture.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Route tables at random, and one client: whatever the table, a second resource is permitted if and only if its own
 * request is and the route of the request says so too. What its own request meets is known from planning that request.
 */
class SecondResourcePropertiesTest {

    private static final int TABLES = 400;

    private static final List<String> SEGMENTS = List.of("a", "ab", "b");
    private static final List<String> HOSTS = List.of("gw.example", "other.example", HOST);
    private static final String[] OPERATIONS = {
        "read", "write", "copy", "DeleteObject", "DeleteMultipleObjects", "GetBucket", "GetBucketObjectVersions"
    };

    /** Reads the same requests as the gateway does, one by one. */
    private record Site(PlanFixture fixture, String host, TreeSet<String> keys) {

        Plan plan(String line, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Host: " + host);
            return fixture.plan(line, all.toArray(String[]::new));
        }

        boolean permitsBatch(String key) {
            Plan plan = plan("POST /?delete", "Content-Length: 100");
            Plan then = plan instanceof Plan.Examine examine
                    ? examine.then().apply(SecondResourceTest.document(SecondResourceTest.item(key)))
                    : plan;
            return then instanceof Plan.Forward;
        }

        /** Whether {@code operation} on {@code key} is served by {@code route} itself. */
        static boolean serves(Route route, CosOperation operation, String key) {
            return route.clients().objection(CERTIFIED.identity()) == null
                    && route.operations().contains(operation)
                    && route.path().covers(key);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyReadsWhatTheClientCouldReadAndItsOwnRouteCovers(boolean signs) {
        int permitted = 0;
        for (int seed = 0; seed < TABLES; seed++) {
            Site site = site(seed, signs);
            for (String key : site.keys()) {
                Plan copy = site.plan("PUT /zz", "x-cos-copy-source: " + HOST + "/" + key);
                Plan read = site.plan("GET /" + key);
                Route own = copy.route();
                boolean isExpected = own != null
                        && Site.serves(own, CosOperation.COPY_OBJECT, "zz")
                        && Site.serves(own, CosOperation.COPY_OBJECT, key)
                        && !isOnUnknownHost(site, own, signs)
                        && own.bucket().equals(PlanFixture.BUCKET)
                        && isSameOrigin(own, read)
                        && read instanceof Plan.Forward;

                assertThat(copy instanceof Plan.Forward)
                        .as("table %d, %s, %s", seed, site.host(), key)
                        .isEqualTo(isExpected);
                permitted += isExpected ? 1 : 0;
            }
        }
        assertThat(permitted).isGreaterThan(TABLES / 10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchDeletesWhatTheClientCouldDeleteAndItsOwnRouteCovers(boolean signs) {
        int permitted = 0;
        for (int seed = 0; seed < TABLES; seed++) {
            Site site = site(seed, signs);
            for (String key : site.keys()) {
                Plan delete = site.plan("DELETE /" + key);
                Route own = site.plan("POST /?delete", "Content-Length: 100").route();
                boolean isExpected = own != null
                        && Site.serves(own, CosOperation.DELETE_MULTIPLE_OBJECTS, key)
                        && !isOnUnknownHost(site, own, signs)
                        && isSameOrigin(own, delete)
                        && delete instanceof Plan.Forward;

                assertThat(site.permitsBatch(key))
                        .as("table %d, %s, %s", seed, site.host(), key)
                        .isEqualTo(isExpected);
                permitted += isExpected ? 1 : 0;
            }
        }
        assertThat(permitted).isGreaterThan(TABLES / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "versions&"})
    void aListingNamesOnlyWhatTheClientMayListOnTheRouteOfEachKey(String kind) {
        CosOperation operation = kind.isEmpty() ? CosOperation.LIST_OBJECTS : CosOperation.LIST_OBJECT_VERSIONS;
        int permitted = 0;
        for (int seed = 0; seed < TABLES; seed++) {
            Site site = site(seed, true);
            for (String prefix : List.of("", "a", "a/", "ab", "a/a", "a/b/", "b", "b/", "c")) {
                Plan plan = site.plan("GET /?" + kind + "prefix=" + prefix);
                Route own = plan.route();
                boolean isExpected = own != null
                        && Site.serves(own, operation, prefix + "zz")
                        && site.keys().stream()
                                .filter(key -> key.startsWith(prefix))
                                .allMatch(
                                        key -> isListed(site.plan("GET /" + key).route(), own, operation, key));

                assertThat(plan instanceof Plan.Forward)
                        .as("table %d, %s, %s", seed, site.host(), prefix)
                        .isEqualTo(isExpected);
                permitted += isExpected ? 1 : 0;
            }
        }
        assertThat(permitted).isGreaterThan(TABLES / 10);
    }

    private static boolean isListed(Route met, Route own, CosOperation operation, String key) {
        return !met.bucket().equals(own.bucket())
                || (Site.serves(met, operation, key)
                        && met.config().origin().equals(own.config().origin()));
    }

    private static boolean isSameOrigin(Route own, Plan other) {
        return other.route() != null
                && other.route().config().origin().equals(own.config().origin());
    }

    private static boolean isOnUnknownHost(Site site, Route route, boolean signs) {
        return !signs && !site.host().equals(HOST) && !route.names(site.host());
    }

    private static Site site(int seed, boolean signs) {
        Random random = new Random(seed);
        List<RouteConfig> routes = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(List.of("zz"));
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String key = key(random);
            boolean isLast = i == count - 1;
            String path = isLast ? "/**" : random.nextInt(3) == 0 ? "/" + key : "/" + key + "/**";
            keys.add(key);
            keys.add(key + "/zz");
            routes.add(draft(random, "r" + i, path).serving(operations(random)));
        }
        PlanFixture fixture = PlanFixture.of(signs, PolicySource.NONE, PlanFixture.NO_LISTS, routes);
        return new Site(fixture, HOSTS.get(random.nextInt(HOSTS.size())), keys);
    }

    private static RouteDraft draft(Random random, String name, String path) {
        RouteDraft draft = RouteDraft.at(name, path);
        draft = random.nextInt(4) == 0 ? draft.host(HOSTS.get(random.nextInt(2))) : draft;
        draft = random.nextInt(8) == 0 ? draft.listener("inner") : draft;
        draft = random.nextInt(6) == 0 ? draft.methods("PUT", "POST") : draft;
        draft = random.nextInt(6) == 0 ? draft.methods("GET", "DELETE") : draft;
        draft = random.nextInt(8) == 0 ? draft.origin(PlanFixture.TWIN) : draft;
        draft = random.nextInt(8) == 0 ? draft.origin(PlanFixture.OTHER) : draft;
        return random.nextInt(4) == 0 ? draft.forAdmins() : draft;
    }

    private static String key(Random random) {
        StringBuilder key = new StringBuilder(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            key.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        }
        return key.toString();
    }

    private static String[] operations(Random random) {
        List<String> served = new ArrayList<>(List.of("HeadObject"));
        for (String operation : OPERATIONS) {
            if (random.nextInt(4) != 0) {
                served.add(operation);
            }
        }
        return served.toArray(String[]::new);
    }
}
