package io.sealgate.app.cli;

import io.sealgate.app.OperatorException;
import io.sealgate.app.dev.CurlLines;
import io.sealgate.app.dev.Demo;
import io.sealgate.app.dev.DevSite;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealgate dev}: everything on one machine with one command. */
@Command(
        name = "dev",
        description = "Make certificates, start a COS stand-in and the gateway on loopback, and print curl commands.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DevCommand implements Callable<Integer> {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".sealgate",
            description = "Where certificates, configuration and objects live (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8443",
            description = "The gateway's port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--demo", description = "Play the main job step by step on free ports, then end.")
    private boolean demo;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws OperatorException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (demo) {
            quiet();
            return new Demo(out).play() ? ExitCode.GOOD : ExitCode.DEMO_FAILED;
        }
        if (port < 0 || port > 0xFFFF) {
            throw new OperatorException("--port: " + port + " (expected: 0 to 65535)");
        }
        DevSite site = DevSite.start(directory, port, false);
        StopSignal signal = StopSignal.arm(() -> {
            site.close();
            return ExitCode.GOOD;
        });
        ReadyLines.print(out, site.config(), site.gateway());
        out.println("configuration: " + site.configuration());
        out.println();
        out.print(CurlLines.of(site));
        out.flush();
        return signal.await();
    }

    /** The table is the demonstration's output; the logging configuration reads these when the first line is logged. */
    private static void quiet() {
        System.setProperty("sealgate.access", "off");
        System.setProperty("sealgate.connections", "off");
    }
}
