package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of download, spoilt in every way at every position, over both protocols: what the README promises of its class is what
 * the client sees, and the counters agree.
 */
class DownloadMatrixIT {

    private static final int SMALL = 100_000;
    private static final int LARGE = 1_300_000;
    /** The range that is asked for: larger than what is held, so that its size makes no difference. */
    private static final int FIRST = 1000;

    private static final int RANGE = 1_200_000;

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    /** What is downloaded. */
    enum Kind {
        SMALL_OBJECT(SMALL, false, false),
        LARGE_OBJECT(LARGE, false, false),
        /** Of a length that is not announced, so that it can neither be held nor resumed. */
        STREAMED_OBJECT(LARGE, false, true),
        RANGE_OF_OBJECT(RANGE, true, false);

        private final int size;
        private final boolean isRange;
        private final boolean isChunked;

        Kind(int size, boolean isRange, boolean isChunked) {
            this.size = size;
            this.isRange = isRange;
            this.isChunked = isChunked;
        }

        String path() {
            return size == SMALL ? "/small" : "/large";
        }

        byte[] expected() {
            return switch (this) {
                case SMALL_OBJECT -> Ground.bytes(SMALL);
                case LARGE_OBJECT, STREAMED_OBJECT -> Ground.bytes(LARGE);
                case RANGE_OF_OBJECT -> Arrays.copyOfRange(Ground.bytes(LARGE), FIRST, FIRST + RANGE);
            };
        }

        Map<String, String> headers() {
            return isRange ? Map.of("range", "bytes=" + FIRST + '-' + (FIRST + RANGE - 1)) : Map.of();
        }
    }

    /** How it is spoilt. */
    enum Damage {
        CHANGED(Fault.FlipByte::new),
        CUT(Fault.Truncate::new),
        RESET(Fault.ResetAfter::new),
        STALLED(Fault.StallAfter::new),
        MISLABELLED(at -> new Fault.WrongCrcHeader());

        private final LongFunction<Fault> fault;

        Damage(LongFunction<Fault> fault) {
            this.fault = fault;
        }

        boolean isOfContent() {
            return this == CHANGED || this == MISLABELLED;
        }
    }

    /** What the client gets. */
    enum Outcome {
        /** The object, whole: prevented. */
        WHOLE,
        /** An error of the gateway's: prevented. */
        ERROR,
        /** An answer that ends before its end: detected. */
        BROKEN,
        /** What the origin sent: not verifiable. */
        AS_SENT
    }

    /** One cell of the matrix. */
    record Cell(Ground.Case site, Kind kind, Damage damage, Position position, boolean always) {

        boolean exists() {
            boolean isElsewhere = damage == Damage.CHANGED && position == Position.AFTER_LAST_BYTE;
            boolean isNowhere = damage == Damage.MISLABELLED && position != Position.FIRST_BYTE;
            boolean takesTooLong = damage == Damage.STALLED && (always || position == Position.MIDDLE);
            // from the second request on the fault would strike elsewhere in what is left
            boolean isAnother = always && kind != Kind.SMALL_OBJECT;
            return !isElsewhere && !isNowhere && !takesTooLong && !isAnother;
        }

        Outcome expected() {
            if (position == Position.AFTER_LAST_BYTE) {
                return Outcome.WHOLE; // the message has ended, whatever becomes of the connection
            }
            return switch (kind) {
                case SMALL_OBJECT -> always ? Outcome.ERROR : Outcome.WHOLE;
                case LARGE_OBJECT -> damage.isOfContent() ? Outcome.BROKEN : Outcome.WHOLE;
                case STREAMED_OBJECT -> Outcome.BROKEN;
                case RANGE_OF_OBJECT -> damage.isOfContent() ? Outcome.AS_SENT : Outcome.WHOLE;
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(Ground.start(directory, 2, site -> site.timeouts("{first-byte: 5s, idle: 700ms}")));
        for (Ground ground : grounds) {
            ground.store("small", SMALL);
            ground.store("large", LARGE);
        }
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() {
        grounds.forEach(ground -> ground.site().origin().faults().clear());
    }

    static Stream<Cell> cells() {
        return Ground.cases(grounds).flatMap(site -> Stream.of(Kind.values()).flatMap(kind -> Stream.of(Damage.values())
                .flatMap(damage -> Stream.of(Position.values()).flatMap(position -> Stream.of(false, true)
                        .map(always -> new Cell(site, kind, damage, position, always))
                        .filter(Cell::exists)))));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theClientGetsWhatIsPromised(Cell cell) throws Exception {
        Ground ground = cell.site().ground();
        long before = ground.exchanges();
        double unverified = notChecked(ground);
        spoil(cell);
        try (Peer peer = cell.site().connect()) {
            assertOutcome(
                    cell, peer.exchange("GET", cell.kind().path(), cell.kind().headers(), new byte[0]));
        }
        Await.until("exchanges", ground::exchanges, now -> now == before + 1);
        assertThat(notChecked(ground) - unverified).isEqualTo(cell.kind().isRange ? 1 : 0);
    }

    private static double notChecked(Ground ground) throws Exception {
        return ground.metric("sealgate_integrity_checks_total", "direction=\"download\"", "reason=\"partial\"");
    }

    private static void spoil(Cell cell) {
        var faults = cell.site().ground().site().origin().faults();
        long times = cell.always() ? Long.MAX_VALUE / 2 : 1;
        Fault fault = cell.damage().fault.apply(cell.position().of(cell.kind().size));
        faults.times(times, RequestMatcher.any(), fault);
        if (cell.kind().isChunked) {
            faults.times(times, RequestMatcher.any(), new Fault.ChunkedBody());
        }
    }

    private static void assertOutcome(Cell cell, PeerAnswer answer) {
        byte[] object = cell.kind().expected();
        int status = cell.kind().isRange ? 206 : 200;
        switch (cell.expected()) {
            case WHOLE -> {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.whole()).isTrue();
                assertThat(answer.body()).isEqualTo(object);
            }
            case ERROR -> {
                assertThat(answer.whole()).isTrue();
                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.text()).contains("<Code>BadGateway</Code>");
            }
            case BROKEN -> assertThat(answer.whole()).isFalse();
            case AS_SENT -> {
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.whole()).isTrue();
                assertThat(answer.body()).hasSize(object.length);
            }
        }
    }
}
