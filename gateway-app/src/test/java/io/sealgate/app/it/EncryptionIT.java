package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.LoggedRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a client may say how an object is encrypted, the origin hears a complete statement or the route's own. */
class EncryptionIT {

    private static final String MODE = "x-cos-server-side-encryption";
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String KEY_MD5 = "tP/LI3N87DFaSk0aoqYgzg==";

    private static final String ROUTES = """
              - name: rejected
                match: {hosts: [localhost], path: /reject/**}
                origin: cos
                operations: [all]
                encryption: {mode: sse-cos}
              - name: replaced
                match: {hosts: [localhost], path: /replace/**}
                origin: cos
                operations: [all]
                encryption: {mode: sse-kms, context: {fleet: eu}, when-client-sends: replace}
              - name: kept
                match: {hosts: [localhost], path: /**}
                origin: cos
                operations: [all]
                encryption: {mode: sse-kms, key-id: own-key, when-client-sends: keep}
            """;

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site.routes(ROUTES));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
    }

    /** What begins an object, and what only continues one. */
    enum Request {
        PUT("PUT", "/a", true),
        COPY("PUT", "/a", true),
        APPEND("POST", "/a?append&position=0", true),
        INITIATE("POST", "/a?uploads", true),
        PART("PUT", "/a?partNumber=1&uploadId=u", false),
        GET("GET", "/a", false);

        private final String method;
        private final String target;
        private final boolean isBeginning;

        Request(String method, String target, boolean isBeginning) {
            this.method = method;
            this.target = target;
            this.isBeginning = isBeginning;
        }

        PeerAnswer send(Peer peer, boolean isS3, Map<String, String> statement) throws Exception {
            return send(peer, "", isS3, statement);
        }

        PeerAnswer send(Peer peer, String directory, boolean isS3, Map<String, String> statement) throws Exception {
            Map<String, String> headers =
                    new HashMap<>(method.equals("GET") ? Map.of() : Map.of("content-length", "0"));
            statement.forEach((name, value) -> headers.put(isS3 ? s3(name) : name, isS3 ? s3Value(value) : value));
            if (this == COPY) {
                String source = (isS3 ? TestSite.BUCKET : TestSite.BUCKET_HOST) + directory + "/probe";
                headers.put(isS3 ? "x-amz-copy-source" : "x-cos-copy-source", source);
            }
            return peer.exchange(method, directory + target, headers, new byte[0]);
        }

        private static String s3(String name) {
            return name.replace("x-cos-", "x-amz-").replace("cos-kms-key-id", "aws-kms-key-id");
        }

        private static String s3Value(String value) {
            return value.replace("cos/kms", "aws:kms");
        }
    }

    static Stream<Arguments> clients() {
        return Stream.of(Protocol.values()).flatMap(protocol -> Stream.of(false, true)
                .flatMap(isS3 -> Stream.of(Request.values()).map(request -> Arguments.of(protocol, isS3, request))));
    }

    private static Map<String, String> statement(String... pairs) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.put(MODE + pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    private static List<Map<String, String>> whole() {
        return List.of(
                statement("", "AES256"),
                statement("", "SM4"),
                statement("", "cos/kms", "-cos-kms-key-id", "theirs", "-context", "e30="),
                statement("-customer-algorithm", "AES256", "-customer-key", KEY, "-customer-key-md5", KEY_MD5));
    }

    private static List<Map<String, String>> broken() {
        return List.of(
                statement("-context", "e30="),
                statement("-cos-kms-key-id", "theirs"),
                statement("-customer-key-md5", KEY_MD5),
                statement("-customer-algorithm", "AES256"),
                statement("-customer-algorithm", "AES256", "-customer-key", KEY),
                statement("-customer-algorithm", "AES256", "-customer-key", "short", "-customer-key-md5", KEY_MD5),
                statement("-customer-algorithm", "SM4", "-customer-key", KEY, "-customer-key-md5", KEY_MD5),
                statement("", "none"),
                statement("", "aes256"),
                statement("", "AES256,SM4"),
                statement("", "aws:kms:dsse"),
                statement("", "AES256", "-context", "e30="),
                statement("", "AES256", "-customer-key-md5", KEY_MD5));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aStatementThatIsNotCompleteReachesNoOrigin(Protocol protocol, boolean isS3, Request request) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            for (Map<String, String> statement : broken()) {
                PeerAnswer answer = request.send(peer, isS3, statement);

                assertThat(answer.status()).as("%s", statement).isIn(400, 403);
                if (request.isBeginning) {
                    Ground.assertOwnError(answer, 400, "InvalidArgument", "request");
                }
            }
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    static Stream<Arguments> beginnings() {
        return clients().filter(client -> ((Request) client.get()[2]).isBeginning);
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void aCompleteStatementOrTheRoutesIsWhatTheOriginHears(Protocol protocol, boolean isS3, Request request)
            throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            for (Map<String, String> statement : whole()) {
                assertThat(request.send(peer, isS3, statement).status())
                        .as("%s", statement)
                        .isNotEqualTo(400);
                assertThat(heard()).isEqualTo(statement);
            }
            for (Map<String, String> empty : List.of(Map.<String, String>of(), statement("", ""))) {
                request.send(peer, isS3, empty);
                assertThat(heard()).isEqualTo(statement("", "cos/kms", "-cos-kms-key-id", "own-key"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void nothingThatIsSaidReachesTheOriginOfARouteThatRejects(Protocol protocol, boolean isS3, Request request)
            throws Exception {
        List<Map<String, String>> statements = new ArrayList<>(whole());
        statements.addAll(broken());
        statements.add(statement("", ""));
        statements.add(statement("-unheard-of", "a"));
        try (Peer peer = ground.connect(protocol)) {
            for (Map<String, String> statement : statements) {
                Ground.assertOwnError(request.send(peer, "/reject", isS3, statement), 403, "AccessDenied", "request");
            }
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void whateverIsSaidTheOriginOfARouteThatReplacesHearsTheRoutes(Protocol protocol, boolean isS3, Request request)
            throws Exception {
        List<Map<String, String>> statements = new ArrayList<>(whole());
        statements.addAll(broken());
        statements.add(Map.of());
        Map<String, String> own =
                request.isBeginning ? statement("", "cos/kms", "-context", "eyJmbGVldCI6ImV1In0=") : Map.of();
        try (Peer peer = ground.connect(protocol)) {
            for (Map<String, String> statement : statements) {
                request.send(peer, "/replace", isS3, statement);
                assertThat(heard()).as("%s", statement).isEqualTo(own);
            }
        }
    }

    /** What the origin was told of encryption with the only request since the last time. */
    private static Map<String, String> heard() {
        List<LoggedRequest> requests = ground.site().origin().log().requests();
        assertThat(requests).hasSize(1);
        Map<String, String> heard = new HashMap<>();
        requests.get(0).headers().lines().stream()
                .filter(line -> line.getKey().startsWith(MODE))
                .forEach(line -> heard.put(line.getKey(), line.getValue()));
        ground.site().origin().log().clear();
        return heard;
    }
}
