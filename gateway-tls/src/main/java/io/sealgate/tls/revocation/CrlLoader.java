package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From files to lists that can be relied on.
 *
 * @param issuers  whose lists are taken
 * @param strength which signatures are
 * @param now      what is stale is told from it
 */
record CrlLoader(CrlIssuers issuers, SignatureStrength strength, Instant now) {

    /** The last part of a list's life, in which its successor is overdue: a tenth. */
    private static final int LAST_PART = 10;

    /** The newest list of each issuer and scope. What is wrong with a file is a problem, what will be soon a warning. */
    List<LoadedCrl> load(List<Path> files, Problems problems, Problems warnings, String path) {
        List<LoadedCrl> newest = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String where = path + "[" + i + "]";
            try {
                for (LoadedCrl crl : read(files.get(i), where)) {
                    add(crl, newest, warnings);
                }
            } catch (CrlException e) {
                problems.add(where, e.problem());
            } catch (IOException e) {
                problems.add(where, "file: " + files.get(i) + " (expected: a file that can be read)");
            }
        }
        newest.forEach(crl -> warnOfAge(crl, warnings));
        return newest;
    }

    private List<LoadedCrl> read(Path file, String where) throws IOException {
        List<LoadedCrl> loaded = new ArrayList<>();
        CrlFile.read(file, in -> {
            long start = System.nanoTime();
            Crl crl = new CrlReader(in, issuers, strength, now).read();
            String name = loaded.isEmpty() ? file.toString() : file + "#" + (loaded.size() + 1);
            loaded.add(new LoadedCrl(crl, name, where, Duration.ofNanos(System.nanoTime() - start)));
            return crl;
        });
        return loaded;
    }

    private static void add(LoadedCrl crl, List<LoadedCrl> newest, Problems warnings) {
        Optional<LoadedCrl> other = newest.stream().filter(crl::hasScopeOf).findFirst();
        if (other.isEmpty()) {
            newest.add(crl);
            return;
        }
        boolean isNewer = crl.crl().isNewerThan(other.get().crl());
        LoadedCrl loser = isNewer ? other.get() : crl;
        LoadedCrl winner = isNewer ? crl : other.get();
        newest.set(newest.indexOf(other.get()), winner);
        warnings.add(loser.where(), loser.printable() + ": not used (" + winner.where() + " has a newer one)");
    }

    private void warnOfAge(LoadedCrl loaded, Problems warnings) {
        Crl crl = loaded.crl();
        Duration life = Duration.between(crl.thisUpdate(), crl.nextUpdate());
        if (crl.isStale(now)) {
            warnings.add(loaded.where(), loaded.printable() + ": stale since " + crl.nextUpdate());
        } else if (crl.isStale(now.plus(life.dividedBy(LAST_PART)))) {
            warnings.add(loaded.where(), loaded.printable() + ": stale soon, at " + crl.nextUpdate());
        }
    }
}
