package io.sealgate.core.planning;

import io.netty.buffer.ByteBuf;
import io.netty.channel.local.LocalAddress;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.clients.FingerprintFiles;
import io.sealgate.core.clients.Fingerprints;
import io.sealgate.core.config.ClientsConfig;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.config.OriginTimeoutsConfig;
import io.sealgate.core.config.PoolConfig;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig.Addressing;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.Heads;
import io.sealgate.core.request.ParsedHead;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.BodyDigest;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.core.spi.ContentTypeDetector;
import io.sealgate.core.spi.DecisionListener.Decision;
import io.sealgate.core.spi.HeadSigner;
import io.sealgate.core.upstream.Origin;
import io.sealgate.core.upstream.UpstreamRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A planner with one or more routes to one bucket, fed with raw heads; remembers whether anything was ever signed. */
final class PlanFixture {

    static final String BUCKET = "examplebucket-1250000000";
    static final String REGION = "ap-guangzhou";
    static final String HOST = BUCKET + ".cos." + REGION + ".myqcloud.com";

    /** An origin that leads to the same bucket as {@code cos}. */
    static final String TWIN = "twin";

    /** An origin that is reached over plain HTTP, across a network. */
    static final String PLAIN = "plain";

    /** An origin that leads to another bucket. */
    static final String OTHER = "other";

    private static final String OTHER_BUCKET = "otherbucket-1250000000";

    /** Lists that nobody is on. */
    static final FingerprintFiles NO_LISTS = (file, problems, path) -> Optional.of(Fingerprints::none);

    static final ConnectionContext CERTIFIED = connection(new ClientIdentity.Certified(
            "CN=device-1",
            "device-1",
            List.of(),
            "01",
            "CN=ca",
            "00",
            "5b",
            Instant.parse("2030-01-01T00:00:00Z"),
            List.of()));

    static final ConnectionContext ANONYMOUS = connection(new ClientIdentity.Anonymous());

    /** What is remembered of parts that were sent. */
    final Map<NamedPart, Long> partSizes = new HashMap<>();

    private final AtomicInteger signatures = new AtomicInteger();
    private final List<Decision> decisions = new ArrayList<>();
    private final RequestPlanner planner;

    private PlanFixture(boolean signs, PolicySource policies, List<RouteConfig> routes, List<BodyTap> taps) {
        this(signs, policies, NO_LISTS, routes, taps);
    }

    private PlanFixture(
            boolean signs,
            PolicySource policies,
            FingerprintFiles lists,
            List<RouteConfig> routes,
            List<BodyTap> taps) {
        this(signs, PlanFixture::mark, policies, lists, routes, taps);
    }

