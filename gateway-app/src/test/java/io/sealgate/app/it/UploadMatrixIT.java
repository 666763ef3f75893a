package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of upload, spoilt in every way at every position, over both protocols: nothing corrupt is stored where that can be
 * prevented, nothing is called stored that is not, as seen by the client and at the origin.
 */
class UploadMatrixIT {

    private static final int SMALL = 100_000;
    private static final int LARGE = 1_300_000;
    private static final byte[] START = Ground.bytes(1000);

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    /** What the upload becomes. */
    enum Operation {
        PUT,
        PART,
        APPEND,
        /** To something that the gateway has not seen. */
        APPEND_LATER
    }

    /** How it is spoilt. */
    enum Damage {
        /** Other bytes than the client's digest says: prevented. */
        CHANGED_WITH_DIGEST,
        /** The same without a digest: not verifiable. */
        CHANGED_WITHOUT_DIGEST,
        /** The client goes away: prevented. */
        ABANDONED,
        /** The origin resets the connection: the client is told. */
        ORIGIN_RESETS,
        /** The origin has stored it and says nothing: the client is told that it is not known. */
        ORIGIN_SILENT,
        /** The origin stores something else than it was sent, and says so: detected. */
        ORIGIN_STORED_OTHERWISE
    }

    /** One cell of the matrix. */
    record Cell(Ground.Case site, Operation operation, int size, Damage damage, Position position) {

        boolean exists() {
            boolean isAtTheEnd = damage == Damage.ORIGIN_SILENT || damage == Damage.ORIGIN_STORED_OTHERWISE;
            return isAtTheEnd == (position == Position.AFTER_LAST_BYTE);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(Ground.start(directory, 2, site -> site.pool("{idle-timeout: 50ms}")));
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() {
        grounds.forEach(ground -> ground.site().origin().faults().clear());
        grounds.forEach(ground -> ground.site().origin().log().clear());
    }

    static Stream<Cell> cells() {
        return Ground.cases(grounds)
                .flatMap(site -> Stream.of(Operation.values()).flatMap(operation -> Stream.of(SMALL, LARGE)
                        .flatMap(size -> Stream.of(Damage.values()).flatMap(damage -> Stream.of(Position.values())
                                .map(position -> new Cell(site, operation, size, damage, position))
                                .filter(Cell::exists)))));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingIsStoredOrSaidThatIsNotSo(Cell cell) throws Exception {
        String key = "%s-%s-%s-%s-%s"
                .formatted(cell.site().protocol(), cell.operation(), cell.size(), cell.damage(), cell.position());
        byte[] body = Ground.bytes(cell.size());
        try (Peer peer = cell.site().connect()) {
            String target = target(cell, key, peer);
            cell.site().ground().awaitNoOriginConnections(); // so that nothing is sent again on a fresh one
            cell.site().ground().site().origin().log().clear();
            spoil(cell);
            if (cell.damage() == Damage.ABANDONED) {
                abandon(cell, peer, target, body);
            } else {
                assertTold(cell, send(cell, peer, target, body));
            }
        }
        assertOrigin(cell, key, body);
    }

    private static String target(Cell cell, String key, Peer peer) throws Exception {
        return switch (cell.operation()) {
            case PUT -> "/" + key;
            case APPEND -> "/" + key + "?append&position=0";
            case APPEND_LATER -> {
                cell.site().ground().site().origin().store().putAppendable(TestSite.BUCKET, key, START);
                yield "/" + key + "?append&position=" + START.length;
            }
            case PART -> {
                String begun = peer.exchange("POST", "/" + key + "?uploads", Map.of("content-length", "0"), new byte[0])
                        .text();
                Matcher id = Pattern.compile("<UploadId>([^<]+)</UploadId>").matcher(begun);
                assertThat(id.find()).isTrue();
                yield "/" + key + "?partNumber=1&uploadId=" + id.group(1);
            }
        };
    }

    private static String method(Cell cell) {
        return switch (cell.operation()) {
            case PUT, PART -> "PUT";
            case APPEND, APPEND_LATER -> "POST";
        };
    }

    private static Map<String, String> headers(Cell cell, byte[] body) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("content-length", Integer.toString(cell.size())));
        if (cell.damage() == Damage.CHANGED_WITH_DIGEST) {
            byte[] digest = MessageDigest.getInstance("MD5").digest(body);
            headers.put("content-md5", Base64.getEncoder().encodeToString(digest));
        }
        return headers;
    }

