package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealgate.core.load.Clients;
import io.sealgate.core.load.ExchangeLoad;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DocumentBufferTest {

    private static final int KIB = 1024;

    private final ExchangeLoad load = Clients.exchange(64 * KIB);

    @Test
    void aDocumentIsTheSameHoweverItArrives() {
        byte[] document = new byte[50 * KIB + 7];
        new Random(1).nextBytes(document);
        DocumentBuffer buffer = new DocumentBuffer(load, 64 * KIB);
        ByteBuf rest = Unpooled.wrappedBuffer(document);
        for (int size = 1; rest.isReadable(); size += 97) {
            assertThat(buffer.add(rest.readSlice(Math.min(size, rest.readableBytes()))))
                    .isTrue();
        }

        assertThat(buffer.whole()).isEqualTo(document);
    }

    @Test
    void noMoreIsKeptThanThereIsRoomFor() {
        DocumentBuffer buffer = new DocumentBuffer(load, 1024 * KIB);

        assertThat(buffer.add(Unpooled.wrappedBuffer(new byte[64 * KIB]))).isTrue();
        assertThat(buffer.add(Unpooled.wrappedBuffer(new byte[1]))).isFalse();
    }

    @Test
    void aSmallDocumentTakesWhatItIsOnceItIsWhole() {
        DocumentBuffer buffer = new DocumentBuffer(load, 1024 * KIB);
        buffer.add(Unpooled.wrappedBuffer(new byte[100]));

        buffer.whole();

        assertThat(load.takeDocument(64 * KIB - 100)).isTrue();
        assertThat(load.takeDocument(1)).isFalse();
    }

    @Test
    void anEmptyDocumentTakesNothing() {
        assertThat(new DocumentBuffer(load, KIB).whole()).isEmpty();
        assertThat(load.takeDocument(64 * KIB)).isTrue();
    }
}
