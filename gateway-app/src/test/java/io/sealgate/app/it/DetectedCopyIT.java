package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a route looks at what objects are, no copy brings what nobody has looked at, nor a type of the client's choice. */
class DetectedCopyIT {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(ISO_8859_1);
    private static final byte[] PAGE = "<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes(UTF_8);

    private static final String ROUTES = """
              - name: inbox
                match: {hosts: [localhost], path: /inbox/**}
                origin: cos
                operations: [all]
                keys: {template: "pictures/${client.cn}/${random}"}
              - name: free
                match: {hosts: [localhost], path: /free/**}
                origin: cos
                operations: [all]
              - name: replaced
                match: {hosts: [localhost], path: /pictures/put/**, methods: [PUT]}
                origin: cos
                operations: [all]
              - name: appended
                match: {hosts: [localhost], path: /pictures/post/**, methods: [POST]}
                origin: cos
                operations: [all]
              - name: pictures
                match: {hosts: [localhost], path: /pictures/**}
                origin: cos
                operations: [all]
                uploads: {content-types: [image/*], detect-content-type: verify}
            """;

    @TempDir
    private static Path directory;

    private static Ground ground;
    private static Ground forwarding;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site.strictSigning().routes(ROUTES));
        String withoutKeys = ROUTES.substring(ROUTES.indexOf("  - name: free"));
        forwarding = Ground.start(
                directory, "forwarding", 1, site -> site.auth("forward").routes(withoutKeys));
        try (Peer peer = ground.connect(Protocol.HTTP_1)) {
            put(peer, "/pictures/source", "image/png", PNG);
            put(peer, "/free/page", "text/html", PAGE);
            put(peer, "/pictures/put/page", "text/html", PAGE);
            append(peer, "/pictures/post/page", "text/html", PAGE);
        }
    }

    @AfterAll
    static void stop() {
        forwarding.close();
        ground.close();
    }

    static Stream<Arguments> clients() {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> Stream.of("x-cos-", "x-amz-").map(words -> Arguments.of(protocol, words)));
    }

    private static void put(Peer peer, String path, String type, byte[] body) throws Exception {
        stored(peer.exchange("PUT", path, headers(type, body), body));
    }

    private static void append(Peer peer, String path, String type, byte[] body) throws Exception {
        stored(peer.exchange("POST", path + "?append&position=0", headers(type, body), body));
    }

    private static void stored(PeerAnswer answer) {
        assertThat(answer.status()).isEqualTo(200);
    }

    private static Map<String, String> headers(String type, byte[] body) {
        return Map.of("content-type", type, "content-length", Integer.toString(body.length));
    }

    /** What {@code more} says is about the copy, in pairs; names that end in a dash are those of the dialect. */
    private static PeerAnswer copy(Peer peer, String words, String source, String target, String... more)
            throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("content-length", "0"));
        String bucket = words.equals("x-cos-") ? TestSite.BUCKET_HOST : TestSite.BUCKET;
        headers.put(words + "copy-source", bucket + source);
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i].replace("x-", words), more[i + 1]);
        }
        return peer.exchange("PUT", target, headers, new byte[0]);
    }

    private static void denied(PeerAnswer answer) {
        Ground.assertOwnError(answer, 403, "AccessDenied", "policy");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void whatTheRouteHasLookedAtIsCopiedWithItsType(Protocol protocol, String words) throws Exception {
        String target = "pictures/copy-" + protocol + words;
        try (Peer peer = ground.connect(protocol)) {
            stored(copy(peer, words, "/pictures/source", "/" + target));
            stored(copy(peer, words, "/pictures/source", "/" + target + 2, "x-metadata-directive", "Copy"));
            assertThat(peer.get("/" + target).header("content-type")).isEqualTo("image/png");
        }
        assertThat(ground.stored(target)).isEqualTo(PNG);
        assertThat(ground.stored(target + 2)).isEqualTo(PNG);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void whatAnotherRouteHasStoredIsNotCopied(Protocol protocol, String words) throws Exception {
        String target = "pictures/other-" + protocol + words;
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer named = peer.exchange("PUT", "/inbox/a", headers("text/html", PAGE), PAGE);
            String chosen = "/" + Objects.requireNonNull(named.header("x-sealgate-key"));
            assertThat(chosen).startsWith("/pictures/");
            for (String source :
                    Arrays.asList("/free/page", "/pictures/put/page", "/pictures/post/page", chosen, "/nowhere")) {
                denied(copy(peer, words, source, "/" + target));
                denied(copy(peer, words, source, "/" + target, "content-type", "image/png"));
                denied(copy(peer, words, source + "?versionId=null", "/" + target));
            }
        }
        assertThat(ground.isStored(target)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void noCopyGetsAnotherTypeOrCoding(Protocol protocol, String words) throws Exception {
        String target = "/pictures/typed-" + protocol + words;
        try (Peer peer = ground.connect(protocol)) {
            for (String directive : Arrays.asList("Replaced", "REPLACE", "other")) {
                for (String to : Arrays.asList(target, "/pictures/source")) {
                    denied(copy(
                            peer,
                            words,
                            "/pictures/source",
                            to,
                            "x-metadata-directive",
                            directive,
                            "content-type",
                            "image/svg+xml"));
                }
            }
            denied(copy(peer, words, "/pictures/source", target, "content-type", "text/html"));
            denied(copy(peer, words, "/pictures/source", target, "content-encoding", "gzip"));
            denied(copy(peer, words, "/pictures/source", target + "?partNumber=1&uploadId=u"));
            denied(copy(peer, words, "/pictures/source", target + "?partNumber=2&uploadId=u"));
            assertThat(peer.get("/pictures/source").header("content-type")).isEqualTo("image/png");
        }
        assertThat(ground.isStored(target.substring(1))).isFalse();
    }

    /** A copy that keeps its source's metadata keeps its type, whatever else is said. */
    @ParameterizedTest
    @MethodSource("clients")
    void aTypeThatIsSaidInVainChangesNothing(Protocol protocol, String words) throws Exception {
        String target = "/pictures/vain-" + protocol + words;
        try (Peer peer = ground.connect(protocol)) {
            stored(copy(peer, words, "/pictures/source", target, "content-type", "image/svg+xml"));
            assertThat(peer.get(target).header("content-type")).isEqualTo("image/png");
        }
    }

    /** What the client signs goes on as it is, so it is judged as it is. */
    @ParameterizedTest
    @MethodSource("clients")
    void whereTheClientSignsItIsTheSame(Protocol protocol, String words) throws Exception {
        try (Peer peer = forwarding.connect(protocol)) {
            for (String source : Arrays.asList("/free/page", "/pictures/put/page", "/pictures/post/page")) {
                assertThat(copy(peer, words, source, "/pictures/a").status()).isEqualTo(403);
            }
            PeerAnswer replaced = copy(peer, words, "/pictures/a", "/pictures/b", "x-metadata-directive", "Replaced");
            assertThat(replaced.status()).isEqualTo(403);
        }
        assertThat(forwarding.site().origin().log().requests()).isEmpty();
    }
}
