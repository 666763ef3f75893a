package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.exchange.ReadGate.Pause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadGateTest {

    private final List<HttpObject> delivered = new ArrayList<>();
    private final ReadGate gate = new ReadGate(() -> {}, delivered::add);

    @Test
    void twoReasonsCannotUnpauseEachOther() {
        gate.pause(Pause.CONNECTING);
        gate.pause(Pause.PEER_UNWRITABLE);
        gate.received(LastHttpContent.EMPTY_LAST_CONTENT);

        gate.resume(Pause.CONNECTING);

        assertThat(gate.isOpen()).isFalse();
        assertThat(delivered).isEmpty();
        gate.resume(Pause.PEER_UNWRITABLE);
        assertThat(delivered).hasSize(1);
    }

    @Test
    void orderIsKeptWhenAMessageArrivesWhileOthersWait() {
        HttpObject first = chunk();
        HttpObject second = chunk();
        gate.pause(Pause.CONNECTING);
        gate.received(first);
        gate.received(second);

        gate.open();

        assertThat(delivered).containsExactly(first, second);
    }

    @Test
    void thousandsOfWaitingChunksAreDeliveredWithoutRecursion() {
        ReadGate[] self = new ReadGate[1];
        int[] count = new int[1];
        // pauses and resumes within each delivery, as a slow and a fast peer in turn make it do
        self[0] = new ReadGate(() -> {}, message -> {
            count[0]++;
            self[0].pause(Pause.PEER_UNWRITABLE);
            self[0].resume(Pause.PEER_UNWRITABLE);
        });
        self[0].pause(Pause.CONNECTING);
        for (int i = 0; i < 100_000; i++) {
            self[0].received(LastHttpContent.EMPTY_LAST_CONTENT);
        }

        self[0].resume(Pause.CONNECTING);

        assertThat(count[0]).isEqualTo(100_000);
        assertThat(self[0].isDrained()).isTrue();
    }

    @Test
    void deliveryStopsAtOnceWhenTheConsumerPauses() {
        ReadGate[] self = new ReadGate[1];
        List<HttpObject> taken = new ArrayList<>();
        self[0] = new ReadGate(() -> {}, message -> {
            taken.add(message);
            self[0].pause(Pause.COMPLETE);
        });
        self[0].pause(Pause.CONNECTING);
        self[0].received(chunk());
        self[0].received(chunk());

        self[0].resume(Pause.CONNECTING);

        assertThat(taken).hasSize(1);
        assertThat(self[0].isDrained()).isFalse();
    }

    @Test
    void theSourceIsToldToPauseAndAskedAgainOnceEverythingIsDelivered() {
        List<String> asked = new ArrayList<>();
        ReadGate watched = new ReadGate(new RecordedSource(asked), delivered::add);

        watched.pause(Pause.CONNECTING);
        watched.received(chunk());
        watched.readComplete();
        watched.resume(Pause.CONNECTING);

        assertThat(asked).containsExactly("pause", "resume");
        assertThat(delivered).hasSize(1);
    }

    @Test
    void betweenMessagesTheSourceIsOnlyWatched() {
        List<String> asked = new ArrayList<>();
        ReadGate watched = new ReadGate(new RecordedSource(asked), delivered::add);

        watched.pause(Pause.COMPLETE);
        watched.readComplete();

        assertThat(asked).containsExactly("pause", "watch");
    }

    private record RecordedSource(List<String> asked) implements ReadGate.Source {
        @Override
        public void resume() {
            asked.add("resume");
        }

        @Override
        public void pause() {
            asked.add("pause");
        }

        @Override
        public void watch() {
            asked.add("watch");
        }
    }

    @Test
    void discardReleasesWhatWaits() {
        DefaultHttpContent waiting = chunk();
        gate.pause(Pause.CONNECTING);
        gate.received(waiting);

        gate.discard();

        assertThat(waiting.refCnt()).isZero();
    }

    private static DefaultHttpContent chunk() {
        return new DefaultHttpContent(Unpooled.buffer(8192).writeZero(8192));
    }
}
