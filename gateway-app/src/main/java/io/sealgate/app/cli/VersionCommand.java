package io.sealgate.app.cli;

import io.sealgate.app.VersionInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealgate version}. */
@Command(name = "version", description = "Print the versions of the program, the JDK, the TLS library and more.")
final class VersionCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(VersionInfo.text());
        spec.commandLine().getOut().flush();
        return ExitCode.GOOD;
    }
}
