package io.sealgate.app.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command, and before that keeps the configured log from being set up for those that serve nobody: it takes longer than most of
 * them do, and they have no access to log. Their warnings go to standard error as plain lines. Works only as long as nothing has
 * been logged in the process.
 */
public final class LightLogging implements IExecutionStrategy {

    private static final Set<Class<?>> SERVING = Set.of(RunCommand.class, DevCommand.class, OriginCommand.class);

    @Override
    public int execute(ParseResult parsed) {
        if (!serves(parsed)) {
            System.setProperty("log4j.provider", "org.apache.logging.log4j.simple.internal.SimpleProvider");
            System.setProperty(
                    "org.apache.logging.log4j.simplelog.level", System.getProperty("sealgate.log.level", "warn"));
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static boolean serves(ParseResult parsed) {
        return parsed.hasSubcommand()
                && SERVING.contains(
                        parsed.subcommand().commandSpec().userObject().getClass());
    }
}
