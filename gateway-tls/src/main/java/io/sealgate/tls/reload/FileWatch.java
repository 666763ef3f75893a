package io.sealgate.tls.reload;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices that any of some files has changed, and that the change is complete, by looking at them now and then.
 * Asking the system to be told instead would miss changes on network file systems and behind links; a look at a file
 * costs some microseconds. Confined to one thread.
 *
 * <p>A file that is being written is a shorter file, and for lists of CAs or of revoked certificates a shorter file
 * means something. So a change counts once two looks have found the same content.
 */
final class FileWatch {

    private final List<Path> files;

    /** What the files were like when they were last read, or found good for reading. */
    private List<FileStamp> settled;

    /** What they held at the last look, if they have changed since. */
    private @Nullable List<FileContent> noticed;

    private int looksWhileChanging;

    /**
     * What is there now counts as settled. Made before the files are read, so that no change falls between the two.
     */
    FileWatch(List<Path> files) {
        this.files = List.copyOf(files);
        this.settled = stamps();
    }

    /** What a look has found. */
    enum Look {
        /** The files are those that were settled before. */
        SAME,
        /** They have changed, and may be about to change further. */
        CHANGING,
        /** They have changed, and two looks have found the same. */
        SETTLED
    }

    /** Looks at the files. */
    Look look() {
        List<FileStamp> now = stamps();
        if (now.equals(settled)) {
            noticed = null;
            looksWhileChanging = 0;
            return Look.SAME;
        }
        // Stamps alone do not tell: network file systems keep them for some seconds, until a file is opened.
        List<FileContent> content = files.stream().map(FileContent::of).toList();
        if (content.equals(noticed) && now.equals(stamps())) {
            settled = now;
            noticed = null;
            looksWhileChanging = 0;
            return Look.SETTLED;
        }
        noticed = content;
        looksWhileChanging++;
        return Look.CHANGING;
    }

    /** How many looks in a row have found something else than the one before. */
    int looksWhileChanging() {
        return looksWhileChanging;
    }

    /** Whether the files are still those that were settled: asked after they were read. */
    boolean isUnchanged() {
        return stamps().equals(settled);
    }

    private List<FileStamp> stamps() {
        return files.stream().map(FileStamp::of).toList();
    }
}
