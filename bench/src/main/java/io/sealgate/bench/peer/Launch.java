package io.sealgate.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that starts a peer, decided before anything is touched.
 *
 * @param command the command line, run in the peer's own directory
 * @param files contents by name, to be written into that directory first
 */
record Launch(List<String> command, Map<String, String> files) {
    Launch {
        command = List.copyOf(command);
        files = Map.copyOf(files);
    }

    void writeFiles(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
