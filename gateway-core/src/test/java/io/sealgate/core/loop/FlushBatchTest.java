package io.sealgate.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushBatchTest {

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<EmbeddedChannel> flushed = new ArrayList<>();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final FlushBatch batch = new FlushBatch(loop::add);

    @AfterEach
    void closeChannels() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void aLoneChannelIsFlushedWhenTheLoopIsDone() {
        EmbeddedChannel channel = channel(() -> {});

        batch.add(channel);

        assertThat(flushed).isEmpty();
        runLoop();
        assertThat(flushed).containsExactly(channel);
    }

    @Test
    void allAreFlushedByOneTaskInTheirOrder() {
        List<EmbeddedChannel> several = List.of(channel(() -> {}), channel(() -> {}), channel(() -> {}));

        several.forEach(batch::add);

        assertThat(loop).hasSize(1);
        runLoop();
        assertThat(flushed).isEqualTo(several);
    }

    @Test
    void aLongRoundOfTheLoopKeepsNobodyWaiting() {
        for (int i = 0; i < 64; i++) {
            batch.add(channel(() -> {}));
        }

        assertThat(flushed).hasSize(64);
    }

    @Test
    void whatIsAddedWhileFlushingIsFlushedToo() {
        EmbeddedChannel second = channel(() -> {});
        EmbeddedChannel first = channel(() -> batch.add(second));

        batch.add(first);
        runLoop();

        assertThat(flushed).containsExactly(first, second);
        batch.add(first);
        runLoop();
        assertThat(flushed).containsExactly(first, second, first, second);
    }

    private void runLoop() {
        for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
            task.run();
        }
    }

    private EmbeddedChannel channel(Runnable whenFlushed) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                flushed.add(channel);
                whenFlushed.run();
                ctx.flush();
            }
        });
        channels.add(channel);
        return channel;
    }
}
