package io.sealgate.app.cli;

import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateSpec;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealgate certs ca}. */
@Command(name = "ca", description = "Make a certificate authority: ca.pem, ca.key and an empty CRL.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CertsCaCommand implements Callable<Integer> {

    @Mixin
    private AuthorityOption where;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "Sealgate development CA",
            description = "Its common name (default: ${DEFAULT-VALUE}).")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        AuthorityDirectory authority = AuthorityDirectory.init(
                where.directory(), CertificateSpec.authority(name), InstantSource.system(), where.mode());
        spec.commandLine().getOut().println("made " + authority.certificateFile() + " and " + authority.crlFile());
        return ExitCode.GOOD;
    }
}
