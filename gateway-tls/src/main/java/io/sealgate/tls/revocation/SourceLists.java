package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lists of one source, a file or a URL. A list that is no longer there, or was replaced by an older one, is not
 * taken for a decision of the CA: that would let revoked clients in again. So the last list stays until a newer one
 * replaces it. Immutable.
 *
 * @param read what is in the source now
 * @param kept what was in it before, and has nothing in its place
 */
record SourceLists(List<LoadedCrl> read, List<LoadedCrl> kept) {

    static final SourceLists NONE = new SourceLists(List.of(), List.of());

    SourceLists {
        read = List.copyOf(read);
        kept = List.copyOf(kept);
    }

    /** The state after {@code now} was read from the source. */
    SourceLists followedBy(List<LoadedCrl> now) {
        return new SourceLists(
                now,
                inForce().stream()
                        .filter(before -> now.stream().noneMatch(list -> list.replaces(before)))
                        .toList());
    }

    /** Whether {@code now} is what was in the source before. */
    boolean isStill(List<LoadedCrl> now) {
        return now.size() == read.size()
                && now.stream().allMatch(list -> read.stream().anyMatch(list::isSameAs));
    }

    /** The newest of each issuer and scope, whether it is still in the source or not. */
    List<LoadedCrl> inForce() {
        List<LoadedCrl> all = new ArrayList<>(read);
        all.addAll(kept);
        return CrlSet.newest(all, new Problems());
    }

    /** Those kept that have nothing in their place among {@code supplied}, what all sources have now. */
    Stream<LoadedCrl> unsupplied(List<LoadedCrl> supplied) {
        return kept.stream().filter(list -> supplied.stream().noneMatch(other -> other.replaces(list)));
    }

    /** Why a list is kept, for the operator. */
    String reason(LoadedCrl list) {
        return read.stream()
                .filter(list::hasScopeOf)
                .findFirst()
                .map(older -> older.printable() + ": older than the one in force (expected: the same, or newer)")
                .orElseGet(() -> list.printable()
                        + ": gone, it stays in force (expected: a list of each CA that is trusted and has had one)");
    }
}
