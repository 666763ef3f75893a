package io.sealgate.tls.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What tells one state of a file from another without reading it. Links are followed, so that a file behind a link that now leads
 * elsewhere is another file: that is how Kubernetes changes a mounted secret.
 *
 * @param attributes which file it is and when it was changed; empty if it is not there, or cannot be looked at
 */
record FileStamp(Map<String, Object> attributes) {

    /** The time of the last change of state cannot be set by a program that restores the time of the last change of content. */
    private static final String UNIX = "unix:dev,ino,size,lastModifiedTime,ctime";

    private static final String ANY = "size,lastModifiedTime,fileKey";

    static FileStamp of(Path file) {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        try {
            return new FileStamp(Files.readAttributes(file, views.contains("unix") ? UNIX : ANY));
        } catch (IOException e) {
            return new FileStamp(Map.of());
        }
    }
}
