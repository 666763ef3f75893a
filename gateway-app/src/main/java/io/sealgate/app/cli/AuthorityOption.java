package io.sealgate.app.cli;

import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.WriteMode;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** {@code --dir} and {@code --force}, for the commands that work on a certificate authority. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuthorityOption {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "certs",
            description = "Where the CA and its certificates live (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--force", description = "Replace files that exist.")
    private boolean force;

    Path directory() {
        return directory;
    }

    WriteMode mode() {
        return force ? WriteMode.REPLACE : WriteMode.CREATE;
    }

    /** The authority that {@code certs ca} made. */
    AuthorityDirectory open() {
        AuthorityDirectory authority = AuthorityDirectory.open(directory, InstantSource.system());
        return force ? authority.replacing() : authority;
    }
}
