package io.sealgate.core.upstream;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Those who wait for a connection, in the order in which they came; whoever has its share already is passed over. Confined to the pool's event loop. */
final class WaitingLine {

    private final int places;
    private final ClientShares shares;
    private final ArrayDeque<UpstreamLease> line = new ArrayDeque<>();

    WaitingLine(int places, ClientShares shares) {
        this.places = places;
        this.shares = shares;
    }

    /** False if there is no room for {@code lease}. */
    boolean join(UpstreamLease lease) {
        if (!hasRoomFor(lease)) {
            line.removeIf(this::hasLeft); // those who left the line make room in it
            if (!hasRoomFor(lease)) {
                return false;
            }
        }
        shares.waits(lease.client());
        line.add(lease);
        return true;
    }

    private boolean hasRoomFor(UpstreamLease lease) {
        return line.size() < places && shares.mayWait(lease.client());
    }

    private boolean hasLeft(UpstreamLease lease) {
        if (lease.isCancelled()) {
            shares.waitsNoLonger(lease.client());
            return true;
        }
        return false;
    }

    /** The next in line who may have a connection, or {@code null}. */
    @Nullable
    UpstreamLease next() {
        Iterator<UpstreamLease> each = line.iterator();
        while (each.hasNext()) {
            UpstreamLease lease = each.next();
            if (hasLeft(lease)) {
                each.remove();
            } else if (shares.mayConnect(lease.client())) {
                each.remove();
                shares.waitsNoLonger(lease.client());
                return lease;
            }
        }
        return null;
    }
}
