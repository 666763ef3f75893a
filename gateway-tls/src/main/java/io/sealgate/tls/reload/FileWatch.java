package io.sealgate.tls.reload;

import java.nio.file.Path;
import java.util.List;

/**
 * Notices that any of some files has changed, by looking at them now and then. Asking the system to be told instead would miss
 * changes on network file systems and behind links; a look at a file costs some microseconds. Confined to one thread.
 */
final class FileWatch {

    private final List<Path> files;
    private List<FileStamp> seen;

    /** What is there now counts as seen. Made before the files are read, so that no change falls between the two. */
    FileWatch(List<Path> files) {
        this.files = List.copyOf(files);
        this.seen = stamps();
    }

    /** Whether anything has changed since the last time this was asked. */
    boolean hasChanged() {
        List<FileStamp> before = seen;
        look();
        return !seen.equals(before);
    }

    /** What is there now counts as seen. */
    void look() {
        seen = stamps();
    }

    private List<FileStamp> stamps() {
        return files.stream().map(FileStamp::of).toList();
    }
}
