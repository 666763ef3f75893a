package io.sealgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
    private final List<String> ended = new ArrayList<>();
    private final Cleanup cleanup = new Cleanup();

    @Test
    void endsInReverseOrderAndGoesOnAfterAFailure() {
        cleanup.add(() -> ended.add("first"));
        cleanup.add(() -> {
            throw new IOException("stuck");
        });
        cleanup.add(() -> ended.add("last"));

        cleanup.close();

        assertThat(ended).containsExactly("last", "first");
    }

    @Test
    void whatIsStartedAfterTheEndIsEndedAtOnce() {
        cleanup.close();

        assertThatThrownBy(() -> cleanup.add(() -> ended.add("late"))).hasMessage("run: interrupted");
        assertThat(ended).containsExactly("late");
    }

    @Test
    void temporaryDirectoryIsGoneWithAllItHeld() throws IOException {
        Path directory = cleanup.temporaryDirectory();
        Files.writeString(Files.createDirectories(directory.resolve("a/b")).resolve("c"), "text");

        cleanup.close();

        assertThat(directory).doesNotExist();
    }
}
