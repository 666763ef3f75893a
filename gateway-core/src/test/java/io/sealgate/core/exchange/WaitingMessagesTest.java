package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingMessagesTest {

    private static final int READ = 256 * 1024;

    private final WaitingMessages waiting = new WaitingMessages();
    private final List<ByteBuf> reads = new ArrayList<>();

    @AfterEach
    void everythingIsReleased() {
        waiting.discard();
        reads.forEach(read -> assertThat(read.refCnt()).isZero());
    }

    @Test
    void bytesThatComeOneByOneWaitTogether() {
        for (int i = 0; i < 50_000; i++) {
            waiting.add(piece(read(16), i % 16, 1));
        }

        assertThat(reads).allSatisfy(read -> assertThat(read.refCnt()).isZero());
        List<HttpObject> messages = drain();
        assertThat(messages).hasSizeLessThan(10);
        assertThat(bytes(messages)).hasSize(50_000);
    }

    @Test
    void orderAndBytesAreKeptWhateverTheSizes() {
        ByteBuf read = read(READ);
        int[] sizes = {1, 5000, 3, 0, 16_000, 100, 100, 4096, 1};
        int at = 0;
        for (int size : sizes) {
            waiting.add(piece(read, at, size));
            at += size;
        }
        waiting.add(LastHttpContent.EMPTY_LAST_CONTENT);
        waiting.add(piece(read, at, 2));
        read.release();

        List<HttpObject> messages = drain();

        assertThat(bytes(messages)).isEqualTo(pattern(at + 2));
        assertThat(messages.get(messages.size() - 2)).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    @Test
    void ordinaryPiecesAreNotCopied() {
        ByteBuf read = read(READ);
        HttpContent whole = piece(read, 0, 16 * 1024);
        read.release();
        waiting.add(whole);

        assertThat(drain()).first().isSameAs(whole);
        whole.release();
    }

    @Test
    void aFewLargeReadsAreKeptAndNoMore() {
        for (int i = 0; i < 20; i++) {
            ByteBuf read = read(READ);
            waiting.add(piece(read, 0, 8 * 1024));
            read.release();
        }

        assertThat(reads.stream().filter(read -> read.refCnt() > 0)).hasSize(4);
        assertThat(bytes(drain())).hasSize(20 * 8 * 1024);
    }

    @Test
    void trailersDoNotWait() {
        DefaultLastHttpContent last = new DefaultLastHttpContent();
        last.trailingHeaders().add("x-a", "b");
        waiting.add(last);

        assertThat(drain()).singleElement().satisfies(message -> assertThat(
                        ((LastHttpContent) message).trailingHeaders())
                .isEmpty());
    }

    @Test
    void aFailureStaysOne() {
        DefaultLastHttpContent failed = new DefaultLastHttpContent();
        failed.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("bad")));
        waiting.add(failed);

        assertThat(drain()).singleElement().isSameAs(failed);
    }

    private List<HttpObject> drain() {
        List<HttpObject> messages = new ArrayList<>();
        while (!waiting.isEmpty()) {
            messages.add(waiting.remove());
        }
        return messages;
    }

    private static byte[] bytes(List<HttpObject> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (HttpObject message : messages) {
            ByteBuf content = ((HttpContent) message).content();
            byte[] piece = new byte[content.readableBytes()];
            content.readBytes(piece);
            content.release();
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    /** What one read of the socket brought, with the numbers of its bytes as bytes. */
    private ByteBuf read(int size) {
        ByteBuf read = PooledByteBufAllocator.DEFAULT.directBuffer(size).writeBytes(pattern(size));
        reads.add(read);
        return read;
    }

    /** Small reads are used up by one piece. */
    private static HttpContent piece(ByteBuf read, int at, int size) {
        return new DefaultHttpContent(read.capacity() < 1024 ? read.slice(at, size) : read.retainedSlice(at, size));
    }

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