    private static void spoil(Cell cell) {
        Fault fault =
                switch (cell.damage()) {
                    case ORIGIN_RESETS ->
                        new Fault.ResetOnRequestBody(cell.position().of(cell.size()));
                    case ORIGIN_SILENT -> new Fault.DropBeforeResponse();
                    case ORIGIN_STORED_OTHERWISE -> new Fault.FlipStoredByte(cell.size() / 2);
                    case CHANGED_WITH_DIGEST, CHANGED_WITHOUT_DIGEST, ABANDONED -> null;
                };
        if (fault != null) {
            cell.site().ground().site().origin().faults().next(RequestMatcher.method(method(cell)), fault);
        }
    }

    private static void abandon(Cell cell, Peer peer, String target, byte[] body) throws Exception {
        peer.head(method(cell), target, headers(cell, body), true);
        int sent = cell.position().of(cell.size());
        if (sent > 0) {
            peer.body(Arrays.copyOf(body, sent), false);
        }
    }

    private static PeerAnswer send(Cell cell, Peer peer, String target, byte[] body) throws Exception {
        return peer.exchange(method(cell), target, headers(cell, body), sent(cell, body));
    }

    private static byte[] sent(Cell cell, byte[] body) {
        byte[] sent = body.clone();
        boolean isChanged =
                cell.damage() == Damage.CHANGED_WITH_DIGEST || cell.damage() == Damage.CHANGED_WITHOUT_DIGEST;
        if (isChanged) {
            sent[cell.position().of(cell.size())] ^= 1;
        }
        return sent;
    }

    private static void assertTold(Cell cell, PeerAnswer answer) {
        switch (cell.damage()) {
            case CHANGED_WITH_DIGEST -> Ground.assertOwnError(answer, 400, "BadDigest", "integrity");
            case ORIGIN_RESETS, ORIGIN_SILENT -> Ground.assertOwnError(answer, 503, "ServiceUnavailable", "origin");
            case ORIGIN_STORED_OTHERWISE -> Ground.assertOwnError(answer, 502, "BadGateway", "integrity");
            case CHANGED_WITHOUT_DIGEST, ABANDONED ->
                assertThat(answer.status()).isEqualTo(200);
        }
    }

    private static void assertOrigin(Cell cell, String key, byte[] body) throws Exception {
        Ground ground = cell.site().ground();
        List<LoggedRequest> seen = ground.site()
                .origin()
                .log()
                .awaitAll(all -> all.stream().allMatch(request -> request.finished()), TlsSocket.PATIENCE);
        switch (cell.damage()) {
            case CHANGED_WITH_DIGEST, ABANDONED, ORIGIN_RESETS -> {
                assertThat(seen).noneMatch(request -> request.committed());
                if (cell.operation() == Operation.APPEND_LATER) {
                    assertThat(ground.stored(key)).isEqualTo(START);
                } else {
                    assertThat(ground.isStored(key)).isFalse();
                }
            }
            case CHANGED_WITHOUT_DIGEST -> {
                assertArrived(cell, seen);
                if (cell.operation() != Operation.PART) {
                    assertThat(ground.stored(key)).isEqualTo(withWhatWasThere(cell, sent(cell, body)));
                }
            }
            case ORIGIN_SILENT, ORIGIN_STORED_OTHERWISE -> assertArrived(cell, seen);
        }
    }

    private static byte[] withWhatWasThere(Cell cell, byte[] body) {
        return cell.operation() == Operation.APPEND_LATER ? Bytes.joined(START, body) : body;
    }

    /** A part is no object yet. */
    private static void assertArrived(Cell cell, List<LoggedRequest> seen) {
        assertThat(seen)
                .filteredOn(request -> request.method().equals(method(cell)))
                .singleElement()
                .matches(LoggedRequest::bodyComplete)
                .matches(request -> request.committed() || cell.operation() == Operation.PART);
    }
}
