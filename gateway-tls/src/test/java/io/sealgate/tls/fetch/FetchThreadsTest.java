package io.sealgate.tls.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FetchThreadsTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int SHARE = 32;

    private final FetchThreads threads = new FetchThreads();
    private final Response response = new Response();
    private final List<CompletableFuture<Void>> held = new ArrayList<>();

    /** Counts those who wait for it. */
    private static final class Response extends CompletableFuture<Void> {
        private final CountDownLatch share = new CountDownLatch(SHARE);
        private final CountDownLatch all = new CountDownLatch(SHARE + 1);

        @Override
        public Void get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            all.countDown();
            share.countDown();
            return super.get(timeout, unit);
        }
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void handshakesOfOneClientThatWaitLeaveHalfOfThePlacesToOthers() throws Exception {
        for (int i = 0; i < SHARE; i++) {
            hold(1);
        }
        response.share.await();

        threads.hold(client(1), response, LONG);
        assertThat(response.all.getCount())
                .as("one more of the same does not wait")
                .isEqualTo(1);
        hold(2);
        response.all.await();

        response.complete(null);
        CompletableFuture.allOf(held.toArray(CompletableFuture<?>[]::new)).join();
    }

    private void hold(int client) {
        held.add(CompletableFuture.runAsync(() -> threads.hold(client(client), response, LONG), threads.handshakes()));
    }

    private static ClientKey client(int number) {
        return ClientKey.of(new InetSocketAddress("192.0.2." + number, 1));
    }
}
