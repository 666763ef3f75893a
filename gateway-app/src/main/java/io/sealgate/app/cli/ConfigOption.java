package io.sealgate.app.cli;

import io.sealgate.app.config.ConfigException;
import io.sealgate.app.config.ConfigLoader;
import io.sealgate.app.config.ConfigSource;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code -c FILE}, for the commands that need a configuration. */
final class ConfigOption {

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration; - reads standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    /** Loads it; warnings go to {@code err}. */
    ConfigLoader.Loaded load(PrintWriter err) throws ConfigException {
        ConfigLoader.Loaded loaded = new ConfigLoader(System::getenv).load(ConfigSource.read(file, System.in));
        loaded.warnings().forEach(warning -> err.println("warning: " + warning));
        return loaded;
    }

    @Override
    public String toString() {
        return file;
    }
}
