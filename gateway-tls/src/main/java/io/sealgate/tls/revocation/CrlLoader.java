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

    /**
     * The newest list of each issuer and scope. What is wrong with a file is a problem, what will be soon a warning.
     */
    List<LoadedCrl> load(List<Path> files, Problems problems, Problems warnings, String path) {
        List<LoadedCrl> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            load(files.get(i), problems, path + "[" + i + "]").ifPresent(all::addAll);
        }
        List<LoadedCrl> newest = CrlSet.newest(all, warnings);
        newest.forEach(crl -> warnOfAge(crl, warnings));
        return newest;
    }

    /** The lists of one file that are good, or nothing; and a problem for each that is not. */
    Optional<List<LoadedCrl>> load(Path file, Problems problems, String where) {
        try {
            Content content = read(file, where);
            content.flaws().forEach(flaw -> problems.add(where, flaw.problem()));
            return content.lists().isEmpty() ? Optional.empty() : Optional.of(content.lists());
        } catch (IOException e) {
            problems.add(where, "file: " + file + " (expected: a file that can be read)");
            return Optional.empty();
        }
    }

    /**
     * What a file or URL holds.
     *
     * @param lists those that are good
     * @param flaws why others are not
     */
    record Content(List<LoadedCrl> lists, List<CrlException> flaws) {

        Content {
            lists = List.copyOf(lists);
            flaws = List.copyOf(flaws);
        }
    }

    private Content read(Path file, String where) throws IOException {
        Blocks blocks = new Blocks(new Origin(file.toString(), where, true));
        return blocks.content(CrlFile.read(file, blocks::read));
    }

    /** The same of something that was fetched. */
    Content read(InputStream content, Origin origin) throws IOException {
        Blocks blocks = new Blocks(origin);
        return blocks.content(CrlFile.read(content, blocks::read));
    }

    /** The lists of one file or URL, one after the other. */
    private final class Blocks {

        private final Origin origin;
        private final List<LoadedCrl> loaded = new ArrayList<>();
        private int begun;

        Blocks(Origin origin) {
            this.origin = origin;
        }

        Crl read(DerInput in) throws IOException {
            begun++;
            String name = begun == 1 ? origin.name() : origin.name() + "#" + begun;
            long start = System.nanoTime();
            Crl crl = new CrlReader(in, issuers, strength, now).read();
            Duration reading = Duration.ofNanos(System.nanoTime() - start);
            loaded.add(new LoadedCrl(crl, name, origin.where(), reading, origin.isConfigured()));
            return crl;
        }

        /** Not all that were read: behind a list there may be something that does not belong to it. */
        Content content(CrlFile.Content found) {
            return new Content(
                    loaded.stream()
                            .filter(list -> found.crls().contains(list.crl()))
                            .toList(),
                    found.flaws());
        }
    }

    /**
     * Where lists are from.
     *
     * @param name         of the file or URL
     * @param where        its place in the configuration
     * @param isConfigured false if only a certificate names it
     */
    record Origin(String name, String where, boolean isConfigured) {}

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
