package io.sealgate.tls.revocation;

import io.netty.util.concurrent.Future;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.RevocationListener.Kind;
import io.sealgate.core.spi.RevocationListener.Outcome;
import io.sealgate.tls.fetch.FetchException;
import io.sealgate.tls.fetch.FetchTarget;
import io.sealgate.tls.fetch.Fetched;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lists at one URL: fetched, verified, kept until there are newer ones, and fetched again in time. Only one fetch
 * is under way at a time, and after one that failed none for a while. Thread-safe.
 */
final class CrlSource {

    private final CrlFetching fetching;
    private final ClientKey owner;
    private final FetchTarget target;
    private final Kind kind;
    private final CrlLoader.Origin origin;
    private final Predicate<CrlSource> isNeeded;

    private volatile SourceLists lists = SourceLists.NONE;
    private CompletableFuture<Void> attempt = CompletableFuture.completedFuture(null);
    private @Nullable Future<?> next;
    private int failures;
    private boolean isClosed;

    /**
     * For one URL.
     *
     * @param owner    whose share of the fetches its own are
     * @param isNeeded asked before it fetches by itself, and not in any lock; if false, this was forgotten
     */
    CrlSource(
            CrlFetching fetching,
            ClientKey owner,
            FetchTarget target,
            Kind kind,
            CrlLoader.Origin origin,
            Predicate<CrlSource> isNeeded) {
        this.fetching = fetching;
        this.owner = owner;
        this.target = target;
        this.kind = kind;
        this.origin = origin;
        this.isNeeded = isNeeded;
    }

    /** The last good ones, none before there were any. */
    SourceLists lists() {
        return lists;
    }

    /**
     * Fetches unless there was an attempt; the result completes when the one that is under way, or was the last, has
     * ended.
     */
    synchronized CompletableFuture<Void> ask() {
        if (next == null && attempt.isDone() && !isClosed) {
            begin();
        }
        return attempt;
    }

    /** Fetches at once what could not be had the last time: it may be of a CA that is trusted since. */
    synchronized void retry() {
        if (failures > 0 && attempt.isDone() && next != null && next.cancel(false)) {
            begin();
        }
    }

    private synchronized void begin() {
        if (isClosed) {
            return;
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        attempt = begun;
        fetching.door()
                .get(owner, target)
                .whenComplete((fetched, failure) -> fetching.work(() -> {
                    end(fetched == null ? outcomeOf(failure) : take(fetched));
                    begun.complete(null);
                }));
    }

    private Ended take(Fetched fetched) {
        try {
            CrlLoader.Content content = fetching.loader().read(fetched.stream(), origin);
            List<LoadedCrl> fresh =
                    content.lists().stream().filter(list -> !isOutdated(list)).toList();
            SourceLists before = lists;
            // What is outdated or no good is as good as gone: the last list stays in force, and is missing here.
            boolean isNew = !before.isStill(fresh);
            if (isNew) {
                lists = before.followedBy(fresh);
                fetching.changed();
            }
            if (!content.flaws().isEmpty()) {
                CrlException flaw = content.flaws().get(0);
                Outcome outcome = flaw.isOfStranger() ? Outcome.WRONG_ISSUER : Outcome.MALFORMED;
                return new Ended(outcome, target + ": " + flaw.problem());
            }
            if (fresh.size() < content.lists().size()) {
                return new Ended(Outcome.OLDER, target + ": an older list than before (expected: the same, or newer)");
            }
            return isNew && !fresh.isEmpty() ? taken(lists) : new Ended(Outcome.UNCHANGED, target.toString());
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // A parser's surprise is a list that is no good, and must not keep this URL from being tried again.
            return new Ended(
                    Outcome.MALFORMED, target + ": unreadable: " + e.getClass().getSimpleName());
        }
    }

    private Ended taken(SourceLists now) {
        return now.kept().isEmpty()
                ? new Ended(Outcome.FETCHED, target + ": " + now.read().get(0).printable())
                : new Ended(
                        Outcome.INCOMPLETE,
                        target + ": " + now.reason(now.kept().get(0)));
    }

    private boolean isOutdated(LoadedCrl list) {
        return lists.inForce().stream()
                .anyMatch(before -> list.hasScopeOf(before) && before.crl().isNewerThan(list.crl()));
    }

    private Ended outcomeOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof FetchException known
                ? new Ended(known.outcome(), String.valueOf(known.getMessage()))
                : new Ended(Outcome.UNREACHABLE, target + ": " + cause);
    }

    private synchronized void end(Ended ended) {
        fetching.tell(kind, ended.outcome(), ended.detail());
        failures = ended.outcome().isGood() ? 0 : failures + 1;
        Duration pause = failures == 0
                ? fetching.pace().afterSuccess(untilNextUpdate())
                : fetching.pace().afterFailures(failures);
        if (!isClosed) {
            next = fetching.schedule(this::due, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * The time for the next attempt has come. What only certificates name may be gone for good, where a CA publishes
     * each list under a name of its own: that is fetched again when a certificate needs it.
     */
    private void due() {
        if (isNeeded.test(this)) {
            beginOrWait();
        }
    }

    private synchronized void beginOrWait() {
        if (origin.isConfigured() || lists.inForce().stream().anyMatch(this::isWorthRenewing)) {
            begin();
        } else {
            next = null;
        }
    }

    /** Until it has been stale for as long as it was meant to be fresh. */
    private boolean isWorthRenewing(LoadedCrl list) {
        Crl crl = list.crl();
        return !crl.isStale(fetching.now().minus(Duration.between(crl.thisUpdate(), crl.nextUpdate())));
    }

    /** Whether it had lists, and each has been replaced by a newer one of another source. */
    boolean isReplaced(List<LoadedCrl> inForce) {
        List<LoadedCrl> own = lists.inForce();
        return !own.isEmpty()
                && own.stream().allMatch(list -> inForce.stream()
                        .anyMatch(other -> other.replaces(list) && other.crl().isNewerThan(list.crl())));
    }

    private Duration untilNextUpdate() {
        return lists.read().stream()
                .map(list -> Duration.between(fetching.now(), list.crl().nextUpdate()))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Fetches no more. */
    synchronized void close() {
        isClosed = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private record Ended(Outcome outcome, String detail) {}
}
