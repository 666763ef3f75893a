package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import java.util.List;
import java.util.Optional;

/**
 * The newest lists of one file. A file that goes back to an older list would let clients in again that have been revoked since: a backup
 * that is restored, or an artefact that is copied in the wrong order. Confined to the thread that reads the file.
 */
final class NewestLists {

    private List<LoadedCrl> newest = List.of();

    /** The lists that were read, unless one of them is older than before, which is a problem then. */
    Optional<List<LoadedCrl>> take(List<LoadedCrl> read, Problems problems) {
        for (LoadedCrl list : read) {
            if (newest.stream().anyMatch(before -> isReplaced(before, list))) {
                problems.add(
                        list.where(),
                        list.printable() + ": older than the one in force (expected: the same, or newer)");
                return Optional.empty();
            }
        }
        newest = read;
        return Optional.of(read);
    }

    private static boolean isReplaced(LoadedCrl before, LoadedCrl list) {
        return list.hasScopeOf(before) && before.crl().isNewerThan(list.crl());
    }
}
