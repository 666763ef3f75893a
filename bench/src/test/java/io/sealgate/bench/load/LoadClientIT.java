package io.sealgate.bench.load;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.bench.peer.CertificateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadClientIT {
    private static final BenchObject LARGE = BenchObject.of("/objects/large", (3 << 20) + 7);
    private static final BenchObject SMALL = BenchObject.of("/objects/small", 1024);

    @TempDir
    private Path directory;

    private Origin origin;
    private LoadClient client;
    private Target target;

    @BeforeEach
    void start() throws IOException {
        CertificateFiles certificates = CertificateFiles.create(directory.resolve("certificates"));
        origin = Origin.start(directory, List.of(LARGE, SMALL));
        client = new LoadClient(
                ClientTls.mutual(certificates.ca(), certificates.clientChain(), certificates.clientKey()));
        target = new Target(origin.port(), false);
    }

    @AfterEach
    void stop() {
        client.close();
        origin.close();
    }

    @Test
    void everyKindOfLoadIsAnsweredInFull() {
        assertThatCode(() -> {
                    client.once(target, new Call.Get(LARGE));
                    client.once(target, new Call.Put(LARGE, true));
                    client.persistent(target, new Call.Get(SMALL), 4, 100);
                    client.reconnecting(target, new Call.Get(SMALL), 3, 20);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void missingObjectFailsTheLoad() {
        BenchObject missing = BenchObject.of("/objects/missing", 10);

        assertThatThrownBy(() -> client.persistent(target, new Call.Get(missing), 4, 100))
                .hasMessageContaining("Get /objects/missing: status 404 Not Found (expected: 200)");
    }

    @Test
    void bodyOfAnotherLengthFailsTheLoad() {
        BenchObject shorter = new BenchObject(LARGE.path(), new Payload(LARGE.length() - 1), LARGE.digests());

        assertThatThrownBy(() -> client.once(target, new Call.Get(shorter)))
                .hasMessageContaining("3145735 bytes (expected: 3145734)");
    }

    @Test
    void uploadThatTheOriginReceivesShortFailsTheLoad() {
        BenchObject shorter = new BenchObject(LARGE.path(), new Payload(LARGE.length() - 1), LARGE.digests());

        assertThatThrownBy(() -> client.once(target, new Call.Put(shorter, false)))
                .hasMessageContaining("status 400");
    }

    @Test
    void nobodyListeningFailsTheLoad() {
        origin.close();

        assertThatThrownBy(() -> client.reconnecting(target, new Call.Get(SMALL), 3, 20))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused");
    }
}
