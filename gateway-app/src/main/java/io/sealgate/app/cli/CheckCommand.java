package io.sealgate.app.cli;

import io.sealgate.app.config.ConfigLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealgate check}: says everything that is wrong with a configuration and starts nothing. */
@Command(
        name = "check",
        description = "Validate a configuration: files, keys, certificates, references. Prints every problem.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ConfigLoader.Loaded loaded = config.load(spec.commandLine().getErr());
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: good (listeners: %d, origins: %d, routes: %d, warnings: %d)%n",
                        config,
                        loaded.config().listeners().size(),
                        loaded.config().origins().size(),
                        loaded.config().routes().size(),
                        loaded.warnings().size());
        return ExitCode.GOOD;
    }
}
