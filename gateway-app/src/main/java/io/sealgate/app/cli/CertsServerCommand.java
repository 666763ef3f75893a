package io.sealgate.app.cli;

import io.sealgate.certs.IssuedFiles;
import io.sealgate.certs.SubjectAltName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealgate certs server}. */
@Command(name = "server", description = "Issue a server certificate: NAME.pem and NAME.key.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CertsServerCommand implements Callable<Integer> {

    @Mixin
    private AuthorityOption where;

    @Parameters(paramLabel = "NAME", defaultValue = "server", description = "File and common name (default: server).")
    private String name;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "ap-guangzhou",
            description = "Also valid for the COS hosts of this region (default: ${DEFAULT-VALUE}).")
    private String region;

    @Option(
            names = "--san",
            paramLabel = "NAME",
            description = "A further DNS name, IP address or URI; repeatable. Loopback is always there.")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<SubjectAltName> all = SubjectAltName.forDevelopment(region, names.toArray(String[]::new));
        IssuedFiles issued = where.open().issueServer(name, all);
        spec.commandLine().getOut().println("made " + issued.chain() + " and " + issued.key());
        return ExitCode.GOOD;
    }
}
