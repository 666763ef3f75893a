package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import java.io.IOException;
import java.io.InputStream;
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
        List<LoadedCrl> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            load(files.get(i), problems, path + "[" + i + "]").ifPresent(all::addAll);
        }
        List<LoadedCrl> newest = CrlSet.newest(all, warnings);
        newest.forEach(crl -> warnOfAge(crl, warnings));
        return newest;
    }

    /** All lists of one file, or nothing and a problem. */
    Optional<List<LoadedCrl>> load(Path file, Problems problems, String where) {
        try {
            return Optional.of(read(file, where));
        } catch (CrlException e) {
            problems.add(where, e.problem());
        } catch (IOException e) {
            problems.add(where, "file: " + file + " (expected: a file that can be read)");
        }
        return Optional.empty();
    }

    private List<LoadedCrl> read(Path file, String where) throws IOException {
        List<LoadedCrl> loaded = new ArrayList<>();
        CrlFile.read(file, in -> read(in, new Origin(file.toString(), where, true), loaded));
        return loaded;
    }

    /** All lists of something that was fetched. */
    List<LoadedCrl> read(InputStream content, Origin origin) throws IOException {
        List<LoadedCrl> loaded = new ArrayList<>();
        CrlFile.read(content, in -> read(in, origin, loaded));
        return loaded;
    }

    /**
     * Where lists are from.
     *
     * @param name         of the file or URL
     * @param where        its place in the configuration
     * @param isConfigured false if only a certificate names it
     */
    record Origin(String name, String where, boolean isConfigured) {}

    private Crl read(DerInput in, Origin origin, List<LoadedCrl> loaded) throws IOException {
        long start = System.nanoTime();
        Crl crl = new CrlReader(in, issuers, strength, now).read();
        String name = loaded.isEmpty() ? origin.name() : origin.name() + "#" + (loaded.size() + 1);
        Duration reading = Duration.ofNanos(System.nanoTime() - start);
        loaded.add(new LoadedCrl(crl, name, origin.where(), reading, origin.isConfigured()));
        return crl;
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
