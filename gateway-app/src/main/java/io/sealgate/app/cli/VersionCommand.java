package io.sealgate.app.cli;

import io.sealgate.app.VersionInfo;
import io.sealgate.integrity.crc64.KernelSelection;
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
        String crc64 = KernelSelection.of(KernelSelection.Choice.AUTO).kernel().name();
        spec.commandLine().getOut().print(VersionInfo.text(crc64));
        spec.commandLine().getOut().flush();
        return ExitCode.GOOD;
    }
}
