package io.sealgate.tls.revocation;

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
import java.util.Set;

/**
 * The files with a listener's lists, each one by itself: one that turns bad keeps the lists that it had, and does not hold back the
 * others. {@link #lists} may be asked on any thread; everything else is confined to the thread that looks after the files.
 */
final class CrlFiles {

    private final String owner;
    private final SignatureStrength strength;
    private final InstantSource clock;
    private final ReloadListener events;
    private final List<Watched<List<LoadedCrl>>> files = new ArrayList<>();

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

    /** No files. */
    static CrlFiles none(String owner, SignatureStrength strength, InstantSource clock, ReloadListener events) {
        return new CrlFiles(owner, strength, clock, events);
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

    private void add(Path file, String where, Problems problems) {
        NewestLists newest = new NewestLists();
        Watched.load(
                        Material.CRL,
                        owner,
                        List.of(file),
                        found -> loader().load(file, found, where).flatMap(lists -> newest.take(lists, found)),
                        problems,
                        events)
                .ifPresent(files::add);
    }

    /** For lists from elsewhere, by the CAs that are trusted now; on any thread. */
    CrlLoader trustedLoader() {
        return new CrlLoader(trusted, strength, clock.instant());
    }

    /** Whether the CA of {@code list} is trusted now; on any thread. */
    boolean isTrusted(LoadedCrl list) {
        return trusted.include(list.crl().issuer());
    }

    /** A CA that has left the bundle is no reason to take its file for bad, so its lists are read on, and not used. */
    private CrlLoader loader() {
        return new CrlLoader(new CrlIssuers(List.copyOf(known)), strength, clock.instant());
    }

    private void trust(List<X509Certificate> authorities) {
        known.addAll(authorities);
        trusted = new CrlIssuers(authorities);
    }

    /** The last good lists of every file whose CA is trusted. */
    List<LoadedCrl> lists() {
        CrlIssuers now = trusted;
        return files.stream()
                .flatMap(file -> file.value().stream())
                .filter(list -> now.include(list.crl().issuer()))
                .toList();
    }

    /** Reads what has changed, and what was bad the last time. True if there is anything new, to be told of. */
    boolean refresh() {
        boolean isNew = false;
        for (Watched<List<LoadedCrl>> file : files) {
            isNew |= file.refresh();
        }
        return isNew;
    }

    /** Reads everything anew, to be judged by other CAs than before. */
    void refresh(List<X509Certificate> authorities) {
        trust(authorities);
        files.forEach(Watched::reload);
    }

    /** The lists that were read are in force. */
    void tell() {
        files.forEach(Watched::tell);
        tellSetAside();
    }

    private void tellSetAside() {
        Set<String> now = new LinkedHashSet<>();
        for (Watched<List<LoadedCrl>> file : files) {
            for (LoadedCrl list : file.value()) {
                if (!trusted.include(list.crl().issuer())) {
                    now.add(list.where() + ": " + list.printable() + ": not used (its CA has left the trust bundle)");
                }
            }
        }
        now.stream()
                .filter(line -> !setAside.contains(line))
                .forEach(line -> events.setAside(Material.CRL, owner, line));
        setAside = now;
    }
}
