package io.sealgate.tls.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When files are read again, and what a bad one does. */
class WatchedTest {

    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();
    private final ReloadListener listener = new ReloadListener() {
        @Override
        public void reloaded(Material what, String owner) {
            events.add("reloaded " + what.label() + " " + owner);
        }

        @Override
        public void reloadFailed(Material what, String owner, String problem) {
            events.add("failed " + problem);
        }

        @Override
        public void failing(Material what, String owner, boolean isFailing) {
            transitions.add(isFailing);
        }
    };
    private final List<Boolean> transitions = new ArrayList<>();

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("crl.pem"), "one");
    }

    private Watched<String> watched(Path watchedFile) {
        return Watched.load(
                        Material.CRL,
                        "edge",
                        List.of(watchedFile),
                        problems -> read(watchedFile, problems),
                        new Problems(),
                        listener)
                .orElseThrow();
    }

    private static Optional<String> read(Path file, Problems problems) {
        try {
            String text = Files.readString(file);
            if (text.startsWith("bad")) {
                problems.add("crl", text);
                return Optional.empty();
            }
            if (text.startsWith("surprise")) {
                throw new IllegalStateException(text);
            }
            return Optional.of(text);
        } catch (IOException e) {
            problems.add("crl", "not there");
            return Optional.empty();
        }
    }

    /** True if either of two looks has put something in force. */
    private static boolean lookTwice(Watched<String> watched) {
        boolean first = watched.refresh();
        boolean second = watched.refresh();
        return first || second;
    }

    /** As careful programs do it: written beside, then renamed. */
    private void replace(String text) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void anUnchangedFileIsNotReadAgain() {
        Watched<String> watched = watched(file);

        boolean refreshed = lookTwice(watched);

        assertThat(refreshed).isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void aReplacedFileIsInForceOnceTwoLooksAgree() throws IOException {
        Watched<String> watched = watched(file);
        replace("two");

        boolean refreshed = lookTwice(watched);

        assertThat(refreshed).isTrue();
        assertThat(watched.value()).isEqualTo("two");
    }

    @Test
    void aNewValueIsToldOfOnceAndOnlyWhenItIsInForce() throws IOException {
        Watched<String> watched = watched(file);
        replace("two");
        lookTwice(watched);
        assertThat(events).isEmpty();

        watched.tell();
        watched.tell();

        assertThat(events).containsExactly("reloaded crl edge");
    }

    @Test
    void aNewValueThatCannotBeUsedIsToldOfAsAFailureOnly() throws IOException {
        Watched<String> watched = watched(file);
        replace("two");
        lookTwice(watched);

        watched.refuse("no two of these");
        watched.tell();

        assertThat(events).containsExactly("failed no two of these");
    }

    /** An error on the way from the file to its use must not be the end of the change. */
    @Test
    void aNewValueOfWhichNothingWasSaidIsNewAtEachLook() throws IOException {
        Watched<String> watched = watched(file);
        replace("two");

        assertThat(lookTwice(watched)).isTrue();
        assertThat(watched.refresh()).isTrue();
        watched.tell();
        assertThat(watched.refresh()).isFalse();
    }

    @Test
    void aChangeThatAnErrorHasKeptFromBeingReadIsReadAtTheNextLook() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        Watched<String> watched = Watched.load(
                        Material.CRL,
                        "edge",
                        List.of(file),
                        problems -> {
                            if (reads.incrementAndGet() == 2) {
                                throw new InternalError("once");
                            }
                            return read(file, problems);
                        },
                        new Problems(),
                        listener)
                .orElseThrow();
        replace("two");
        watched.refresh();
        assertThatThrownBy(watched::refresh).isInstanceOf(InternalError.class);

        assertThat(watched.refresh()).isTrue();
        assertThat(watched.value()).isEqualTo("two");
    }

    @Test
    void aFailureLastsUntilSomethingGoodIsInForce() throws IOException {
        Watched<String> watched = watched(file);
        replace("bad one");
        lookTwice(watched);
        replace("bad two");
        lookTwice(watched);
        assertThat(transitions).containsExactly(true);

        replace("three");
        lookTwice(watched);
        watched.tell();
        assertThat(transitions).containsExactly(true, false);

        replace("four");
        lookTwice(watched);
        watched.refuse("no two of these");
        watched.refuse("no two of these");
        assertThat(transitions).containsExactly(true, false, true);

        watched.tell();
        assertThat(transitions).containsExactly(true, false, true, false);
    }

    @Test
    void aFileOfTheSameLengthAndTimeIsAnotherOne() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Watched<String> watched = watched(file);
        replace("two");
        Files.setLastModifiedTime(file, time);

        boolean refreshed = lookTwice(watched);

        assertThat(refreshed).isTrue();
    }

    @Test
    void aLinkThatLeadsElsewhereIsAChange() throws IOException {
        Path first = Files.createDirectory(directory.resolve("..2026_1"));
        Path second = Files.createDirectory(directory.resolve("..2026_2"));
        Files.writeString(first.resolve("crl.pem"), "one");
        Files.writeString(second.resolve("crl.pem"), "two");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), first.getFileName());
        Path mounted = Files.createSymbolicLink(directory.resolve("mounted.pem"), Path.of("..data", "crl.pem"));
        Watched<String> watched = watched(mounted);
        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), second.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

        boolean refreshed = lookTwice(watched);

        assertThat(refreshed).isTrue();
        assertThat(watched.value()).isEqualTo("two");
    }

    @Test
    void aBadFileKeepsTheLastGoodValueAndIsToldOnce() throws IOException {
        Watched<String> watched = watched(file);
        replace("bad one");

        boolean refreshed = lookTwice(watched);
        lookTwice(watched);

        assertThat(refreshed).isFalse();
        assertThat(watched.value()).isEqualTo("one");
        assertThat(events).containsExactly("failed crl: bad one");
    }

    @Test
    void aVanishedFileKeepsTheLastGoodValue() throws IOException {
        Watched<String> watched = watched(file);
        Files.delete(file);

        lookTwice(watched);

        assertThat(watched.value()).isEqualTo("one");
        assertThat(events).containsExactly("failed crl: not there");
    }

    @Test
    void aMendedFileIsInForceAfterABadOne() throws IOException {
        Watched<String> watched = watched(file);
        replace("bad one");
        lookTwice(watched);
        replace("two");

        boolean refreshed = lookTwice(watched);

        assertThat(refreshed).isTrue();
        assertThat(watched.value()).isEqualTo("two");
    }

    @Test
    void aParsersSurpriseIsABadFile() throws IOException {
        Watched<String> watched = watched(file);
        replace("surprise");

        lookTwice(watched);

        assertThat(watched.value()).isEqualTo("one");
        assertThat(events).containsExactly("failed crl: unreadable: IllegalStateException");
    }

    /** A list that was cut short is a list, of fewer CAs or of fewer revoked certificates. */
    @Test
    void aFileThatIsBeingWrittenIsNotRead() throws IOException {
        Watched<String> watched = watched(file);
        Files.writeString(file, "two thr");
        watched.refresh();
        Files.writeString(file, "two three");

        boolean refreshed = watched.refresh();

        assertThat(refreshed).isFalse();
        assertThat(watched.value()).isEqualTo("one");
    }

    @Test
    void aFileThatWasWrittenInPlaceIsReadOnceTwoLooksAgree() throws IOException {
        Watched<String> watched = watched(file);
        Files.writeString(file, "two thr");
        watched.refresh();
        Files.writeString(file, "two three");
        watched.refresh();

        boolean refreshed = watched.refresh();

        assertThat(refreshed).isTrue();
        assertThat(watched.value()).isEqualTo("two three");
    }

    /** As a network file system shows it: the time of the last change is not yet the right one. */
    @Test
    void contentOfTheSameLengthAndTimeIsCompared() throws IOException {
        Watched<String> watched = watched(file);
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "two");
        watched.refresh();
        Files.writeString(file, "six");
        Files.setLastModifiedTime(file, time);

        boolean refreshed = watched.refresh();

        assertThat(refreshed).isFalse();
        assertThat(watched.value()).isEqualTo("one");
    }

    @Test
    void whatChangesWhileItIsReadIsNotUsed() throws IOException {
        Watched<String> watched = Watched.load(
                        Material.CRL,
                        "edge",
                        List.of(file),
                        problems -> {
                            Optional<String> text = read(file, problems);
                            text.filter("two"::equals).ifPresent(two -> overwrite("three"));
                            return text;
                        },
                        new Problems(),
                        listener)
                .orElseThrow();
        replace("two");

        boolean refreshed = lookTwice(watched);

        assertThat(refreshed).isFalse();
        assertThat(watched.value()).isEqualTo("one");
        assertThat(lookTwice(watched)).isTrue();
        assertThat(watched.value()).isEqualTo("three");
    }

    private void overwrite(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatIsBrieflyGoneIsNoFailure() throws IOException {
        Watched<String> watched = watched(file);
        Files.delete(file);
        watched.refresh();
        Files.writeString(file, "two");

        boolean refreshed = lookTwice(watched);

        assertThat(refreshed).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void aFileThatNeverSettlesIsToldOfOnce() throws IOException {
        Watched<String> watched = watched(file);

        for (int i = 0; i < 30; i++) {
            Files.writeString(file, "number " + i);
            watched.refresh();
        }

        assertThat(watched.value()).isEqualTo("one");
        assertThat(events).singleElement().asString().startsWith("failed crl: not the same in any two of 10 looks");
    }

    @Test
    void aFileThatIsRewrittenWithWhatItHeldSettles() throws IOException {
        Watched<String> watched = watched(file);
        replace("two");
        watched.refresh();
        replace("two");

        boolean refreshed = watched.refresh();

        assertThat(refreshed).isTrue();
        assertThat(watched.value()).isEqualTo("two");
    }

    @Test
    void aFileThatCannotBeLoadedAtFirstIsAProblem() throws IOException {
        replace("bad one");
        Problems problems = new Problems();

        Optional<Watched<String>> loaded =
                Watched.load(Material.CRL, "edge", List.of(file), found -> read(file, found), problems, listener);

        assertThat(loaded).isEmpty();
        assertThat(problems.lines()).containsExactly("crl: bad one");
    }
}
