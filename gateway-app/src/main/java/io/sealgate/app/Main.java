package io.sealgate.app;

import io.sealgate.app.cli.LightLogging;
import io.sealgate.app.cli.SealgateCommand;
import io.sealgate.integrity.crc64.NativeAccess;

/** Where the program begins. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        NativeAccess.capture();
        System.exit(SealgateCommand.commandLine()
                .setExecutionStrategy(new LightLogging())
                .execute(args));
    }
}
