package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig.Addressing;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import io.sealgate.core.planning.RouteCompiler;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.CosTargetParser;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.request.TargetReadings;
import io.sealgate.core.upstream.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Routes of which it is told that they can never apply are those which no request of a small world meets. The world
 * has one witness of each kind that a table can tell apart: every listener, host, method and operation, keys beside
 * and under each path.
 */
class RouteCoverageTest {

    private static final List<String> LISTENERS = List.of("a", "b");
    private static final String OWN = "one-125.cos.ap-guangzhou.myqcloud.com";
    private static final List<String> HOSTS = List.of(
            "x.test",
            "X.Test",
            "y.test",
            "*.test",
            "z.x.test",
            "*.x.test",
            "127.0.0.1",
            OWN,
            OWN,
            OWN.toUpperCase(Locale.ROOT),
            "two-125.cos.ap-guangzhou.myqcloud.com",
            "*.cos.ap-guangzhou.myqcloud.com",
            "cos.ap-guangzhou.myqcloud.com",
            "x..test",
            "b\u00fccher.test");
    private static final List<String> SENT = List.of(
            "x.test",
            "y.test",
            "other.test",
            "z.x.test",
            "other.x.test",
            "nobody.example",
            "127.0.0.1",
            OWN,
            "one-125.cos.accelerate.myqcloud.com",
            "two-125.cos.ap-guangzhou.myqcloud.com",
            "cos.ap-guangzhou.myqcloud.com");
    private static final List<String> PATHS =
            List.of("/**", "/**", "/a/**", "/a/b/**", "/a/b", "/a/", "/", "/c", "/a//**", "//**");
    private static final List<String> KEYS =
            List.of("", "a/", "a/b", "a/b/", "a/b/other", "a/other", "c", "other", "a//other");
    private static final List<List<String>> METHODS = List.of(
            List.of(),
            List.of(),
            List.of("GET"),
            List.of("GET", "HEAD"),
            List.of("POST"),
            List.of("PUT"),
            List.of("PUT", "POST", "DELETE", "OPTIONS"));
    private static final List<List<String>> OPERATIONS = List.of(
            List.of("read"),
            List.of("write"),
            List.of("delete"),
            List.of("DeleteMultipleObjects"),
            List.of("all"),
            List.of("list", "read"),
            List.of("HeadBucket", "GetBucket"),
            List.of("configuration", "lock"),
            List.of("SelectObjectContent", "GetBucketLocation"),
            List.of("copy", "HeadObject"));
    private static final int SEED = 15;
    private static final int TABLES = 100;

    private static final List<String> BUCKETS = List.of("one-125", "two-125");

    /** Of each bucket an origin that signs, named as the bucket is, and one that does not. */
    private static final Map<String, Origin> ORIGINS = BUCKETS.stream()
            .flatMap(bucket -> Stream.of(origin(bucket, bucket, true), origin("raw-" + bucket, bucket, false)))
            .collect(Collectors.toMap(Origin::name, Function.identity()));

    private static final Set<String> FORWARDING =
            BUCKETS.stream().map("raw-"::concat).collect(Collectors.toSet());

    private static Origin origin(String name, String bucket, boolean signs) {
        return new OriginConfig(name, bucket, "ap-guangzhou", null, null, null, null, null, null)
                .toOrigin(signs ? (method, path, query, headers) -> {} : null, null);
    }

    @Test
    void whatIsToldIsWhatNoRequestMeets() {
        Random random = new Random(SEED);
        for (int i = 0; i < TABLES; i++) {
            Problems problems = new Problems();
            RouteTable table = RouteCompiler.compile(
                    configs(random),
                    ORIGINS,
                    (file, found, path) -> Optional.empty(),
                    name -> Optional.empty(),
                    problems);
            if (!problems.isEmpty()) {
                continue; // a host that is addressed in two ways
            }
            Findings findings = new Findings(problems);
            Set<String> idle =
                    new RouteCoverageChecks(new RouteReach(LISTENERS, FORWARDING), findings).run(table.routes());

            Map<String, Set<CosOperation>> met = met(table);
            assertThat(idle).as(show(table)).containsExactlyInAnyOrderElementsOf(unmet(table, met));
            assertThat(words(findings)).as(show(table)).isEqualTo(unmetWords(table, met, findings));
        }
    }

