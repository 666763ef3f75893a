package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestHead;
import io.sealgate.origin.RequestMatcher;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A download of a gibibyte whose origin dies five times, at places that differ from run to run, is one ordinary answer. */
@Tag("full")
class CutDownloadIT {

    private static final int MIB = 1 << 20;
    private static final long SIZE = 1L << 30;
    private static final int CUTS = 5;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void fiveCutsAreNoticedByNobody(HttpClient.Version version) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Ground ground = Ground.start(directory, 2, site -> site)) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(ground.device())
                    .version(version)
                    .build();
            byte[] expected = upload(client, ground);
            cut(ground, random);
            HttpRequest get =
                    HttpRequest.newBuilder(ground.site().uri("/gibibyte")).build();
            HttpResponse<InputStream> answer = client.send(get, BodyHandlers.ofInputStream());

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(sha256(answer.body())).as("seed " + seed).isEqualTo(expected);
            assertThat(ground.site().origin().log().requests()).hasSize(1 + CUTS);
            Await.until(
                    "verified",
                    () -> ground.metric(
                            "sealgate_integrity_checks_total", "direction=\"download\"", "outcome=\"matched\""),
                    matched -> matched == 1);
        }
    }

    /** Returns the digest of what was stored. */
    private static byte[] upload(HttpClient client, Ground ground) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        InputStream bytes = new DigestInputStream(new RandomBytes(SIZE), digest);
        HttpRequest put = HttpRequest.newBuilder(ground.site().uri("/gibibyte"))
                .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> bytes), SIZE))
                .build();
        assertThat(client.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        ground.site().origin().log().clear();
        return digest.digest();
    }

    /** Each of the first requests for it, the first and those for the rest, is cut at a place of its own. */
    private static void cut(Ground ground, Random random) {
        List<RequestHead> seen = new CopyOnWriteArrayList<>();
        for (int i = 0; i < CUTS; i++) {
            int turn = i;
            RequestMatcher itsTurn = head -> {
                if (!seen.contains(head)) {
                    seen.add(head);
                }
                return seen.indexOf(head) == turn;
            };
            long after = 1 + (long) (random.nextDouble() * (SIZE / CUTS - 1));
            Fault fault = random.nextBoolean() ? new Fault.ResetAfter(after) : new Fault.Truncate(after);
            ground.site().origin().faults().next(itsTurn, fault);
        }
    }

    /** So many bytes that no two places are alike. */
    private static final class RandomBytes extends InputStream {

        private final Random random = new Random(1);
        private long left;

        RandomBytes(long size) {
            left = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read (expected: of blocks)");
        }

        @Override
        public int read(byte[] block, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            byte[] bytes = new byte[(int) Math.min(length, left)];
            random.nextBytes(bytes);
            System.arraycopy(bytes, 0, block, offset, bytes.length);
            left -= bytes.length;
            return bytes.length;
        }
    }

    private static byte[] sha256(InputStream in) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (in) {
            byte[] block = new byte[MIB];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        }
        return digest.digest();
    }
}
