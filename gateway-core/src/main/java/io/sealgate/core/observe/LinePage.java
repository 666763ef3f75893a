package io.sealgate.core.observe;

/**
 * The lines of one event loop that nobody has taken to the log yet. Written where the event happened, while what they tell of is still at
 * hand; an event that waited would outlive a garbage collection. Thread-safe: one thread adds, another takes.
 */
final class LinePage<T> {

    /** A reader that stalls for longer than this lasts costs lines, not memory. In characters. */
    private static final int FULL = 4 << 20;

    /** A page that had to grow beyond this in a burst is not kept. In characters. */
    private static final int WORTH_KEEPING = 512 << 10;

    private final LineFormat<T> format;
    private StringBuilder lines = new StringBuilder(1024);
    private long lost;

    LinePage(LineFormat<T> format) {
        this.format = format;
    }

    synchronized void add(T event) {
        if (lines.length() >= FULL) {
            lost++;
            return;
        }
        if (!lines.isEmpty()) {
            lines.append('\n');
        }
        format.format(event, lines);
    }

    /** What there is, lines apart and none at the end; empty if there is nothing. */
    synchronized String take() {
        String taken = lines.toString();
        if (lines.capacity() > WORTH_KEEPING) {
            lines = new StringBuilder(WORTH_KEEPING);
        } else {
            lines.setLength(0);
        }
        return taken;
    }

    /** How many lines found the page full since this was last asked. */
    synchronized long takeLost() {
        long taken = lost;
        lost = 0;
        return taken;
    }
}
