package io.sealgate.tls.revocation;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import io.sealgate.tls.reload.Watched;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files with a listener's lists, each one by itself: one that turns bad keeps the lists that it had, and does not
 * hold back the others. Confined to the thread that looks after the files, but for what says otherwise.
 */
final class CrlFiles {

    private final String owner;
    private final SignatureStrength strength;
    private final InstantSource clock;
    private final ReloadListener events;
    private final List<Source> files = new ArrayList<>();

    /** Whose lists can be verified: the CAs that are trusted, and those that were while the gateway ran. */
    private final Set<X509Certificate> known = new LinkedHashSet<>();

    private volatile CrlIssuers trusted = new CrlIssuers(List.of());
    private Set<String> setAside = Set.of();

    private CrlFiles(String owner, SignatureStrength strength, InstantSource clock, ReloadListener events) {
        this.owner = owner;
        this.strength = strength;
        this.clock = clock;
        this.events = events;
    }

    /** Reads all of them for the first time; every one has to be good, or else there is at least one problem. */
    static CrlFiles load(
            List<Path> paths,
            List<X509Certificate> authorities,
            String owner,
            SignatureStrength strength,
            InstantSource clock,
            Problems problems,
            String where,
            ReloadListener events) {
        CrlFiles files = new CrlFiles(owner, strength, clock, events);
        files.trust(authorities);
        for (int i = 0; i < paths.size(); i++) {
            files.add(paths.get(i), where + "[" + i + "]", problems);
        }
        return files;
    }

    /** A file, and what it has held so far. */
    private record Source(Watched<SourceLists> file, String where) {}

    private void add(Path file, String where, Problems problems) {
        Watched.<SourceLists>loadParts(
                        Material.CRL,
                        owner,
                        List.of(file),
                        (last, found) -> read(file, where, requireNonNullElse(last, SourceLists.NONE), found),
                        problems,
                        events)
                .ifPresent(watched -> files.add(new Source(watched, where)));
    }

    private Optional<SourceLists> read(Path file, String where, SourceLists before, Problems problems) {
        Optional<List<LoadedCrl>> read = loader().load(file, problems, where);
        boolean isGood = problems.isEmpty();
        if (read.isEmpty()) {
            before.inForce().forEach(list -> problems.add(where, list.printable() + ": stays in force"));
            if (before.read().isEmpty()) {
                return before.equals(SourceLists.NONE) ? Optional.empty() : Optional.of(before);
            }
            return Optional.of(before.followedBy(List.of()));
        }
        // A file with a bad list is read again at each look. Its good lists are not new each time.
        return read.map(lists -> !isGood && before.isStill(lists) ? before : before.followedBy(lists));
    }

    /** For lists from elsewhere, by the CAs that are trusted now; on any thread. */
    CrlLoader trustedLoader() {
        return new CrlLoader(trusted, strength, clock.instant());
    }

    /** Whether the CA of {@code list} is trusted now; on any thread. */
    boolean isTrusted(LoadedCrl list) {
        return trusted.include(list.crl().issuer());
    }

    /**
     * A CA that has left the bundle is no reason to take its file for bad, so its lists are read on: for clients that
     * send its certificate, where that leads to a CA of the bundle.
     */
    private CrlLoader loader() {
        return new CrlLoader(new CrlIssuers(List.copyOf(known)), strength, clock.instant());
    }

    private void trust(List<X509Certificate> authorities) {
        known.addAll(authorities);
        trusted = new CrlIssuers(authorities);
    }

    /** The CAs that are trusted now; on any thread. */
    List<AuthorityId> trusted() {
        return trusted.authorities().stream().map(AuthorityId::of).distinct().toList();
    }

    /** What the files hold now. */
    List<SourceLists> sources() {
        return files.stream().map(source -> source.file().value()).toList();
    }

    /** Reads what has changed, and what was bad the last time. True if there is anything new, to be told of. */
    boolean refresh() {
        boolean isNew = false;
        for (Source source : files) {
            isNew |= source.file().refresh();
        }
        return isNew;
    }

    /** Reads everything anew, to be judged by other CAs than before. */
    void refresh(List<X509Certificate> authorities) {
        trust(authorities);
        files.forEach(source -> source.file().reload());
    }

    /**
     * The lists that were read are in force. A file in which a list is missing that has to be kept was not reloaded,
     * whatever else is in it.
     *
     * @param supplied what all files and URLs have now
     */
    void tell(List<LoadedCrl> supplied) {
        for (Source source : files) {
            SourceLists lists = source.file().value();
            List<String> problems = lists.unsupplied(supplied)
                    .filter(this::isTrusted)
                    .map(list -> source.where() + ": " + lists.reason(list))
                    .toList();
            if (problems.isEmpty()) {
                source.file().tell();
            } else if (lists.read().isEmpty()) {
                source.file().passOver();
            } else {
                source.file().refuse(String.join("; ", problems));
            }
        }
        tellSetAside();
    }

    private void tellSetAside() {
        Set<String> now = new LinkedHashSet<>();
        for (Source source : files) {
            for (LoadedCrl list : source.file().value().inForce()) {
                if (!trusted.include(list.crl().issuer())) {
                    now.add(list.where() + ": " + list.printable()
                            + ": only for clients that send this CA themselves (it has left the trust bundle)");
                }
            }
        }
        now.stream()
                .filter(line -> !setAside.contains(line))
                .forEach(line -> events.setAside(Material.CRL, owner, line));
        setAside = now;
    }
}
