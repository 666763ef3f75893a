package io.sealgate.tls.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.model.ClientKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookUpsTest {

    private static final int SHARE = 32;

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final LookUps lookUps = new LookUps();

    @AfterEach
    void stop() {
        over.countDown();
        lookUps.close();
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        asked.incrementAndGet();
        if (host.startsWith("silent")) {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (host.startsWith("unknown")) {
            throw new UnknownHostException(host);
        }
        if (host.startsWith("faulty")) {
            throw new StackOverflowError("of a resolver");
        }
        return List.of(InetAddress.getLoopbackAddress());
    }

    private final NameResolver resolver = this::resolve;

    private CompletableFuture<List<InetAddress>> find(int owner, String host) {
        return lookUps.find(ClientKey.of(new InetSocketAddress("192.0.2." + owner, 1)), resolver, host);
    }

    @Test
    void aHostWhoseNameServerIsSilentKeepsOneThreadHoweverManyAsk() {
        for (int owner = 0; owner < 200; owner++) {
            assertThat(find(owner, "silent")).isNotDone();
        }

        assertThat(find(201, "prompt").join()).hasSize(1);
        assertThat(asked).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void oneOwnerOfManySilentHostsLeavesHalfOfTheThreadsToOthers() {
        for (int i = 0; i < SHARE; i++) {
            assertThat(find(1, "silent-" + i)).isNotDone();
        }

        assertThatThrownBy(() -> find(1, "prompt").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(find(2, "prompt").join()).hasSize(1);
    }

    @Test
    void whatHasEndedIsAskedAnewAndGivesItsPlaceBack() {
        for (int i = 0; i < 3 * SHARE; i++) {
            CompletableFuture<List<InetAddress>> unknown = find(1, "unknown");
            assertThatThrownBy(unknown::join).hasCauseInstanceOf(UnknownHostException.class);
            assertThat(find(1, "prompt").join()).hasSize(1);
        }
        assertThat(asked).hasValue(6 * SHARE);
    }

    @Test
    void anErrorEndsALookUpAndGivesItsPlaceBack() {
        for (int i = 0; i < 2 * SHARE; i++) {
            CompletableFuture<List<InetAddress>> faulty = find(1, "faulty");
            assertThatThrownBy(faulty::join).hasCauseInstanceOf(StackOverflowError.class);
        }
        assertThat(find(1, "prompt").join()).hasSize(1);
    }
}
