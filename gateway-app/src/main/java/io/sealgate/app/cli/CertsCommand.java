package io.sealgate.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sealgate certs}: a development certificate authority. */
@Command(
        name = "certs",
        description = "A development CA: server and client certificates, revocation. Not for production.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CertsCaCommand.class,
            CertsServerCommand.class,
            CertsClientCommand.class,
            CertsRevokeCommand.class
        })
final class CertsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "command: none (expected: one of "
                        + String.join(", ", spec.subcommands().keySet()) + ")");
    }
}
