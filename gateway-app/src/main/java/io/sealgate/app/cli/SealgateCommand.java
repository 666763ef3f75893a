package io.sealgate.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "sealgate",
        description = "Mutual-TLS gateway in front of Tencent Cloud Object Storage.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:good",
            "1:unexpected failure",
            "2:usage or configuration",
            "3:explain: denied",
            "4:dev --demo: a step failed",
            "5:the drain deadline passed"
        },
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            DevCommand.class,
            CertsCommand.class,
            OriginCommand.class,
            HashCommand.class,
            VersionCommand.class
        })
public final class SealgateCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    /** Not picocli's own version option: that asks for the versions, and so loads native libraries, on every start. */
    @Option(
            names = {"-V", "--version"},
            description = "Print versions, as the command version does.")
    private boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** A parser that prints failures as one line each and answers with the exit codes of {@link ExitCode}. */
    public static CommandLine commandLine() {
        SealgateCommand command = new SealgateCommand();
        FailureLines failures = new FailureLines(() -> command.debug);
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    @Override
    public Integer call() {
        if (version) {
            return spec.commandLine().execute("version");
        }
        throw new ParameterException(
                spec.commandLine(),
                "command: none (expected: one of "
                        + String.join(", ", spec.subcommands().keySet()) + ")");
    }
}
