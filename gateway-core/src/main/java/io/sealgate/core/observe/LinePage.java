package io.sealgate.core.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lines of one event loop that nobody has taken to the log yet, on sheets. Written where the event happened, while what
 * they tell of is still at hand: an event that waited would outlive a garbage collection, and so would a buffer that grows. Sheets are used
 * again. Thread-safe: one thread adds, another takes.
 */
final class LinePage<T> {

    /** A sheet with this on it is full: worth a call of the logger. In characters. */
    private static final int SHEET = 32 << 10;

    /** Room for the line that makes it full. In characters. */
    private static final int MARGIN = 4 << 10;

    /** A reader that stalls for longer than this lasts costs lines, not memory. In characters. */
    private static final int MOST = 4 << 20;

    /** What a burst needed beyond this is not kept. In sheets. */
    private static final int WORTH_KEEPING = 48;

    private final LineFormat<T> format;
    private final ArrayDeque<StringBuilder> blank = new ArrayDeque<>();
    private List<StringBuilder> full = new ArrayList<>();
    private StringBuilder current = new StringBuilder(SHEET + MARGIN);
    /** Characters on full sheets. */
    private int waiting;

    private long lost;

    LinePage(LineFormat<T> format) {
        this.format = format;
    }

    synchronized void add(T event) {
        if (waiting >= MOST) {
            lost++;
            return;
        }
        if (!current.isEmpty()) {
            current.append('\n');
        }
        format.format(event, current);
        if (current.length() >= SHEET) {
            turnOver();
        }
    }

    private void turnOver() {
        full.add(current);
        waiting += current.length();
        StringBuilder next = blank.poll();
        current = next == null ? new StringBuilder(SHEET + MARGIN) : next;
    }

    /** Hands over what there is, some lines at a time, apart from each other and none at the end. */
    void takeTo(Consumer<String> log) {
        for (StringBuilder sheet : takeAll()) {
            log.accept(sheet.toString());
            giveBack(sheet);
        }
    }

    private synchronized List<StringBuilder> takeAll() {
        if (!current.isEmpty()) {
            turnOver();
        }
        if (full.isEmpty()) {
            return List.of();
        }
        List<StringBuilder> taken = full;
        full = new ArrayList<>();
        waiting = 0;
        return taken;
    }

    private synchronized void giveBack(StringBuilder sheet) {
        if (blank.size() < WORTH_KEEPING && sheet.capacity() <= SHEET + MARGIN) {
            sheet.setLength(0);
            blank.add(sheet);
        }
    }

    /** How many lines found the page full since this was last asked. */
    synchronized long takeLost() {
        long taken = lost;
        lost = 0;
        return taken;
    }
}
