package io.sealgate.tls.revocation;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.fetch.AllowedHosts;
import io.sealgate.tls.fetch.Door;
import io.sealgate.tls.ocsp.Outside;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lists that a listener goes by, as they are at the moment, from files and from elsewhere. {@link #refresh} is
 * confined to the thread that looks after files; the rest is thread-safe.
 */
public final class RevocationLists implements AutoCloseable {

    private static final int FETCHES = 4;
    private static final int FETCHES_WAITING = 256;

    private final CrlFiles files;
    private final KnownIssuers known;
    private final String owner;
    private final ReloadListener events;
    private volatile @Nullable FetchedLists fetched;
    private volatile CrlSet current = CrlSet.none();
    /** How often something new was fetched; the other is of which of it {@link #refresh} has told its caller. */
    private final AtomicLong fetches = new AtomicLong();

    private long fetchesTold;
    private volatile boolean isToBeRemembered;

    private RevocationLists(CrlFiles files, KnownIssuers known, String owner, ReloadListener events) {
        this.files = files;
        this.known = known;
        this.owner = owner;
        this.events = events;
        assemble();
    }

    /**
     * Reads the files for the first time.
     *
     * @param config      null for no lists
     * @param authorities the trust bundle, all keys strong
     * @param owner       name of the listener, for {@code events}
     * @param known       the CAs that have had a list before; learns of those that have one now
     * @param problems    gets what is wrong with any of the files, with its place under {@code path}; then the lists
     *                    are incomplete
     * @param events      learns of later changes
     */
    public static RevocationLists load(
            @Nullable RevocationConfig config,
            List<X509Certificate> authorities,
            String owner,
            KnownIssuers known,
            SignatureStrength strength,
            InstantSource clock,
            Problems problems,
            String path,
            ReloadListener events) {
        CrlConfig crl = config == null ? null : config.crl();
        if (config != null) {
            config.check(problems, new Problems(), path);
        }
        List<Path> paths = crl == null ? List.of() : crl.files();
        return new RevocationLists(
                CrlFiles.load(paths, authorities, owner, strength, clock, problems, path + ".crl.files", events),
                known,
                owner,
                events);
    }

    /**
     * Begins to fetch what is configured to be fetched, and waits until each URL was tried once, for clients would be
     * turned away meanwhile. To be called once.
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

    /** What was fetched is put in force at once; if that fails, by the next {@link #refresh}. */
    private void fetchedAnew() {
        fetches.incrementAndGet();
        assemble();
    }

    /** Fetches the lists that are missing for a path, as far as allowed. Completes when all fetches have ended. */
    CompletableFuture<Void> ask(List<Revocation.Uncovered> uncovered) {
        FetchedLists lists = fetched;
        return lists == null || uncovered.isEmpty() ? CompletableFuture.completedFuture(null) : lists.ask(uncovered);
    }

    /** How many distribution points are remembered. */
    int points() {
        FetchedLists lists = fetched;
        return lists == null ? 0 : lists.points();
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
        long fetchesNow = fetches.get();
        boolean isNew = authorities != null || fetchesNow != fetchesTold;
        if (authorities == null) {
            isNew |= files.refresh();
        } else {
            files.refresh(authorities);
            FetchedLists lists = fetched;
            if (lists != null) {
                lists.retry();
            }
        }
        if (isNew) {
            assemble();
            files.tell(supplied(sources()));
            fetchesTold = fetchesNow;
        } else if (isToBeRemembered) {
            remember(current.issuers());
        }
        return isNew;
    }

    private List<SourceLists> sources() {
        FetchedLists lists = fetched;
        return Stream.concat(files.sources().stream(), lists == null ? Stream.of() : lists.sources().stream())
                .toList();
    }

    private static List<LoadedCrl> supplied(List<SourceLists> sources) {
        return sources.stream().flatMap(source -> source.read().stream()).toList();
    }

    /** One at a time, so that nobody puts an older state over a newer one. */
    private synchronized void assemble() {
        List<SourceLists> sources = sources();
        List<LoadedCrl> supplied = supplied(sources);
        // Of CAs that have left the bundle as well: clients may send their certificates, and lead on to one in it.
        List<LoadedCrl> inForce = CrlSet.newest(
                sources.stream().flatMap(source -> source.inForce().stream()).toList(), new Problems());
        Set<AuthorityId> issuers =
                inForce.stream().map(list -> list.crl().issuer()).collect(Collectors.toSet());
        Set<AuthorityId> issuersWithoutList = files.trusted().stream()
                .filter(authority -> !issuers.contains(authority) && known.include(authority))
                .collect(Collectors.toSet());
        Stream<AuthorityId> gone = sources.stream()
                .flatMap(source -> source.unsupplied(supplied))
                .filter(files::isTrusted)
                .map(list -> list.crl().issuer());
        List<String> lost = Stream.concat(gone, issuersWithoutList.stream())
                .map(AuthorityId::printable)
                .distinct()
                .sorted()
                .toList();
        remember(issuers);
        FetchedLists lists = fetched;
        if (lists != null) {
            lists.inForce(inForce);
        }
        current = CrlSet.of(inForce, files::isTrusted, issuersWithoutList, known::include, lost);
    }

    /** Lists are used even if this fails. A failure is reported once and tried again at the next refresh. */
    private synchronized void remember(Set<AuthorityId> issuers) {
        String problem = null;
        for (AuthorityId issuer : issuers) {
            try {
                known.add(issuer);
            } catch (IOException e) {
                problem = requireNonNullElse(problem, "state.directory: " + e.getMessage());
            }
        }
        boolean isFailing = problem != null;
        if (problem != null && !isToBeRemembered) {
            events.reloadFailed(Material.STATE, owner, problem);
        }
        if (isFailing != isToBeRemembered) {
            isToBeRemembered = isFailing;
            events.failing(Material.STATE, owner, isFailing);
        }
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
