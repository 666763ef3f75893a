package io.sealgate.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import org.apache.logging.log4j.LogManager;

/**
 * Waits for SIGTERM or Ctrl-C, stops in order, and ends the process with the exit code that stopping yields.
 *
 * <p>The JVM turns those signals into its shutdown sequence, whose exit code is the signal's. So the stop runs as a shutdown hook
 * and halts the process itself. Logging ends last.
 */
final class StopSignal {

    private final CountDownLatch never = new CountDownLatch(1);

    private StopSignal() {}

    /** From now on a signal runs {@code stop}. Called before anybody is told that the program is ready. */
    static StopSignal arm(IntSupplier stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            int code = stop.getAsInt();
                            LogManager.shutdown();
                            Runtime.getRuntime().halt(code);
                        },
                        "stop"));
        return new StopSignal();
    }

    /** Does not return: the process ends in the hook. */
    int await() throws InterruptedException {
        never.await();
        return ExitCode.GOOD;
    }
}
