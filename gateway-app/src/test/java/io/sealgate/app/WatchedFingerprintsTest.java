package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.clients.Fingerprints;
import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedFingerprintsTest {

    private static final String LOST = "ab".repeat(32);
    private static final String STOLEN = "cd".repeat(32);

    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();
    private final WatchedFingerprints lists = new WatchedFingerprints(new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {
            events.add("reloaded " + what.label() + " " + directory.relativize(Path.of(owner)));
        }

        @Override
        public void reloadFailed(Material what, String owner, String problem) {
            events.add("failed " + problem.replace(directory + "/", ""));
        }
    });

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("deny.txt"), LOST);
    }

    /** Files that have changed are read at the second look. */
    private void lookTwice() {
        lists.refresh();
        lists.refresh();
    }

    private Supplier<Fingerprints> open(String path) {
        return lists.open(file, new Problems(), path).orElseThrow();
    }

    @Test
    void aChangedFileReplacesTheListWhole() throws IOException {
        Supplier<Fingerprints> list = open("deny");
        Files.writeString(file, STOLEN + "\n# the lost one was found\n");

        lookTwice();

        assertThat(list.get().values()).containsExactly(STOLEN);
        assertThat(events).containsExactly("reloaded client-list deny.txt");
    }

    @Test
    void aFileWithOneBadLineChangesNothingAndIsReportedOnce() throws IOException {
        Supplier<Fingerprints> list = open("routes[0].clients.fingerprints.deny");
        Files.writeString(file, STOLEN + "\nnobody\n");

        lookTwice();
        lookTwice();

        assertThat(list.get().values()).containsExactly(LOST);
        assertThat(events)
                .containsExactly("failed routes[0].clients.fingerprints.deny: line 2 of deny.txt "
                        + "(expected: SHA-256 of a certificate, 64 hex digits)");
    }

    @Test
    void aFileThatIsGoneLeavesTheLastGoodListInForce() throws IOException {
        Supplier<Fingerprints> list = open("deny");
        Files.delete(file);

        lookTwice();

        assertThat(list.get().values()).containsExactly(LOST);
        assertThat(events).containsExactly("failed deny: file: deny.txt (expected: a file that exists)");
    }

    @Test
    void routesThatNameTheSameFileGoByTheSameList() throws IOException {
        Supplier<Fingerprints> one = open("routes[0].clients.fingerprints.deny");
        Supplier<Fingerprints> other = open("routes[1].clients.fingerprints.allow");
        Files.writeString(file, STOLEN + "\n");

        lookTwice();

        assertThat(one.get()).isSameAs(other.get());
        assertThat(events).hasSize(1);
    }

    @Test
    void aFileThatIsBeingWrittenLetsNobodyBackIn() throws IOException {
        Supplier<Fingerprints> list = open("deny");
        Files.writeString(file, "");
        lists.refresh();
        Files.writeString(file, LOST + "\n" + STOLEN + "\n");

        lists.refresh();

        assertThat(list.get().values()).containsExactly(LOST);
        assertThat(events).isEmpty();
    }

    /** A program that fails leaves an empty file, and whoever was on the list would be let in. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\n"})
    void aFileThatHasLostItsContentLetsNobodyBackIn(String nothing) throws IOException {
        Supplier<Fingerprints> list = open("deny");
        Files.writeString(file, nothing);
        lookTwice();
        lookTwice();

        assertThat(list.get().values()).containsExactly(LOST);
        assertThat(events)
                .containsExactly(
                        "failed deny: file: deny.txt without content (expected: fingerprints, or a comment for a"
                                + " list of nobody)");

        Files.writeString(file, "# nobody\n");
        lookTwice();
        assertThat(list.get().values()).isEmpty();
    }

    @Test
    void aBadFileIsNoListAtStart() throws IOException {
        Files.writeString(file, "nobody");
        Problems problems = new Problems();

        assertThat(lists.open(file, problems, "routes[0].clients.fingerprints.deny"))
                .isEmpty();
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("routes[0].clients.fingerprints.deny: line 1 of ");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoFileOfASensibleSizeIsNotReadAndChangesNothing() throws Exception {
        Supplier<Fingerprints> list = open("deny");
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        lookTwice();
        Files.delete(file);
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
        }

        lookTwice();

        assertThat(list.get().values()).containsExactly(LOST);
        assertThat(events)
                .containsExactly(
                        "failed deny: file: deny.txt (expected: a regular file)",
                        "failed deny: file: deny.txt (expected: at most 134217728 bytes)");
    }
}
