package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a route asks for it, a version that is not what was sent goes again, and nothing else does. */
class CorruptVersionIT {

    private static final RequestMatcher PUT = RequestMatcher.method("PUT");
    private static final RequestMatcher DELETE = RequestMatcher.method("DELETE");
    private static final Fault SPOILT = new Fault.FlipStoredByte(3);

    private static final byte[] GOOD = "what was there before".getBytes(UTF_8);
    private static final byte[] BODY = Ground.bytes(50_000);

    private static final String ROUTES = """
              - name: kept
                match: {hosts: [localhost], path: /kept/**}
                origin: cos
                operations: [all]
              - name: deleting
                match: {hosts: [localhost]}
                origin: cos
                operations: [all]
                integrity: {upload: {on-corrupt-store: delete-version}}
            """;

    @TempDir
    private static Path directory;

    private static Ground versioned;
    private static Ground unversioned;

    @BeforeAll
    static void start() throws Exception {
        versioned = Ground.start(directory, "versioned", 2, site -> site.strictSigning()
                .versioning()
                .routes(ROUTES));
        unversioned = Ground.start(directory, "unversioned", 1, site -> site.routes(ROUTES));
    }

    @AfterAll
    static void stop() {
        versioned.close();
        unversioned.close();
    }

    @BeforeEach
    void startAfresh() {
        for (Ground ground : List.of(versioned, unversioned)) {
            ground.site().origin().faults().clear();
            ground.site().origin().log().clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theVersionGoesAndTheOneBeforeItIsBack(Protocol protocol) throws Exception {
        String key = "replaced +%/" + protocol;
        double deleted = versions(versioned, "deleted");
        try (Peer peer = versioned.connect(protocol)) {
            assertThat(put(peer, "/replaced%20%2B%25/" + protocol, GOOD).status())
                    .isEqualTo(200);
            versioned.site().origin().faults().next(PUT, SPOILT);

            refused(put(peer, "/replaced%20%2B%25/" + protocol, BODY));
        }
        assertThat(versioned.stored(key)).isEqualTo(GOOD);
        assertThat(requests(versioned, "DELETE"))
                .singleElement()
                .matches(LoggedRequest::committed)
                .satisfies(request -> assertThat(request.target()).matches(".*\\?versionId=\\w+"));
        Await.until("versions", () -> versions(versioned, "deleted"), now -> now == deleted + 1);
    }

    @ParameterizedTest
    @EnumSource
    void whatStreamsIsTakenBackToo(Protocol protocol) throws Exception {
        String key = "large-" + protocol;
        versioned.site().origin().faults().next(PUT, SPOILT);
        try (Peer peer = versioned.connect(protocol)) {
            refused(put(peer, "/" + key, Ground.bytes(2_000_000)));
            assertThat(versioned.isStored(key)).isFalse();

            assertThat(put(peer, "/" + key, BODY).status()).as("sent again").isEqualTo(200);
        }
        assertThat(versioned.stored(key)).isEqualTo(BODY);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheOriginDoesNotDeleteIsToldAllTheSame(Protocol protocol) throws Exception {
        List<Fault> faults = List.of(
                new Fault.EarlyAnswer(403, "AccessDenied", Fault.EarlyAnswer.Then.KEEP_READING),
                new Fault.DropBeforeResponse(),
                new Fault.Header("x-cos-version-id", "another"));
        for (Fault fault : faults) {
            double failed = versions(versioned, "failed");
            versioned.site().origin().faults().next(PUT, SPOILT).times(2, DELETE, fault);
            try (Peer peer = versioned.connect(protocol)) {
                refused(put(peer, "/failing-" + protocol, BODY));
            }
            Await.until(fault.toString(), () -> versions(versioned, "failed"), now -> now == failed + 1);
            versioned.site().origin().faults().clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHasNoVersionOfItsOwnStays(Protocol protocol) throws Exception {
        double not = versions(unversioned, "not_versioned");
        unversioned.site().origin().faults().times(2, PUT, SPOILT);
        try (Peer peer = unversioned.connect(protocol)) {
            refused(put(peer, "/plain-" + protocol, BODY));
            unversioned.site().origin().faults().next(PUT, new Fault.Header("x-cos-version-id", "null"));
            refused(put(peer, "/suspended-" + protocol, BODY));
        }
        Await.until("versions", () -> versions(unversioned, "not_versioned"), now -> now == not + 2);
        assertThat(requests(unversioned, "DELETE")).isEmpty();
        assertThat(unversioned.isStored("plain-" + protocol)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsDeletedThatTheRouteDoesNotAskFor(Protocol protocol) throws Exception {
        versioned.site().origin().faults().next(PUT, SPOILT);
        try (Peer peer = versioned.connect(protocol)) {
            refused(put(peer, "/kept/" + protocol, BODY));
        }
        assertThat(requests(versioned, "DELETE")).isEmpty();
        assertThat(versioned.isStored("kept/" + protocol)).isTrue();
    }

    /** Their clients may have nothing left to send again. */
    @ParameterizedTest
    @EnumSource
    void whatWasAppendedOrPutTogetherStays(Protocol protocol) throws Exception {
        String appended = "appended-" + protocol;
        String joined = "joined-" + protocol;
        versioned.site().origin().faults().next(RequestMatcher.parameter("append"), SPOILT);
        try (Peer peer = versioned.connect(protocol)) {
            refused(peer.exchange("POST", "/" + appended + "?append&position=0", length(BODY), BODY));
            refused(multipart(peer, "/" + joined));
        }
        assertThat(requests(versioned, "DELETE")).isEmpty();
        assertThat(versioned.isStored(appended)).isTrue();
        assertThat(versioned.isStored(joined)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void aClientWaitsNoLongerThanFiveSecondsForADeletion(Protocol protocol) throws Exception {
        versioned.site().origin().faults().next(PUT, SPOILT).next(DELETE, new Fault.Stall());
        try (Peer peer = versioned.connect(protocol)) {
            refused(put(peer, "/stalled-" + protocol, BODY));
        }
    }

    private static void refused(PeerAnswer answer) {
        Ground.assertOwnError(answer, 502, "BadGateway", "integrity");
    }

    private static PeerAnswer put(Peer peer, String path, byte[] body) throws Exception {
        return peer.exchange("PUT", path, length(body), body);
    }

    private static Map<String, String> length(byte[] body) {
        return Map.of("content-length", Integer.toString(body.length));
    }

    private static PeerAnswer multipart(Peer peer, String path) throws Exception {
        String begun = peer.exchange("POST", path + "?uploads", Map.of("content-length", "0"), new byte[0])
                .text();
        Matcher id = Pattern.compile("<UploadId>([^<]+)</UploadId>").matcher(begun);
        assertThat(id.find()).isTrue();
        PeerAnswer part = put(peer, path + "?partNumber=1&uploadId=" + id.group(1), BODY);
        versioned.site().origin().faults().next(RequestMatcher.any(), new Fault.WrongCrcHeader());
        byte[] document = ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + part.header("etag")
                        + "</ETag></Part></CompleteMultipartUpload>")
                .getBytes(UTF_8);
        return peer.exchange("POST", path + "?uploadId=" + id.group(1), length(document), document);
    }

    private static List<LoggedRequest> requests(Ground ground, String method) {
        return ground.site().origin().log().requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    private static double versions(Ground ground, String outcome) throws Exception {
        return ground.metric("sealgate_integrity_corrupt_versions_total", "outcome=\"" + outcome + '"');
    }
}
