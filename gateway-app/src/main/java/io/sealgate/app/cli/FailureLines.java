package io.sealgate.app.cli;

import io.sealgate.app.OperatorException;
import io.sealgate.app.config.ConfigException;
import io.sealgate.certs.CertsException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns a failure into lines on standard error and an exit code. */
final class FailureLines implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final BooleanSupplier debug;

    FailureLines(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        // picocli's message can have several lines, with suggestions below the first
        String message =
                String.join(", ", String.valueOf(failure.getMessage()).lines().toList());
        command.getErr().println("sealgate: " + message + " (see: " + help + ")");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (debug.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        if (failure instanceof ConfigException config) {
            config.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
        if (failure instanceof OperatorException || failure instanceof CertsException) {
            err.println("sealgate: " + failure.getMessage());
            return ExitCode.USAGE;
        }
        err.println("sealgate: unexpected failure: " + failure + " (--debug shows where)");
        return ExitCode.UNEXPECTED;
    }
}
