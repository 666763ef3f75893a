package io.sealgate.tls.reload;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made of files, and made anew when they change. A file that is no good changes nothing: the last
 * good value stays. {@link #value} may be asked on any thread; everything else is confined to the thread that looks
 * after the files.
 *
 * @param <T> immutable
 */
public final class Watched<T> {

    /** Then somebody keeps writing to a file in place, which is reported. */
    private static final int MAX_LOOKS_WHILE_CHANGING = 10;

    private final Material what;
    private final String owner;
    private final FileWatch watch;
    private final BiFunction<@Nullable T, Problems, Optional<T>> loader;
    private final ReloadListener events;
    private volatile T value;
    private String lastProblem = "";
    private boolean isToBeTold;
    private boolean isDue;
    private boolean isRefused;
    private boolean isFailing;

    private Watched(
            Material what,
            String owner,
            FileWatch watch,
            BiFunction<@Nullable T, Problems, Optional<T>> loader,
            ReloadListener events,
            T value) {
        this.what = what;
        this.owner = owner;
        this.watch = watch;
        this.loader = loader;
        this.events = events;
        this.value = value;
    }

    /**
     * Loads for the first time. Empty, with at least one problem, if that fails.
     *
     * @param owner  name of the listener or origin that the files belong to
     * @param loader makes the value of the files, or says what is wrong with them
     */
    public static <T> Optional<Watched<T>> load(
            Material what,
            String owner,
            List<Path> files,
            Function<Problems, Optional<T>> loader,
            Problems problems,
            ReloadListener events) {
        return loadParts(what, owner, files, (last, found) -> loader.apply(found), problems, events);
    }

    /**
     * The same for a value that has parts: a bad part stays what it was, and does not keep the others from being
     * reloaded. All files settle together, so that what moves from one file to another is never missing.
     *
     * @param loader makes the value of the files and, for parts that are no good, of the value before, which is null
     *     the first time; says what is wrong, also where it returns a value
     */
    public static <T> Optional<Watched<T>> loadParts(
            Material what,
            String owner,
            List<Path> files,
            BiFunction<@Nullable T, Problems, Optional<T>> loader,
            Problems problems,
            ReloadListener events) {
        FileWatch watch = new FileWatch(files);
        return loader.apply(null, problems).map(value -> new Watched<>(what, owner, watch, loader, events, value));
    }

    /** The last good one. */
    public T value() {
        return value;
    }

    /**
     * Looks whether the files have changed, or did not load the last time, and loads them then. Files that have
     * changed are read once two looks have found the same, so not before the second call. True if there is a value of
     * which it was not said yet whether it is in force: who asks {@link #tell tells}, or {@link #refuse refuses} it.
     * Until then each call returns true, so that an error on the way to that loses no change.
     */
    public boolean refresh() {
        switch (watch.look()) {
            case SETTLED -> replace();
            case SAME -> {
                // What was bad is tried again even if the file looks the same: what it is judged by may have changed.
                if (isDue || !lastProblem.isEmpty()) {
                    replace();
                }
            }
            case CHANGING -> {
                if (watch.looksWhileChanging() == MAX_LOOKS_WHILE_CHANGING) {
                    fail(what.label() + ": not the same in any two of " + MAX_LOOKS_WHILE_CHANGING
                            + " looks (expected: files that are complete when they are put there)");
                }
            }
        }
        return isToBeTold;
    }

    /** As {@link #refresh}, but loads files that have not changed as well, because what they are judged by has. */
    public boolean reload() {
        isDue = true;
        return refresh();
    }

    /** Says that the value is in force; of a new one, once: what is told earlier would be taken for true too early. */
    public void tell() {
        isRefused = false;
        if (isToBeTold) {
            isToBeTold = false;
            events.reloaded(what, owner);
        }
        sayWhetherFailing();
    }

    /** Says of a new value, once, that it is good by itself, but cannot be put in force. */
    public void refuse(String problem) {
        if (isToBeTold) {
            isToBeTold = false;
            isRefused = true;
            events.reloadFailed(what, owner, problem);
        }
        sayWhetherFailing();
    }

    /** Says nothing of a new value, because its problem was told of already. */
    public void passOver() {
        isToBeTold = false;
    }

    private void replace() {
        isDue = true; // until it is done: an error on the way must not lose the change
        Problems problems = new Problems();
        Optional<T> loaded = load(problems);
        if (!watch.isUnchanged()) {
            return; // it was written while it was read, which the next look notices
        }
        boolean isGood = problems.isEmpty();
        // What is no good is tried again at each look, and what is good beside it is not new each time.
        isToBeTold |= loaded.isPresent() && (isGood || !loaded.get().equals(value));
        loaded.ifPresent(good -> value = good);
        isDue = false;
        if (isGood) {
            lastProblem = "";
        } else {
            fail(String.join("; ", problems.lines()));
        }
    }

    /** Tells of each problem once. */
    private void fail(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            events.reloadFailed(what, owner, problem);
        }
        sayWhetherFailing();
    }

    private void sayWhetherFailing() {
        boolean isFailingNow = isRefused || !lastProblem.isEmpty();
        if (isFailingNow != isFailing) {
            isFailing = isFailingNow;
            events.failing(what, owner, isFailingNow);
        }
    }

    private Optional<T> load(Problems problems) {
        try {
            return loader.apply(value, problems);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Files are input like any other, and a parser's surprise must not end the thread that looks after all of
            // them.
            problems.add(what.label(), "unreadable: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
