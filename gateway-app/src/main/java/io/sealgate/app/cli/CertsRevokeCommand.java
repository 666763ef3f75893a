package io.sealgate.app.cli;

import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.RevocationReason;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealgate certs revoke}. */
@Command(name = "revoke", description = "Revoke a certificate and publish the new CRL.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CertsRevokeCommand implements Callable<Integer> {

    @Mixin
    private AuthorityOption where;

    @Parameters(paramLabel = "FILE", description = "The certificate, PEM or DER.")
    private Path certificate;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            defaultValue = "UNSPECIFIED",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private RevocationReason reason;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        AuthorityDirectory authority = where.open();
        authority.revoke(certificate, reason);
        spec.commandLine().getOut().println("revoked " + certificate + ", published " + authority.crlFile());
        return ExitCode.GOOD;
    }
}