    /** Routes by which nothing that they serve can be had. */
    private static Set<String> unmet(RouteTable table, Map<String, Set<CosOperation>> met) {
        return table.routes().stream()
                .filter(route -> Collections.disjoint(met.getOrDefault(route.name(), Set.of()), route.operations()))
                .map(Route::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> words(Findings findings) {
        return findings.warnings().stream()
                .filter(line -> line.contains(".operations["))
                .map(line -> line.substring(0, line.indexOf(": ")))
                .collect(Collectors.toSet());
    }

    /** What is served and cannot be had, on routes of which nothing else is told. */
    private static Set<String> unmetWords(RouteTable table, Map<String, Set<CosOperation>> met, Findings findings) {
        Set<String> unmet = new HashSet<>();
        for (int i = 0; i < table.routes().size(); i++) {
            Route route = table.routes().get(i);
            String place = "routes[" + i + "]";
            boolean isTold = findings.warnings().stream()
                    .anyMatch(line -> line.startsWith(place + ": ") || line.startsWith(place + ".match"));
            List<String> words = isTold ? List.of() : route.config().operations();
            for (int j = 0; j < words.size(); j++) {
                Set<CosOperation> done = met.getOrDefault(route.name(), Set.of());
                if (Collections.disjoint(done, RouteCompiler.operations(words.get(j)))) {
                    unmet.add(place + ".operations[" + j + "]");
                }
            }
        }
        return unmet;
    }

    private static String show(RouteTable table) {
        return table.routes().stream()
                .map(route -> route.name() + " " + route.config().match() + " "
                        + route.config().origin() + " " + route.config().operations())
                .collect(Collectors.joining("\n    ", "\n    ", ""));
    }

    private static List<RouteConfig> configs(Random random) {
        List<RouteConfig> configs = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            List<String> hosts = some(random, HOSTS, 3);
            MatchConfig match = new MatchConfig(
                    some(random, LISTENERS, 2),
                    hosts,
                    !hosts.isEmpty() && random.nextInt(6) == 0 ? Addressing.PATH : Addressing.HOST,
                    one(random, PATHS),
                    one(random, METHODS));
            configs.add(new RouteConfig(
                    "r" + i,
                    match,
                    null,
                    (random.nextInt(4) == 0 ? "raw-" : "") + one(random, BUCKETS),
                    null,
                    one(random, OPERATIONS),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        return configs;
    }

    private static <T> T one(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<String> some(Random random, List<String> from, int most) {
        return random.nextBoolean()
                ? List.of()
                : Stream.generate(() -> one(random, from))
                        .limit(1 + random.nextInt(most))
                        .distinct()
                        .toList();
    }

    /** What some request meets: for each route, what such requests do. */
    private static Map<String, Set<CosOperation>> met(RouteTable table) {
        Map<String, Set<CosOperation>> met = new TreeMap<>();
        for (String listener : LISTENERS) {
            for (String host : SENT) {
                for (Set<CosOperation> alike : ALIKE) {
                    CosOperation operation = alike.iterator().next();
                    for (String key : operation.form().isOnBucket() ? List.of("") : KEYS) {
                        for (String prefix : isListing(operation) ? KEYS : List.of("")) {
                            for (String bucket : BUCKETS) {
                                Route route = route(table, listener, host, operation, key, prefix, bucket);
                                if (route != null) {
                                    met.computeIfAbsent(route.name(), name -> EnumSet.noneOf(CosOperation.class))
                                            .addAll(alike);
                                }
                            }
                        }
                    }
                }
            }
        }
        return met;
    }

    /** Operations that routes cannot tell apart but by serving them. */
    private static final Collection<Set<CosOperation>> ALIKE = Arrays.stream(CosOperation.values())
            .collect(Collectors.groupingBy(
                    op -> isListing(op)
                            ? "list" + op.form().method()
                            : op == CosOperation.DELETE_MULTIPLE_OBJECTS || op == CosOperation.HEAD_BUCKET
                                    ? op.name()
                                    : op.form().method() + " " + op.form().isOnBucket(),
                    Collectors.toCollection(() -> EnumSet.noneOf(CosOperation.class))))
            .values()
            .stream()
            .<Set<CosOperation>>map(alike -> alike)
            .toList();

    private static boolean isListing(CosOperation operation) {
        return Set.of(CosOperation.LIST_OBJECTS, CosOperation.LIST_OBJECT_VERSIONS, CosOperation.LIST_MULTIPART_UPLOADS)
                .contains(operation);
    }

    private static @Nullable Route route(
            RouteTable table,
            String listener,
            String host,
            CosOperation operation,
            String key,
            String prefix,
            String bucket) {
        boolean inPath = host.startsWith("cos.") || table.isPathStyle(listener, host);
        String path = "/" + (inPath ? bucket + "/" : "") + key + "?prefix=" + prefix;
        RequestHead head = new RequestHead(
                RequestId.next(),
                HttpVersion.HTTP_1_1,
                operation.form().method(),
                path,
                host,
                NO_HEADERS,
                new BodyFraming.None(),
                false);
        return CosTargetParser.parse(head, any -> table.isPathStyle(listener, any))
                .fold(
                        target -> target.isBucket() == operation.form().isOnBucket()
                                ? route(table, listener, operation, head, target)
                                : null,
                        error -> null);
    }

    /** The route that all readings of a target meet, unless that refuses its host. */
    private static @Nullable Route route(
            RouteTable table, String listener, CosOperation operation, RequestHead head, CosTarget target) {
        Route route = table.find(listener, head.method(), operation, target);
        boolean isRefused = route != null
                && FORWARDING.contains(route.config().origin())
                && target.bucket() == null
                && !route.names(target.hostName());
        boolean isOne =
                TargetReadings.others(target, head, false)
                        .fold(others -> others, error -> List.<CosTarget>of())
                        .stream()
                        .allMatch(
                                other -> Objects.equals(table.find(listener, head.method(), operation, other), route));
        return isOne && !isRefused ? route : null;
    }

    private static final HttpHeaders NO_HEADERS = new DefaultHttpHeaders();
}
