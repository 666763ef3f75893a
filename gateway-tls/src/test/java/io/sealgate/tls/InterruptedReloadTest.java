package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.NOW;
import static io.sealgate.tls.CertificateRecipe.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.spi.ReloadListener;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error while new keys are put in force, want of memory for instance, delays them by one look and no more. */
class InterruptedReloadTest {

    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();
    private final ReloadListener listener = new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {
            events.add("reloaded " + what.label());
        }

        @Override
        public void reloadFailed(Material what, String owner, String problem) {
            events.add("failed " + what.label());
        }
    };

    /** Fails once, at the call that it was armed for. */
    private static final class FailingClock implements InstantSource {

        private int left = -1;

        @Override
        public Instant instant() {
            if (left > 0) {
                left--;
            } else if (left == 0) {
                left = -1;
                throw new InternalError("once");
            }
            return NOW;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void newKeysComeIntoForceAtTheNextLook(int call) throws Exception {
        write();
        FailingClock clock = new FailingClock();
        TlsConfig config = new TlsConfig(
                null, List.of(pair()), ClientAuthentication.NONE, TrustConfig.none(), null, TlsConfig.Resumption.NONE);
        try (ReloadingTls tls = ReloadingTls.open(
                "edge", config, List.of(), Duration.ofSeconds(1), clock, listener, null, null, ca -> {})) {
            write();
            tls.refresh();
            clock.left = call;
            boolean isNew = false;
            for (int look = 0; look < 2; look++) {
                try {
                    isNew |= tls.refresh().isAnything();
                } catch (InternalError e) {
                    events.add("interrupted"); // the thread that looks after files goes on as well
                }
            }
            assertThat(events)
                    .filteredOn(event -> !event.equals("interrupted"))
                    .containsExactly("reloaded server-certificate");
            assertThat(isNew).isTrue();
        }
    }

    private void write() {
        server("gw.example")
                .valid(NOW.minusSeconds(60), NOW.plus(Duration.ofDays(90)))
                .signedBy(MutualTlsFixture.SERVER_ROOT)
                .write(directory, "gw");
    }

    private CertificateConfig pair() {
        return CertificateConfig.ofPem(directory.resolve("gw.crt"), directory.resolve("gw.key"));
    }
}
