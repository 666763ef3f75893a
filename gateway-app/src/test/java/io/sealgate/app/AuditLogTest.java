package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.GatewayError.Denied;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.RequestId;
import io.sealgate.core.observe.AuditLog;
import io.sealgate.core.spi.DecisionListener.Decision;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AuditLogTest {

    /** So long that some hundred are more than a page holds. */
    private static final String KEY = "k".repeat(20_000);

    @Test
    @Timeout(30)
    void aReaderThatStallsKeepsNobodyWaitingAndWhatIsLostIsCounted() throws InterruptedException {
        AtomicLong lost = new AtomicLong();
        Logger logger = (Logger) LogManager.getLogger(AuditLog.LOGGER);
        Stalled reader = new Stalled();
        reader.start();
        logger.addAppender(reader);
        try (AuditLog log = new AuditLog(lost::addAndGet)) {
            log.decided(decision("first"));
            reader.reached.await();

            for (int i = 0; i < 1000; i++) {
                log.decided(decision(KEY));
            }

            assertThat(log.isIncomplete()).isFalse(); // nobody has looked yet
            reader.goOn.countDown();
            while (lost.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(log.isIncomplete()).isTrue();
        } finally {
            logger.removeAppender(reader);
        }
        assertThat(lost.get() + reader.lines.get()).isEqualTo(1001);
    }

    private static Decision decision(String key) {
        ConnectionContext connection = new ConnectionContext(
                "edge",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                new ClientIdentity.Anonymous(),
                null);
        return new Decision(
                connection,
                new RequestId("id"),
                "route",
                null,
                CosOperation.GET_OBJECT,
                CosOperation.GET_OBJECT,
                new CosResource("bucket-1", "ap-guangzhou", key),
                new Denied("Access Denied.", "policy-default"),
                null);
    }

    /** Reads nothing until it may. */
    private static final class Stalled extends AbstractAppender {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicLong lines = new AtomicLong();

        Stalled() {
            super("stalled", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.addAndGet(event.getMessage().getFormattedMessage().lines().count());
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
