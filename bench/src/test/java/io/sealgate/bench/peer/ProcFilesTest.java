package io.sealgate.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
    @Test
    void cpuIsUserPlusSystemTimeEvenWhenTheCommandNameIsHostile() {
        String stat = "4711 (a) S 1 (b) R 1 4711 4711 0 -1 4194560 1000 0 2 0 150 37 9 9 20 0 1 0 12345 1000000 500\n";

        assertThat(ProcFiles.cpu(stat)).isEqualTo(Duration.ofMillis(1870));
    }

    @Test
    void memoryIsReadInBytes() {
        String status = "Name:\tnginx\nVmHWM:\t   22528 kB\nVmRSS:\t   19456 kB\nThreads:\t1\n";

        assertThat(ProcFiles.bytes(status, "VmRSS")).isEqualTo(19456L << 10);
        assertThat(ProcFiles.bytes(status, "VmHWM")).isEqualTo(22528L << 10);
    }

    @Test
    void kernelThreadWithoutMemoryIsRefused() {
        assertThatThrownBy(() -> ProcFiles.bytes("Name:\tkthreadd\n", "VmRSS"))
                .hasMessage("/proc/PID/status: no VmRSS");
    }
}
