package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.fetch.AllowedHosts;
import io.sealgate.tls.fetch.Door;
import io.sealgate.tls.fetch.Outside;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lists that a listener goes by, as they are at the moment, from files and from elsewhere. {@link #refresh} is confined to the
 * thread that looks after files; the rest is thread-safe.
 */
public final class RevocationLists implements AutoCloseable {

    private static final int FETCHES = 4;
    private static final int FETCHES_WAITING = 256;

    private final CrlFiles files;
    private volatile @Nullable FetchedLists fetched;
    private volatile CrlSet current;
    private final AtomicBoolean isFetchedAnew = new AtomicBoolean();

    private RevocationLists(CrlFiles files) {
        this.files = files;
        this.current = CrlSet.of(CrlSet.newest(files.lists(), new Problems()));
    }

    /**
     * Reads the files for the first time.
     *
     * @param config      null for no lists
     * @param authorities the trust bundle, all keys strong
     * @param owner       name of the listener, for {@code events}
     * @param problems    gets what is wrong with any of the files, with its place under {@code path}; then the lists are incomplete
     * @param events      learns of later changes
     */
    public static RevocationLists load(
            @Nullable RevocationConfig config,
            List<X509Certificate> authorities,
            String owner,
            SignatureStrength strength,
            InstantSource clock,
            Problems problems,
            String path,
            ReloadListener events) {
        CrlConfig crl = config == null ? null : config.crl();
        if (config != null) {
            config.check(problems, new Problems(), path);
        }
        if (crl == null) {
            return new RevocationLists(CrlFiles.none(owner, strength, clock, events));
        }
        return new RevocationLists(
                CrlFiles.load(crl.files(), authorities, owner, strength, clock, problems, path + ".crl.files", events));
    }

    /**
     * Begins to fetch what is configured to be fetched, and waits until each URL was tried once, for clients would be turned away
     * meanwhile. To be called once.
     *
     * @param security for https; not owned
     */
    public void fetch(
            RevocationConfig config,
            CrlConfig crl,
            String owner,
            InstantSource clock,
            Outside outside,
            UpstreamSecurity security,
            String path) {
        AllowedHosts hosts =
                new AllowedHosts(config.fetch().allowedHosts(), crl.targets(new Problems(), path + ".crl"));
        CrlFetching fetching = new CrlFetching(
                owner,
                new Door(
                        config.fetch(),
                        hosts,
                        outside.resolver(),
                        outside.threads(),
                        security,
                        FETCHES,
                        FETCHES_WAITING),
                outside.threads(),
                files::trustedLoader,
                new RefreshPace(config.fetch().interval(), () -> ThreadLocalRandom.current()
                        .nextDouble()),
                clock,
                outside.events(),
                this::fetchedAnew);
        FetchedLists lists = new FetchedLists(crl, fetching, path + ".crl");
        fetched = lists;
        await(lists.start(), config.fetch().timeout());
    }

    private static void await(CompletableFuture<Void> attempts, Duration patience) {
        try {
            // Reading a large list comes on top of fetching it.
            attempts.get(patience.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return; // each attempt reports for itself
        }
    }

    private void fetchedAnew() {
        assemble();
        isFetchedAnew.set(true);
    }

    /** Has lists fetched about which a path leaves in the dark, as far as allowed; completes once nothing more is to be expected. */
    CompletableFuture<Void> ask(List<X509Certificate> uncovered) {
        FetchedLists lists = fetched;
        return lists == null || uncovered.isEmpty() ? CompletableFuture.completedFuture(null) : lists.ask(uncovered);
    }

    /** What clients are judged by. */
    public CrlSet current() {
        return current;
    }

    /**
     * Puts in force what has changed.
     *
     * @param authorities the trust bundle if it is another than before, otherwise null
     * @return whether there is anything new, fetched lists included
     */
    public boolean refresh(@Nullable List<X509Certificate> authorities) {
        boolean isNew = authorities != null;
        if (authorities == null) {
            isNew = files.refresh();
        } else {
            files.refresh(authorities);
        }
        if (isNew) {
            assemble();
            files.tell();
        }
        return isFetchedAnew.getAndSet(false) || isNew;
    }

    /** One at a time, so that nobody puts an older state over a newer one. */
    private synchronized void assemble() {
        FetchedLists lists = fetched;
        Stream<LoadedCrl> others = lists == null ? Stream.of() : lists.lists().stream();
        List<LoadedCrl> all = Stream.concat(files.lists().stream(), others.filter(files::isTrusted))
                .toList();
        current = CrlSet.of(CrlSet.newest(all, new Problems()));
    }

    /** Fetches no more. */
    @Override
    public void close() {
        FetchedLists lists = fetched;
        if (lists != null) {
            lists.close();
        }
    }
}
