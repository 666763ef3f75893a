package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private final OpenConnections open = new OpenConnections();

    @Test
    void whatIsAcceptedWhileTheOthersEndDoesNotBegin() {
        EmbeddedChannel early = new EmbeddedChannel();
        assertThat(open.add(early)).isTrue();
        early.close();
        assertThat(open.drain(Duration.ofSeconds(5))).isTrue();

        assertThat(open.add(new EmbeddedChannel())).isFalse();
    }

    @Test
    void whoeverHasNotEndedInTimeIsReported() {
        EmbeddedChannel busy = new EmbeddedChannel();
        open.add(busy);

        assertThat(open.drain(Duration.ofMillis(10))).isFalse();

        open.close();
        assertThat(busy.isOpen()).isFalse();
    }
}
