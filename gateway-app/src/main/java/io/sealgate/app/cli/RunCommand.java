package io.sealgate.app.cli;

import io.sealgate.app.GatewayAssembly;
import io.sealgate.app.RunningGateway;
import io.sealgate.app.config.ConfigLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealgate run}: the gateway, until SIGTERM or Ctrl-C. */
@Command(name = "run", description = "Run the gateway. SIGTERM or Ctrl-C drains: running exchanges finish first.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--drain-deadline",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long running exchanges may take to finish at the end (default: ${DEFAULT-VALUE}).")
    private Duration drainDeadline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ConfigLoader.Loaded loaded = config.load(spec.commandLine().getErr());
        RunningGateway gateway = GatewayAssembly.start(loaded.config());
        StopSignal signal = StopSignal.arm(() -> stop(gateway));
        ReadyLines.print(spec.commandLine().getErr(), loaded.config(), gateway);
        return signal.await();
    }

    private int stop(RunningGateway gateway) {
        try (gateway) {
            return gateway.drain(drainDeadline) ? ExitCode.GOOD : ExitCode.DRAIN_DEADLINE_PASSED;
        }
    }
}
