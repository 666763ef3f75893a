package io.sealgate.app.cli;

import io.sealgate.app.OperatorException;
import io.sealgate.app.config.BindAddress;
import io.sealgate.origin.CosOrigin;
import io.sealgate.origin.OriginOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealgate origin}: the COS stand-in alone. It takes any signature or none: it is for development. */
@Command(name = "origin", description = "Run the COS stand-in alone, for development. It does not ask for signatures.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OriginCommand implements Callable<Integer> {

    @Option(
            names = "--bind",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9000",
            converter = BindAddressConverter.class,
            description = "Where to listen, on loopback (default: ${DEFAULT-VALUE}).")
    private BindAddress bind;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Where objects are kept.")
    private Path directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!bind.isLoopback()) {
            throw new OperatorException(
                    "--bind: " + bind + " (expected: loopback, because anybody may read and write)");
        }
        CosOrigin origin = start();
        StopSignal signal = StopSignal.arm(() -> {
            origin.close();
            return ExitCode.GOOD;
        });
        spec.commandLine()
                .getOut()
                .println("ready: origin on http://" + bind.address().getHostString() + ":" + origin.port());
        spec.commandLine().getOut().flush();
        return signal.await();
    }

    private CosOrigin start() throws OperatorException {
        OriginOptions options = OriginOptions.builder()
                .bind(bind.address())
                .directory(directory)
                .customerKeysNeedTls(false) // the stand-in for an origin that is reached by TLS
                .logRequests(false)
                .build();
        try {
            return CosOrigin.start(options);
        } catch (IOException e) {
            throw new OperatorException(
                    "origin: cannot be started on " + bind + " with " + directory + ": " + e.getMessage(), e);
        }
    }
}
