package io.sealgate.app.cli;

import io.sealgate.app.BucketInquiry;
import io.sealgate.app.OperatorException;
import io.sealgate.app.config.ConfigException;
import io.sealgate.app.config.ConfigLoader;
import io.sealgate.app.online.OnlineCheck;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sealgate check}: says everything that is wrong with a configuration, and asked for it with its buckets, and
 * starts nothing.
 */
@Command(
        name = "check",
        description = "Validate a configuration: files, keys, certificates, references. Prints every problem.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--online",
            description = "Ask the buckets too: warn of what their ACL, policy, versioning and encryption undo.")
    private boolean online;

    @Option(names = "--strict", description = "Exit with 2 if there is any warning.")
    private boolean strict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ConfigLoader.Loaded loaded = config.load(spec.commandLine().getErr());
        int warnings = loaded.warnings().size() + (online ? askBuckets(loaded) : 0);
        boolean isGood = !strict || warnings == 0;
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %s (listeners: %d, origins: %d, routes: %d, warnings: %d)%n",
                        config,
                        isGood ? "good" : "not good enough for --strict",
                        loaded.config().listeners().size(),
                        loaded.config().origins().size(),
                        loaded.config().routes().size(),
                        warnings);
        return isGood ? ExitCode.GOOD : ExitCode.USAGE;
    }

    /** How many warnings that gives. */
    private int askBuckets(ConfigLoader.Loaded loaded) throws ConfigException, OperatorException {
        OnlineCheck.Findings findings = BucketInquiry.ask(loaded.config());
        List<String> warnings = loaded.places().apply(findings.warnings());
        warnings.forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        if (!findings.problems().isEmpty()) {
            throw new ConfigException(loaded.places().apply(findings.problems()));
        }
        return warnings.size();
    }
}
