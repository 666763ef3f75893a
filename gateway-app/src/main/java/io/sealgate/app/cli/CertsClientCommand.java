package io.sealgate.app.cli;

import io.sealgate.app.OperatorException;
import io.sealgate.app.config.SecretReader;
import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.IssuedFiles;
import io.sealgate.certs.KeyStoreFormat;
import io.sealgate.certs.SubjectAltName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealgate certs client}. */
@Command(
        name = "client",
        description = "Issue a client certificate: NAME.pem and NAME.key, and key stores for devices if asked.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CertsClientCommand implements Callable<Integer> {

    @Mixin
    private AuthorityOption where;

    @Parameters(paramLabel = "NAME", description = "File and common name.")
    private String name;

    @Option(names = "--san", paramLabel = "NAME", description = "A DNS name, IP address or URI; repeatable.")
    private List<String> names = List.of();

    /** Not of the enum's own type: picocli would load it, and Bouncy Castle's signed jar behind it, on every start. */
    @Option(
            names = "--store",
            paramLabel = "FORMAT",
            description = "Also write a key store: p12 (iOS), bks (Android) or jks; repeatable.")
    private List<String> stores = List.of();

    @Option(
            names = "--password",
            paramLabel = "SECRET",
            description = "The key stores' password: " + SecretReader.EXPECTED + ".")
    private @Nullable String password;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws OperatorException {
        List<KeyStoreFormat> formats = formats();
        char[] secret = formats.isEmpty() ? new char[0] : password();
        try {
            issue(formats, secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
        return ExitCode.GOOD;
    }

    private void issue(List<KeyStoreFormat> formats, char[] secret) {
        AuthorityDirectory authority = where.open();
        IssuedFiles issued = authority.issueClient(
                name, name, names.stream().map(SubjectAltName::parse).toList());
        spec.commandLine().getOut().println("made " + issued.chain() + " and " + issued.key());
        for (KeyStoreFormat format : formats) {
            spec.commandLine().getOut().println("made " + authority.writeKeyStore(issued, format, secret));
        }
    }

    private List<KeyStoreFormat> formats() throws OperatorException {
        List<KeyStoreFormat> formats = new ArrayList<>();
        for (String extension : stores) {
            formats.add(Arrays.stream(KeyStoreFormat.values())
                    .filter(format -> format.extension().equals(extension))
                    .findFirst()
                    .orElseThrow(
                            () -> new OperatorException("--store: " + extension + " (expected: p12, bks or jks)")));
        }
        return formats;
    }

    private char[] password() throws OperatorException {
        if (password == null) {
            throw new OperatorException("--password: missing (expected: " + SecretReader.EXPECTED + ", with --store)");
        }
        try {
            return new SecretReader(Path.of("").toAbsolutePath(), System::getenv)
                    .read(password)
                    .reveal()
                    .toCharArray();
        } catch (IllegalArgumentException e) {
            throw new OperatorException("--password: " + e.getMessage(), e);
        }
    }
}