    private PlanFixture(
            boolean signs,
            HeadSigner inner,
            PolicySource policies,
            FingerprintFiles lists,
            List<RouteConfig> routes,
            List<BodyTap> taps) {
        HeadSigner signer = (method, path, query, headers) -> {
            signatures.incrementAndGet();
            inner.sign(method, path, query, headers);
        };
        Problems problems = new Problems();
        Map<String, Origin> origins = Map.of(
                "cos",
                origin("cos", BUCKET, signs ? signer : null),
                TWIN,
                origin(TWIN, BUCKET, signs ? signer : null),
                PLAIN,
                origin(PLAIN, BUCKET, signs ? signer : null),
                OTHER,
                origin(OTHER, OTHER_BUCKET, signs ? signer : null));
        BodyTapFactory factory = new BodyTapFactory() {
            @Override
            public BodyTaps forUpload(Upload upload) {
                return upload.coding() instanceof BodyCoding.AwsChunked
                        ? new BodyTaps.Decode(new NoDecoder(), taps)
                        : new BodyTaps.Watch(taps);
            }

            @Override
            public BodyDigest contentMd5() {
                return new ByteCount();
            }

            @Override
            public boolean wantsHead(Storing storing) {
                return false;
            }

            @Override
            public long partBytes(CosResource object, String uploadId, int except) {
                return 0;
            }

            @Override
            public Function<NamedPart, OptionalLong> partSizes(CosResource object, String uploadId) {
                return part -> Stream.ofNullable(partSizes.get(part))
                        .mapToLong(Long::longValue)
                        .findFirst();
            }

            @Override
            public boolean reserve(Storing storing, long bytes, long most) {
                return true;
            }

            @Override
            public Verdicts judge(Stored stored) {
                return new Verdicts(stored.results(), null);
            }

            @Override
            public BodyTaps forDownload(Download download) {
                return new BodyTaps.Watch(List.of());
            }
        };
        planner = new RequestPlanner(
                RouteCompiler.compile(routes, origins, lists, policies, problems),
                origins,
                new Authorizer(decisions::add),
                factory,
                ContentTypeDetector.NONE);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.lines().toString());
        }
    }

    private static Origin origin(String name, String bucket, @Nullable HeadSigner signer) {
        return new Origin(
                name,
                bucket,
                REGION,
                bucket + ".cos." + REGION + ".myqcloud.com",
                "127.0.0.1",
                9000,
                signer,
                null,
                !name.equals(PLAIN),
                PoolConfig.defaults(),
                OriginTimeoutsConfig.defaults());
    }

    /** Planning only hands it on. */
    private static final class NoDecoder implements BodyDecoder {
        @Override
        public @Nullable GatewayError decode(ByteBuf encoded, List<ByteBuf> decoded) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable GatewayError finish() {
            throw new UnsupportedOperationException();
        }
    }

    private static void mark(HttpMethod method, String path, List<QueryParameter> query, HttpHeaders headers) {
        headers.set("authorization", "signed " + path);
    }

    /** Routes that are to be compiled with these policies and lists. */
    static PlanFixture of(boolean signs, PolicySource policies, FingerprintFiles lists, List<RouteConfig> routes) {
        return new PlanFixture(signs, policies, lists, routes, List.of());
    }

    static PlanFixture signing(RouteConfig... routes) {
        return new PlanFixture(true, PolicySource.NONE, List.of(routes), List.of());
    }

    /** One that has {@code signer} sign. */
    static PlanFixture signedBy(HeadSigner signer, RouteConfig... routes) {
        return new PlanFixture(true, signer, PolicySource.NONE, NO_LISTS, List.of(routes), List.of());
    }

    static PlanFixture signingWith(BodyTap tap, RouteConfig... routes) {
        return new PlanFixture(true, PolicySource.NONE, List.of(routes), List.of(tap));
    }

    /** One route that serves everything about objects and has these policies. */
    static PlanFixture ruled(boolean signs, Policy... policies) {
        return ruled(signs, List.of("all"), null, policies);
    }

    /** One route that signs, serves these operations and has these policies. */
    static PlanFixture ruledServing(List<String> operations, Policy... policies) {
        return ruled(true, operations, null, policies);
    }

    /** One that signs, serves everything about objects and chooses their keys. */
    static PlanFixture ruled(KeysConfig keys, Policy... policies) {
        return ruled(true, List.of("all"), keys, policies);
    }

    private static PlanFixture ruled(
            boolean signs, List<String> operations, @Nullable KeysConfig keys, Policy... policies) {
        Map<String, Supplier<Policy>> byName = new HashMap<>();
        for (Policy policy : policies) {
            byName.put(policy.name(), () -> policy);
        }
        RouteConfig open = route("/**", operations.toArray(String[]::new));
        RouteConfig ruled = new RouteConfig(
                open.name(),
                open.match(),
                open.clients(),
                open.origin(),
                null,
                open.operations(),
                List.copyOf(byName.keySet()),
                null,
                open.integrity(),
                open.encryption(),
                open.uploads(),
                keys);
        return new PlanFixture(signs, name -> Optional.ofNullable(byName.get(name)), List.of(ruled), List.of());
    }

    static PlanFixture forwarding(RouteConfig... routes) {
        return new PlanFixture(false, PolicySource.NONE, List.of(routes), List.of());
    }

    static RouteConfig route(String path, String... operations) {
        return route("route" + path, path, List.of(), EncryptionConfig.none(), operations);
    }

    /** A route that limits what is uploaded. */
    static RouteConfig limited(UploadsConfig uploads, String path, String... operations) {
        RouteConfig plain = route(path, operations);
        return new RouteConfig(
                plain.name(),
                plain.match(),
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

    /** A route that names what is uploaded. */
    static RouteConfig keyed(KeysConfig keys, String path, String... operations) {
        RouteConfig plain = route(path, operations);
        return new RouteConfig(
                plain.name(),
                plain.match(),
                plain.clients(),
                plain.origin(),
                null,
                plain.operations(),
                null,
                null,
                plain.integrity(),
                plain.encryption(),
                plain.uploads(),
                keys);
    }

    static RouteConfig encrypting(EncryptionConfig encryption, String... operations) {
        return route("encrypting", "/**", List.of(), encryption, operations);
    }

    static RouteConfig route(
            String name, String path, List<String> hosts, EncryptionConfig encryption, String... operations) {
        return route(name, new MatchConfig(List.of(), hosts, null, path, List.of()), encryption, operations);
    }

    /** A route whose hosts are addressed in path style. */
    static RouteConfig pathStyle(String path, List<String> hosts, String... operations) {
        MatchConfig match = new MatchConfig(List.of(), hosts, Addressing.PATH, path, List.of());
        return route("path-style" + path, match, EncryptionConfig.none(), operations);
    }

    private static RouteConfig route(
            String name, MatchConfig match, EncryptionConfig encryption, String... operations) {
        return new RouteConfig(
                name,
                match,
                ClientsConfig.of(ClientsConfig.Anonymous.DENY),
                "cos",
                null,
                List.of(operations),
                null,
                null,
                IntegrityConfig.defaults(),
                encryption,
                UploadsConfig.none(),
                null);
    }

    /** Plans a head that the parser must accept. */
    Plan plan(String requestLine, String... headers) {
        return plan(CERTIFIED, withHost(requestLine, headers));
    }

    Plan plan(ConnectionContext connection, String raw) {
        return plan(connection, Heads.good(raw));
    }

    Plan plan(ConnectionContext connection, RequestHead head) {
        return planner.plan(connection, head);
    }

    /** The code of the refusal, by the parser or by the planner. */
    CosErrorCode refusal(String requestLine, String... headers) {
        String raw = withHost(requestLine, headers);
        if (Heads.parse(raw) instanceof ParsedHead.Malformed malformed) {
            return malformed.error().code();
        }
        return error(plan(CERTIFIED, raw)).code();
    }

    static GatewayError error(Plan plan) {
        if (plan instanceof Plan.Reply reply) {
            return reply.error();
        }
        throw new AssertionError(plan);
    }

    static UpstreamRequest forwarded(Plan plan) {
        if (plan instanceof Plan.Forward forward) {
            return forward.request();
        }
        throw new AssertionError(plan);
    }

    /** What the origin would be sent. */
    HttpRequest sent(String requestLine, String... headers) {
        return forwarded(plan(requestLine, headers)).toHttp();
    }

    /** What has been decided so far. */
    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    int signatures() {
        return signatures.get();
    }

    private static String withHost(String requestLine, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (all.stream().noneMatch(header -> header.regionMatches(true, 0, "host:", 0, 5))) {
            all.add("Host: " + HOST);
        }
        return Heads.raw(requestLine + " HTTP/1.1", all.toArray(String[]::new));
    }

    private static ConnectionContext connection(ClientIdentity identity) {
        return new ConnectionContext(
                "edge",
                new LocalAddress("client"),
                identity,
                new ConnectionContext.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384", null));
    }

    /** Not a digest, but enough to see that all of the body went into one. */
    private static final class ByteCount implements BodyDigest {

        private int bytes;

        @Override
        public void update(ByteBuf chunk) {
            bytes += chunk.readableBytes();
        }

        @Override
        public String value() {
            return "md5 of " + bytes + " bytes";
        }
    }
}
